// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import io.agroal.api.AgroalDataSource;
import java.nio.file.Path;
import java.time.Duration;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteDataSource;

/**
 * The store of a plugin that may be running, for a command beside it. Nothing is migrated. A short transaction does no harm:
 * on the embedded store the database makes each wait for the other; only two that <em>speak</em> would say everything twice.
 */
public final class StoreClient implements AutoCloseable {

    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(5);

    private final Store store;
    private final AutoCloseable connections;

    private StoreClient(Store store, AutoCloseable connections) {
        this.store = store;
        this.connections = connections;
    }

    /**
     * Opens what is in a folder.
     *
     * @throws StoreUnavailable if it holds none
     * @throws SchemaVersion.Mismatch if another version wrote it
     */
    public static StoreClient embedded(Path folder) {
        DatabaseFileGuard existing = DatabaseFileGuard.at(Database.file(folder));
        SQLiteDataSource database = new SQLiteDataSource();
        database.setUrl(Database.embeddedUrl(folder, BUSY_TIMEOUT));
        return checked(new StoreClient(new Store(database, existing), () -> {}));
    }

    /**
     * Opens the database of a server.
     *
     * @throws StoreUnavailable if it cannot be reached or has no tables of ci-notify
     * @throws SchemaVersion.Mismatch if another version wrote them
     */
    public static StoreClient postgresql(DatabaseAddress address) {
        AgroalDataSource pool = ConnectionPools.postgresql(address);
        return checked(new StoreClient(new Store(pool), pool));
    }

    private static StoreClient checked(StoreClient beside) {
        try {
            beside.store.read(Transaction::verifySchema);
            return beside;
        } catch (JdbiException e) {
            beside.close();
            throw new StoreUnavailable("there are no tables of ci-notify", e);
        } catch (StoreUnavailable | SchemaVersion.Mismatch e) {
            beside.close();
            throw e;
        }
    }

    /** What can be done with it. */
    public Store store() {
        return store;
    }

    @Override
    public void close() {
        try {
            connections.close();
        } catch (Exception e) {
            throw new IllegalStateException("connections do not close", e);
        }
    }
}
