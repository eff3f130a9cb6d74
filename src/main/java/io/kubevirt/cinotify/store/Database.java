/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.store;

import io.agroal.api.AgroalDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.flywaydb.core.api.FlywayException;

/** A database that is open: its connections, and the store on top of them. */
public final class Database implements AutoCloseable {

    private static final String FILE = "ci-notify.db";

    private final Store store;
    private final Inbox inbox;
    private final Dialect dialect;
    private final List<AgroalDataSource> pools;

    private Database(Store store, Inbox inbox, Dialect dialect, AgroalDataSource... pools) {
        this.store = store;
        this.inbox = inbox;
        this.dialect = dialect;
        this.pools = List.of(pools);
    }

    /** The file of the embedded database in a folder. */
    public static Path file(Path folder) {
        return folder.resolve(FILE);
    }

    /**
     * Opens the embedded database of a folder, and makes it if it is not there.
     *
     * @param patience how long one waits who finds it held by another
     * @throws StoreUnavailable if that cannot be done
     */
    public static Database embedded(Path folder, Duration patience) {
        Path file = file(folder);
        makeFolder(folder);
        AgroalDataSource writers = Pools.embeddedWriter(file, patience);
        return opened(Dialect.SQLITE, writers, () -> {
            AgroalDataSource readers = Pools.embeddedReaders(file, patience);
            Store store = new Store(writers, readers, EmbeddedFile.at(file));
            Path inbox = folder.resolve(InboxFile.FILE);
            AgroalDataSource inboxWriters = Pools.embeddedWriter(inbox, patience);
            AgroalDataSource inboxReaders = Pools.embeddedReaders(inbox, patience);
            return new Database(
                    store,
                    new InboxFile(inbox(inbox, inboxWriters, inboxReaders), store),
                    Dialect.SQLITE,
                    inboxReaders,
                    inboxWriters,
                    readers,
                    writers);
        });
    }

    private static Store inbox(Path file, AgroalDataSource writers, AgroalDataSource readers) {
        touch(writers);
        return new Store(writers, readers, EmbeddedFile.at(file));
    }

    /** SQLite makes the file with the first connection. */
    private static void touch(AgroalDataSource database) {
        try (Connection connection = database.getConnection()) {
            connection.createStatement().execute("PRAGMA user_version = 1");
        } catch (SQLException e) {
            throw new StoreUnavailable("the store cannot be opened (" + e.getMessage() + ")", e);
        }
    }

    /**
     * Opens a database of a PostgreSQL server.
     *
     * @throws StoreUnavailable if that cannot be done
     */
    public static Database postgresql(DatabaseAddress address) {
        AgroalDataSource pool = Pools.postgresql(address);
        return opened(Dialect.POSTGRESQL, pool, () -> {
            Store store = new Store(pool);
            return new Database(store, new NoInbox(store), Dialect.POSTGRESQL, pool);
        });
    }

    /** The driver's address of the embedded database of a folder, with all that makes it durable. */
    public static String embeddedUrl(Path folder, Duration patience) {
        return Pools.embeddedUrl(file(folder), patience);
    }

    /** What can be done with it. */
    public Store store() {
        return store;
    }

    /** Where deliveries come in. */
    public Inbox inbox() {
        return inbox;
    }

    /** Which of the two it is. */
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public void close() {
        pools.forEach(AgroalDataSource::close);
    }

    private static Database opened(Dialect dialect, AgroalDataSource pool, Supplier<Database> opening) {
        try {
            dialect.migrate(pool);
            return opening.get();
        } catch (FlywayException e) {
            pool.close();
            throw new StoreUnavailable(
                    "the tables cannot be made or moved to this version (" + deepest(e) + "): " + dialect.remedy(), e);
        }
    }

    private static String deepest(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    private static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
