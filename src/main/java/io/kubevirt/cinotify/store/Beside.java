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
import java.nio.file.Path;
import java.time.Duration;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteDataSource;

/**
 * The store of a plugin that may be running, for a command beside it. Nothing is migrated. A short transaction does no harm:
 * on the embedded store the database makes each wait for the other; only two that <em>speak</em> would say everything twice.
 */
public final class Beside implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Store store;
    private final AutoCloseable connections;

    private Beside(Store store, AutoCloseable connections) {
        this.store = store;
        this.connections = connections;
    }

    /**
     * Opens what is in a folder.
     *
     * @throws StoreUnavailable if it holds none
     */
    public static Beside embedded(Path folder) {
        EmbeddedFile existing = EmbeddedFile.at(Database.file(folder));
        SQLiteDataSource database = new SQLiteDataSource();
        database.setUrl(Database.embeddedUrl(folder, PATIENCE));
        return checked(new Beside(new Store(database, existing), () -> {}));
    }

    /**
     * Opens the database of a server.
     *
     * @throws StoreUnavailable if it cannot be reached or is of no ci-notify
     */
    public static Beside postgresql(DatabaseAddress address) {
        AgroalDataSource pool = Pools.postgresql(address);
        return checked(new Beside(new Store(pool), pool));
    }

    private static Beside checked(Beside beside) {
        try {
            beside.store.read(transaction -> transaction.sayings().counts());
            return beside;
        } catch (JdbiException e) {
            beside.close();
            throw new StoreUnavailable("there are no tables of ci-notify", e);
        } catch (StoreUnavailable e) {
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
