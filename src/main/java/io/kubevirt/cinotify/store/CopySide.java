// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteDataSource;

/** One of the two stores of a copy, on a connection of its own. */
final class CopySide implements AutoCloseable {
    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(5);

    private final StoreLocation location;
    private final Handle handle;
    private final AutoCloseable connections;

    private CopySide(StoreLocation location, DataSource database) {
        this.location = location;
        this.connections = database instanceof AutoCloseable pool ? pool : () -> {};
        Jdbi jdbi = Jdbi.create(database);
        dialect(location).prepare(jdbi);
        this.handle = jdbi.open();
    }

    /** One snapshot of a store with the schema of this version. */
    static CopySide snapshot(StoreLocation location) {
        CopySide side = open(location, true);
        try {
            side.handle.setTransactionIsolation(side.dialect().snapshot());
            side.handle.begin();
            new Transaction(side.handle).verifySchema();
            return side;
        } catch (JdbiException e) {
            side.close();
            RuntimeException failure =
                    StoreUnavailable.translate(e, "cannot use " + location, dialect(location), file(location));
            throw failure == e ? StoreUnavailable.absent(location + " is not a store of ci-notify", e) : failure;
        } catch (StoreUnavailable | SchemaVersion.Mismatch e) {
            side.close();
            throw e;
        }
    }

    /** Creates or migrates the tables. */
    static CopySide target(StoreLocation location) {
        if (location instanceof StoreLocation.Directory directory) {
            Database.createDirectory(directory.path());
        }
        return open(location, false);
    }

    /** The database file beside an embedded store. */
    static CopySide inbox(Path file) {
        return open(new StoreLocation.BackupFile(file), true);
    }

    private static CopySide open(StoreLocation location, boolean readOnly) {
        try {
            DataSource database = database(location, readOnly);
            if (!readOnly) {
                dialect(location).migrate(database);
            }
            return new CopySide(location, database);
        } catch (FlywayException | JdbiException e) {
            throw failed(location, e);
        }
    }

    private static DataSource database(StoreLocation location, boolean readOnly) {
        return location instanceof StoreLocation.Server server
                ? ConnectionPools.postgresql(server.address().forMigration())
                : sqlite(location, readOnly);
    }

    private static DataSource sqlite(StoreLocation location, boolean readOnly) {
        Path file = Objects.requireNonNull(file(location));
        if (readOnly && !Files.isRegularFile(file)) {
            throw StoreUnavailable.absent("there is no " + file, null);
        }
        if (readOnly) {
            SQLiteDataSource database = ConnectionPools.unpooledReader("jdbc:sqlite:" + file, BUSY_TIMEOUT);
            database.setReadOnly(true);
            return database;
        }
        String url = location instanceof StoreLocation.BackupFile
                ? "jdbc:sqlite:" + file + "?foreign_keys=on"
                : ConnectionPools.embeddedUrl(file, BUSY_TIMEOUT);
        return ConnectionPools.unpooledWriter(url, BUSY_TIMEOUT);
    }

    private static @Nullable Path file(StoreLocation location) {
        return switch (location) {
            case StoreLocation.Directory directory -> Database.file(directory.path());
            case StoreLocation.BackupFile backup -> backup.path();
            case StoreLocation.Server server -> null;
        };
    }

    private static SqlDialect dialect(StoreLocation location) {
        return location instanceof StoreLocation.Server ? SqlDialect.POSTGRESQL : SqlDialect.SQLITE;
    }

    SqlDialect dialect() {
        return dialect(location);
    }

    Handle handle() {
        return handle;
    }

    Transaction transaction() {
        return new Transaction(handle);
    }

    /** The database file; null on PostgreSQL. */
    @Nullable Path file() {
        return file(location);
    }

    StoreUnavailable failed(Throwable failure) {
        return failed(location, failure);
    }

    private static StoreUnavailable failed(StoreLocation location, Throwable failure) {
        return StoreUnavailable.because(failure, "cannot use " + location, dialect(location), file(location));
    }

    @Override
    public String toString() {
        return location.toString();
    }

    @Override
    public void close() {
        try (AutoCloseable pool = connections) {
            if (handle.isInTransaction()) {
                handle.rollback();
            }
            handle.close();
        } catch (Exception e) {
            // Nothing is lost: what is not committed is copied again.
            return;
        }
    }
}
