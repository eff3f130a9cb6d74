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

import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementException;

/** The database: whatever belongs together is done in one transaction. */
public final class Store {

    /**
     * SQLite's codes for what a statement itself is to blame for: error, too big, constraint, mismatch, misuse, range.
     * All others tell of the database, its file or its disk.
     */
    private static final Set<Integer> FAULTS_OF_A_STATEMENT = Set.of(1, 18, 19, 20, 21, 25);

    private static final int PRIMARY_CODE = 0xff;

    private final Jdbi jdbi;
    private final Lock turn = new ReentrantLock(true);
    private final EmbeddedFile file;

    /**
     * @param dataSource where the migrations have already run
     * @param file the database's file
     */
    public Store(DataSource dataSource, EmbeddedFile file) {
        this.jdbi = Jdbi.create(dataSource);
        this.file = file;
    }

    /**
     * Does some work, all of it or nothing; on return it is on disk.
     *
     * @throws StoreUnavailable if the database can do nothing now; a later attempt may find it mended
     * @throws RuntimeException whatever the work throws, a wrong statement's exception among it
     */
    public <T> T inTransaction(Function<Transaction, T> work) {
        file.verify();
        T result;
        // One writes at a time anyway; the database's own waiting lets the newest in before the one who waits longest.
        turn.lock();
        try {
            result = jdbi.inTransaction((Handle handle) -> work.apply(new Transaction(handle)));
        } catch (JdbiException e) {
            throw isFaultOfStatement(e)
                    ? e
                    : new StoreUnavailable(
                            "the store does not take writes (" + deepest(e) + "): look at its disk and its permissions",
                            e);
        } finally {
            turn.unlock();
        }
        file.verify();
        return result;
    }

    /**
     * Writes something of no importance: returns only if the database takes writes of this size, and throws as any work
     * does. A full disk may still take a small one.
     */
    public void probe(int bytes) {
        inTransaction(transaction -> transaction.heartbeat(bytes));
    }

    private static boolean isFaultOfStatement(JdbiException failure) {
        return failure instanceof StatementException
                && !(failure.getCause() instanceof SQLException database
                        && !FAULTS_OF_A_STATEMENT.contains(database.getErrorCode() & PRIMARY_CODE));
    }

    private static String deepest(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
