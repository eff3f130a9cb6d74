// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
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
    private final SqlDialect dialect;
    private final WriteGate writeGate;
    private final Jdbi writes;
    private final Jdbi reads;

    /**
     * The embedded one.
     *
     * @param dataSource where the migrations have already run
     * @param file the database's file
     */
    public Store(DataSource dataSource, DatabaseFileGuard file) {
        this(dataSource, dataSource, file);
    }

    /**
     * The embedded one, with connections of their own for those who only read: they wait for nobody.
     *
     * @param writers where the migrations have already run
     * @param readers of the same file
     */
    Store(DataSource writers, DataSource readers, DatabaseFileGuard file) {
        this(SqlDialect.SQLITE, WriteGate.oneAtATime(file), Jdbi.create(writers), Jdbi.create(readers));
    }

    /**
     * That of a PostgreSQL server.
     *
     * @param dataSource where the migrations have already run
     */
    public Store(DataSource dataSource) {
        this(SqlDialect.POSTGRESQL, WriteGate.UNRESTRICTED, Jdbi.create(dataSource), Jdbi.create(dataSource));
    }

    private Store(SqlDialect dialect, WriteGate turn, Jdbi writes, Jdbi reads) {
        this.dialect = dialect;
        this.writeGate = turn;
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
        return writeGate.run(() -> {
            try {
                return writes.inTransaction((Handle handle) -> work.apply(new Transaction(handle)));
            } catch (JdbiException e) {
                throw translate(e, "the store does not take writes");
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
            throw translate(e, "the store cannot be read");
        }
    }

    /**
     * Returns only if the database is still the one that was opened.
     *
     * @throws StoreUnavailable if its file was deleted or replaced
     */
    void verify() {
        writeGate.verify();
    }

    /** What only one of the replicas on this database may do at a time, by name. */
    public Lease lease(String name) {
        return lease(name, LEASE);
    }

    /** The same with another length. */
    Lease lease(String name, Duration length) {
        return dialect == SqlDialect.POSTGRESQL ? new LeaseTable.Held(this, name, replica, length) : Lease.ALWAYS;
    }

    /** This process among those that use the database. */
    public ProcessLiveness liveness() {
        return liveness(LEASE);
    }

    /** The same with another length. */
    ProcessLiveness liveness(Duration length) {
        return dialect == SqlDialect.POSTGRESQL
                ? new ProcessLiveness.Shared(this, replica, length)
                : new ProcessLiveness.SingleProcess(this, replica);
    }

    /**
     * Writes something of no importance: returns only if the database takes writes of this size, and throws as any work
     * does. A full disk may still take a small one.
     */
    public void probe(int bytes) {
        inTransaction(transaction -> transaction.probe(bytes));
    }

    /** PostgreSQL's driver asserts that a connection which has just ended within a batch is still there. */
    private static StoreUnavailable connectionEnded(AssertionError failure) {
        if (failure.getStackTrace().length > 0
                && failure.getStackTrace()[0].getClassName().startsWith("org.postgresql.")) {
            return new StoreUnavailable("the connection to the store has ended", failure);
        }
        throw failure;
    }

    private RuntimeException translate(JdbiException failure, String what) {
        @Nullable SQLException said = databaseError(failure);
        return failure instanceof StatementException && (said == null || dialect.isFaultOfStatement(said))
                ? failure
                : new StoreUnavailable(what + " (" + rootMessage(failure) + "): " + dialect.remedy(), failure);
    }

    private static @Nullable SQLException databaseError(JdbiException failure) {
        return failure.getCause() instanceof SQLException database ? database : null;
    }

    private static String rootMessage(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
