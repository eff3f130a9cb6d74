// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import io.agroal.api.AgroalDataSource;
import java.nio.file.Path;
import java.time.Duration;
import org.jdbi.v3.core.JdbiException;

/**
 * Access for commands while {@code serve} may run. It does not migrate. Short transactions are safe: SQLite serializes them.
 * Only two processes that send would send every message twice.
 */
public final class StoreClient implements AutoCloseable {
    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(5);

    private final Store store;
    private final AutoCloseable connections;

    private StoreClient(Store store, AutoCloseable connections) {
        this.store = store;
        this.connections = connections;
    }

    public static StoreClient embedded(Path directory) {
        DatabaseFileGuard existing = DatabaseFileGuard.at(Database.file(directory));
        String url = Database.embeddedUrl(directory, BUSY_TIMEOUT);
        Store store = new Store(
                ConnectionPools.unpooledWriter(url, BUSY_TIMEOUT),
                ConnectionPools.unpooledReader(url, BUSY_TIMEOUT),
                existing);
        return checked(new StoreClient(store, () -> {}));
    }

    public static StoreClient postgresql(DatabaseAddress address) {
        AgroalDataSource pool = ConnectionPools.postgresql(address);
        return checked(new StoreClient(new Store(pool), pool));
    }

    private static StoreClient checked(StoreClient client) {
        try {
            client.store.read(Transaction::verifySchema);
            return client;
        } catch (JdbiException e) {
            client.close();
            throw StoreUnavailable.absent("there are no tables of ci-notify", e);
        } catch (StoreUnavailable | SchemaVersion.Mismatch e) {
            client.close();
            throw e;
        }
    }

    public Store store() {
        return store;
    }

    @Override
    public void close() {
        try {
            connections.close();
        } catch (Exception e) {
            throw new IllegalStateException("cannot close the connections", e);
        }
    }
}
