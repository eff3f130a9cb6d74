// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;

/** Differences between the two databases; all other SQL is the same. */
public enum SqlDialect {
    /** Embedded: one process, one writer. */
    SQLITE(
            Map.of("bytes", "BLOB", "sequence", "INTEGER PRIMARY KEY AUTOINCREMENT", "postgresql", "--", "sqlite", ""),
            TransactionIsolationLevel.SERIALIZABLE) {
        /**
         * Errors of the statement: error, too big, constraint, mismatch, misuse, range. All others are errors of the
         * database, its file or its disk.
         */
        private static final Set<Integer> FAULTS = Set.of(1, 18, 19, 20, 21, 25);

        private static final int PRIMARY_CODE = 0xff;
        private static final int CORRUPT = 11;
        private static final int FULL = 13;
        private static final int NOT_A_DATABASE = 26;

        @Override
        boolean isFaultOfStatement(SQLException failure) {
            return FAULTS.contains(failure.getErrorCode() & PRIMARY_CODE);
        }

        @Override
        void prepare(Jdbi jdbi) {
            jdbi.define(CLOCK, ":now");
        }

        @Override
        Map<String, Long> counters(Handle handle) {
            return counters(handle, "SELECT name, seq FROM sqlite_sequence");
        }

        @Override
        void setCounter(Handle handle, String table, long value) {
            handle.execute("DELETE FROM sqlite_sequence WHERE name = ?", table);
            handle.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", table, value);
        }

        @Override
        String remedy(@Nullable SQLException error, @Nullable Path file) {
            return switch (error == null ? 0 : error.getErrorCode() & PRIMARY_CODE) {
                case CORRUPT, NOT_A_DATABASE ->
                    file
                            + " is damaged; stop ci-notify and restore a backup as docs/operate.md describes (\"Back up\")";
                case FULL -> "the disk of " + file + " is full; free space or enlarge the volume";
                default -> "check the disk of " + file + ", its free space and its permissions";
            };
        }
    },

    POSTGRESQL(
            Map.of(
                    "bytes",
                    "BYTEA",
                    "sequence",
                    "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
                    "postgresql",
                    "",
                    "sqlite",
                    "--"),
            TransactionIsolationLevel.REPEATABLE_READ) {
        /**
         * SQLSTATE classes of errors in the statement or its values. All others are errors of the server or network, or
         * conflicts, and a retry may succeed.
         */
        private static final Set<String> FAULTS = Set.of("0A", "21", "22", "23", "42", "54");

        /** In a class of FAULTS, but the operator can fix it. */
        private static final String INSUFFICIENT_PRIVILEGE = "42501";

        private static final int CLASS = 2;

        private static final String COUNTERS = " FROM information_schema.columns AS c";

        private static final String OF_THIS_SCHEMA =
                " WHERE c.table_schema = current_schema() AND c.is_identity = 'YES'";

        @Override
        boolean isFaultOfStatement(SQLException failure) {
            String state = String.valueOf(failure.getSQLState());
            return !state.equals(INSUFFICIENT_PRIVILEGE)
                    && state.length() > CLASS
                    && FAULTS.contains(state.substring(0, CLASS));
        }

        @Override
        void prepare(Jdbi jdbi) {
            jdbi.registerArgument(new StorableText());
            jdbi.define(CLOCK, LeaseTable.NOW);
        }

        @Override
        Map<String, Long> counters(Handle handle) {
            return counters(
                    handle,
                    "SELECT c.table_name, coalesce(s.last_value, 0)" + COUNTERS
                            + " JOIN pg_sequences AS s ON format('%I.%I', s.schemaname, s.sequencename)"
                            + " = pg_get_serial_sequence(c.table_name, c.column_name)" + OF_THIS_SCHEMA);
        }

        @Override
        void setCounter(Handle handle, String table, long value) {
            handle.createQuery("SELECT setval(pg_get_serial_sequence(c.table_name, c.column_name), :value)" + COUNTERS
                            + OF_THIS_SCHEMA + " AND c.table_name = :table")
                    .bind("value", value)
                    .bind("table", table)
                    .mapTo(Long.class)
                    .one();
        }

        @Override
        String remedy(@Nullable SQLException error, @Nullable Path file) {
            return "check the PostgreSQL server, the network and the privileges of its user";
        }
    };

    /** {@code <clock>} in a statement is the time for leases, in milliseconds. */
    private static final String CLOCK = "clock";

    private final Map<String, String> placeholders;
    private final TransactionIsolationLevel snapshot;

    SqlDialect(Map<String, String> placeholders, TransactionIsolationLevel snapshot) {
        this.placeholders = placeholders;
        this.snapshot = snapshot;
    }

    /**
     * Migrates the tables. Replicas that start at the same time wait for each other. A store of the current schema is left alone,
     * and Flyway is not loaded.
     *
     * @throws SchemaVersion.Mismatch if a newer version wrote them
     */
    public void migrate(DataSource dataSource) {
        if (SchemaVersion.isOlder(dataSource)) {
            flyway(dataSource, "latest").migrate();
        }
    }

    /** @param target the newest schema that it creates */
    Flyway flyway(DataSource dataSource, String target) {
        return Flyway.configure()
                .dataSource(dataSource)
                .locations("db/both")
                .placeholders(placeholders)
                .target(target)
                // By default Flyway only warns of a newer schema.
                .ignoreMigrationPatterns(new String[0])
                .load();
    }

    /** Isolation in which several queries see one snapshot. */
    TransactionIsolationLevel snapshot() {
        return snapshot;
    }

    /** Whether a retry would fail again. */
    abstract boolean isFaultOfStatement(SQLException failure);

    /** Registers the arguments and definitions of this database. */
    abstract void prepare(Jdbi jdbi);

    /** What an operator can do about the error. */
    abstract String remedy(@Nullable SQLException error, @Nullable Path file);

    /** The last number given to a row, by table. */
    abstract Map<String, Long> counters(Handle handle);

    /** @param value positive */
    abstract void setCounter(Handle handle, String table, long value);

    static Map<String, Long> counters(Handle handle, String query) {
        Map<String, Long> counters = new TreeMap<>();
        handle.createQuery(query)
                .map((row, context) -> counters.put(row.getString(1), row.getLong(2)))
                .list();
        return counters;
    }

    /** PostgreSQL rejects NUL and lone surrogates, which a job name may contain. Queries are changed alike, so they match. */
    static final class StorableText extends AbstractArgumentFactory<String> {
        private static final char REPLACEMENT = '\ufffd';

        StorableText() {
            super(Types.VARCHAR);
        }

        @Override
        protected Argument build(String value, ConfigRegistry config) {
            String text = of(value);
            return (position, statement, context) -> statement.setString(position, text);
        }

        static String of(String value) {
            boolean storable =
                    value.chars().noneMatch(character -> character == 0 || Character.isSurrogate((char) character));
            return storable
                    ? value
                    : new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
                            .replace('\0', REPLACEMENT);
        }
    }
}
