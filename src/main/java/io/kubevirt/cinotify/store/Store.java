// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;

/** Runs work in transactions of the database. */
public final class Store {
    /** Longer than any transaction, short enough for a quick takeover. */
    private static final Duration LEASE = Duration.ofSeconds(10);

    /** Keeps the parsed statements, for all stores of this process. */
    private static final SqlParser PARSER = new ColonPrefixSqlParser();

    private final String replica = UUID.randomUUID().toString();
    private final SqlDialect dialect;

    /** Null on PostgreSQL. */
    private final @Nullable DatabaseFileGuard file;

    /** Fair: SQLite's own busy handler lets new writers pass those that wait longest. */
    private final Lock writeLock = new ReentrantLock(true);

    private final Jdbi writes;
    private final Jdbi reads;

    /** The embedded database, already migrated. */
    public Store(DataSource dataSource, DatabaseFileGuard file) {
        this(dataSource, dataSource, file);
    }

    /** The embedded database, already migrated; readers have connections of their own and wait for no writer. */
    public Store(DataSource writers, DataSource readers, DatabaseFileGuard file) {
        this(SqlDialect.SQLITE, file, Jdbi.create(writers), Jdbi.create(readers));
    }

    /** A PostgreSQL database, already migrated. */
    public Store(DataSource dataSource) {
        this(SqlDialect.POSTGRESQL, null, Jdbi.create(dataSource), Jdbi.create(dataSource));
    }

    private Store(SqlDialect dialect, @Nullable DatabaseFileGuard file, Jdbi writes, Jdbi reads) {
        this.dialect = dialect;
        this.file = file;
        this.writes = writes;
        this.reads = reads;
        for (Jdbi jdbi : List.of(writes, reads)) {
            jdbi.getConfig(SqlStatements.class).setSqlParser(PARSER);
            dialect.prepare(jdbi);
        }
    }

    /**
     * Runs work in one transaction; on return it is on disk.
     *
     * @throws StoreUnavailable if the database is unavailable; a retry may succeed
     * @throws RuntimeException of the work or of an invalid statement
     */
    public <T> T inTransaction(Function<Transaction, T> work) {
        return oneAtATime(() -> {
            try {
                return writes.inTransaction((Handle handle) -> {
                    Transaction transaction = new Transaction(handle);
                    T result = work.apply(transaction);
                    transaction.flush();
                    return result;
                });
            } catch (JdbiException e) {
                throw translate(e, "cannot write to the store");
            } catch (AssertionError e) {
                throw connectionEnded(e);
            }
        });
    }

    private <T> T oneAtATime(Supplier<T> work) {
        if (file == null) {
            return work.get();
        }
        file.verify();
        T result;
        writeLock.lock();
        try {
            result = work.get();
        } finally {
            writeLock.unlock();
        }
        file.verify();
        return result;
    }

    /**
     * Runs queries on one snapshot, without blocking writers.
     *
     * @throws StoreUnavailable if the database is unavailable; a retry may succeed
     */
    public <T> T read(Function<Transaction, T> queries) {
        try {
            return reads.inTransaction(dialect.snapshot(), (Handle handle) -> queries.apply(new Transaction(handle)));
        } catch (JdbiException e) {
            throw translate(e, "cannot read the store");
        }
    }

    /** @throws StoreUnavailable if the file was deleted or replaced */
    void verify() {
        if (file != null) {
            file.verify();
        }
    }

    /** The time of the database server; empty if the database is part of this process. */
    Optional<Instant> serverTime() {
        return dialect == SqlDialect.POSTGRESQL
                ? Optional.of(read(transaction -> transaction.leases().now()))
                : Optional.empty();
    }

    /** A lease that one replica at a time holds. */
    public Lease lease(String name) {
        return lease(name, LEASE);
    }

    Lease lease(String name, Duration length) {
        return dialect == SqlDialect.POSTGRESQL ? new LeaseTable.Held(this, name, replica, length) : Lease.ALWAYS;
    }

    public ProcessLiveness liveness() {
        return liveness(LEASE);
    }

    ProcessLiveness liveness(Duration length) {
        return dialect == SqlDialect.POSTGRESQL
                ? new ProcessLiveness.Shared(this, replica, length)
                : new ProcessLiveness.SingleProcess(this, replica);
    }

    /** Test write of the given size: a full disk may still accept a small one. */
    public void probe(int bytes) {
        inTransaction(transaction -> transaction.probe(bytes));
    }

    /** The PostgreSQL driver throws an AssertionError when a connection ends within a batch. */
    private static StoreUnavailable connectionEnded(AssertionError failure) {
        if (failure.getStackTrace().length > 0
                && failure.getStackTrace()[0].getClassName().startsWith("org.postgresql.")) {
            return new StoreUnavailable("lost the connection to the store", failure);
        }
        throw failure;
    }

    private RuntimeException translate(JdbiException failure, String what) {
        return StoreUnavailable.translate(failure, what, dialect, file == null ? null : file.path());
    }
}
