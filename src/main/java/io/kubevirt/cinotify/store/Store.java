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
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementException;
import org.jspecify.annotations.Nullable;

/** The database: whatever belongs together is done in one transaction. */
public final class Store {

    /** Longer than any transaction, shorter than people notice. */
    private static final Duration LEASE = Duration.ofSeconds(10);

    private final String replica = UUID.randomUUID().toString();
    private final Dialect dialect;
    private final Turn turn;
    private final Jdbi writes;
    private final Jdbi reads;

    /**
     * The embedded one.
     *
     * @param dataSource where the migrations have already run
     * @param file the database's file
     */
    public Store(DataSource dataSource, EmbeddedFile file) {
        this(dataSource, dataSource, file);
    }

    /**
     * The embedded one, with connections of their own for those who only read: they wait for nobody.
     *
     * @param writers where the migrations have already run
     * @param readers of the same file
     */
    Store(DataSource writers, DataSource readers, EmbeddedFile file) {
        this(Dialect.SQLITE, Turn.inFile(file), Jdbi.create(writers), Jdbi.create(readers));
    }

    /**
     * That of a PostgreSQL server.
     *
     * @param dataSource where the migrations have already run
     */
    public Store(DataSource dataSource) {
        this(Dialect.POSTGRESQL, Turn.NONE, Jdbi.create(dataSource), Jdbi.create(dataSource));
    }

    private Store(Dialect dialect, Turn turn, Jdbi writes, Jdbi reads) {
        this.dialect = dialect;
        this.turn = turn;
        this.writes = writes;
        this.reads = reads;
        dialect.prepare(writes);
        dialect.prepare(reads);
    }

    /**
     * Does some work, all of it or nothing; on return it is on disk.
     *
     * @throws StoreUnavailable if the database can do nothing now; a later attempt may find it mended
     * @throws RuntimeException whatever the work throws, a wrong statement's exception among it
     */
    public <T> T inTransaction(Function<Transaction, T> work) {
        return turn.take(() -> {
            try {
                return writes.inTransaction((Handle handle) -> work.apply(new Transaction(handle)));
            } catch (JdbiException e) {
                throw blame(e, "the store does not take writes");
            } catch (AssertionError e) {
                throw connectionEnded(e);
            }
        });
    }

    /**
     * Asks some questions that are all answered as of the same moment; nobody who writes waits for that.
     *
     * @throws StoreUnavailable if the database can do nothing now; a later attempt may find it mended
     */
    public <T> T read(Function<Transaction, T> questions) {
        try {
            return reads.inTransaction(dialect.snapshot(), (Handle handle) -> questions.apply(new Transaction(handle)));
        } catch (JdbiException e) {
            throw blame(e, "the store cannot be read");
        }
    }

    /**
     * Returns only if the database is still the one that was opened.
     *
     * @throws StoreUnavailable if its file was deleted or replaced
     */
    void verify() {
        turn.verify();
    }

    /** What only one of the replicas on this database may do at a time, by name. */
    public Lease lease(String name) {
        return lease(name, LEASE);
    }

    /** The same with another length. */
    Lease lease(String name, Duration length) {
        return dialect == Dialect.POSTGRESQL ? new StoredLease(this, name, replica, length) : Lease.ALWAYS;
    }

    /** This process among those that use the database. */
    public Presence presence() {
        return presence(LEASE);
    }

    /** The same with another length. */
    Presence presence(Duration length) {
        return dialect == Dialect.POSTGRESQL
                ? new SharedPresence(this, replica, length)
                : new Presence.Alone(this, replica);
    }

    /**
     * Writes something of no importance: returns only if the database takes writes of this size, and throws as any work
     * does. A full disk may still take a small one.
     */
    public void probe(int bytes) {
        inTransaction(transaction -> transaction.heartbeat(bytes));
    }

    /** PostgreSQL's driver asserts that a connection which has just ended within a batch is still there. */
    private static StoreUnavailable connectionEnded(AssertionError failure) {
        if (failure.getStackTrace().length > 0
                && failure.getStackTrace()[0].getClassName().startsWith("org.postgresql.")) {
            return new StoreUnavailable("the connection to the store has ended", failure);
        }
        throw failure;
    }

    private RuntimeException blame(JdbiException failure, String what) {
        @Nullable SQLException said = firstSaid(failure);
        return failure instanceof StatementException && (said == null || dialect.isFaultOfStatement(said))
                ? failure
                : new StoreUnavailable(what + " (" + deepest(failure) + "): " + dialect.remedy(), failure);
    }

    private static @Nullable SQLException firstSaid(JdbiException failure) {
        return failure.getCause() instanceof SQLException database ? database : null;
    }

    private static String deepest(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
