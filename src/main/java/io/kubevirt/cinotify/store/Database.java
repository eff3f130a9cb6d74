// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
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
    private final SqlDialect dialect;
    private final List<AgroalDataSource> pools;

    private Database(Store store, Inbox inbox, SqlDialect dialect, AgroalDataSource... pools) {
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
     * @throws SchemaVersion.Mismatch if a newer version wrote it
     */
    public static Database embedded(Path folder, Duration patience) {
        Path file = file(folder);
        makeFolder(folder);
        AgroalDataSource writers = ConnectionPools.embeddedWriter(file, patience);
        return opened(SqlDialect.SQLITE, writers, () -> {
            AgroalDataSource readers = ConnectionPools.embeddedReaders(file, patience);
            Store store = new Store(writers, readers, DatabaseFileGuard.at(file));
            Path inbox = folder.resolve(InboxFile.FILE);
            AgroalDataSource inboxWriters = ConnectionPools.embeddedWriter(inbox, patience);
            AgroalDataSource inboxReaders = ConnectionPools.embeddedReaders(inbox, patience);
            return new Database(
                    store,
                    new InboxFile(inbox(inbox, inboxWriters, inboxReaders), store),
                    SqlDialect.SQLITE,
                    inboxReaders,
                    inboxWriters,
                    readers,
                    writers);
        });
    }

    private static Store inbox(Path file, AgroalDataSource writers, AgroalDataSource readers) {
        touch(writers);
        return new Store(writers, readers, DatabaseFileGuard.at(file));
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
     * @throws SchemaVersion.Mismatch if a newer version wrote it
     */
    public static Database postgresql(DatabaseAddress address) {
        AgroalDataSource pool = ConnectionPools.postgresql(address);
        return opened(SqlDialect.POSTGRESQL, pool, () -> {
            Store store = new Store(pool);
            return new Database(store, new Inbox.Direct(store), SqlDialect.POSTGRESQL, pool);
        });
    }

    /** The driver's address of the embedded database of a folder, with all that makes it durable. */
    public static String embeddedUrl(Path folder, Duration patience) {
        return ConnectionPools.embeddedUrl(file(folder), patience);
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
    public SqlDialect dialect() {
        return dialect;
    }

    @Override
    public void close() {
        pools.forEach(AgroalDataSource::close);
    }

    private static Database opened(SqlDialect dialect, AgroalDataSource pool, Supplier<Database> opening) {
        try {
            dialect.migrate(pool);
            return opening.get();
        } catch (FlywayException e) {
            pool.close();
            throw new StoreUnavailable(
                    "the tables cannot be made or migrated (" + deepest(e) + "): " + dialect.remedy(), e);
        } catch (SchemaVersion.Mismatch | StoreUnavailable e) {
            pool.close();
            throw e;
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
