// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import io.agroal.api.AgroalDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** An open database: its connection pools, and the store on top of them. */
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

    public static Path file(Path directory) {
        return directory.resolve(FILE);
    }

    /**
     * Opens the embedded database of a directory; creates it if absent.
     *
     * @param busyTimeout how long to wait for a lock of another process
     * @throws SchemaVersion.Mismatch if a newer version wrote it
     */
    public static Database embedded(Path directory, Duration busyTimeout) {
        Path file = file(directory);
        createDirectory(directory);
        AgroalDataSource writers = ConnectionPools.embeddedWriter(file, busyTimeout);
        try {
            migrate(SqlDialect.SQLITE, file, writers);
            AgroalDataSource readers = ConnectionPools.embeddedReaders(file, busyTimeout);
            Store store = new Store(writers, readers, DatabaseFileGuard.at(file));
            store.read(Transaction::verifySchema);
            Path inbox = directory.resolve(InboxFile.FILE);
            AgroalDataSource inboxWriters = ConnectionPools.embeddedWriter(inbox, busyTimeout);
            AgroalDataSource inboxReaders = ConnectionPools.embeddedReaders(inbox, busyTimeout);
            return new Database(
                    store,
                    new InboxFile(inbox(inbox, inboxWriters, inboxReaders), store),
                    SqlDialect.SQLITE,
                    inboxReaders,
                    inboxWriters,
                    readers,
                    writers);
        } catch (SchemaVersion.Mismatch | StoreUnavailable e) {
            writers.close();
            throw e;
        }
    }

    private static Store inbox(Path file, AgroalDataSource writers, AgroalDataSource readers) {
        touch(writers, file);
        return new Store(writers, readers, DatabaseFileGuard.at(file));
    }

    /** SQLite creates the file with the first write. */
    private static void touch(AgroalDataSource database, Path file) {
        try (Connection connection = database.getConnection()) {
            connection.createStatement().execute("PRAGMA user_version = 1");
        } catch (SQLException e) {
            throw StoreUnavailable.because(e, "cannot open " + file, SqlDialect.SQLITE, file);
        }
    }

    /** @throws SchemaVersion.Mismatch if a newer version wrote it */
    public static Database postgresql(DatabaseAddress address) {
        try (AgroalDataSource migration = ConnectionPools.postgresql(address.forMigration())) {
            migrate(SqlDialect.POSTGRESQL, null, migration);
        }
        AgroalDataSource pool = ConnectionPools.postgresql(address);
        Store store = new Store(pool);
        try {
            store.read(Transaction::verifySchema);
        } catch (StoreUnavailable e) {
            pool.close();
            throw e;
        }
        return new Database(store, new Inbox.Direct(store), SqlDialect.POSTGRESQL, pool);
    }

    /** JDBC URL of the embedded database of a directory. */
    public static String embeddedUrl(Path directory, Duration busyTimeout) {
        return ConnectionPools.embeddedUrl(file(directory), busyTimeout);
    }

    public Store store() {
        return store;
    }

    public Inbox inbox() {
        return inbox;
    }

    public SqlDialect dialect() {
        return dialect;
    }

    @Override
    public void close() {
        pools.forEach(AgroalDataSource::close);
    }

    private static void migrate(SqlDialect dialect, @Nullable Path file, DataSource database) {
        try {
            dialect.migrate(database);
        } catch (FlywayException | JdbiException e) {
            throw StoreUnavailable.because(e, "cannot create or migrate the tables", dialect, file);
        }
    }

    static void createDirectory(Path directory) {
        try {
            DataFileModes.prepare(directory, List.of(FILE, InboxFile.FILE, DataDirectoryLock.FILE));
        } catch (IOException e) {
            throw StoreUnavailable.because(e, "cannot create " + directory, SqlDialect.SQLITE, directory);
        }
    }
}
