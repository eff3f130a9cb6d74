// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** Wherein the two databases differ; all other SQL is the same for both. */
public enum SqlDialect {
    /** The embedded one: one process, one writer. */
    SQLITE(
            Map.of("bytes", "BLOB", "sequence", "INTEGER PRIMARY KEY AUTOINCREMENT", "postgresql", "--"),
            TransactionIsolationLevel.SERIALIZABLE) {

        /**
         * SQLite's codes for what a statement itself is to blame for: error, too big, constraint, mismatch, misuse,
         * range. All others tell of the database, its file or its disk.
         */
        private static final Set<Integer> FAULTS = Set.of(1, 18, 19, 20, 21, 25);

        private static final int PRIMARY_CODE = 0xff;

        @Override
        boolean isFaultOfStatement(SQLException failure) {
            return FAULTS.contains(failure.getErrorCode() & PRIMARY_CODE);
        }

        @Override
        void prepare(Jdbi jdbi) {
            // One process has it for itself: its clock is the only one.
            jdbi.define(CLOCK, ":now");
        }

        @Override
        String remedy() {
            return "look at its disk and its permissions";
        }
    },

    /** The server that several replicas share. */
    POSTGRESQL(
            Map.of("bytes", "BYTEA", "sequence", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY", "postgresql", ""),
            TransactionIsolationLevel.REPEATABLE_READ) {

        /**
         * Classes of SQLSTATE that blame the statement or its values. All others tell of the server, the network, or of
         * others at work in the same rows, and a later attempt may find that mended.
         */
        private static final Set<String> FAULTS = Set.of("0A", "21", "22", "23", "42", "54");

        /** A right that was taken away is the operator's to mend, although it is in the class of wrong statements. */
        private static final String INSUFFICIENT_PRIVILEGE = "42501";

        private static final int CLASS = 2;

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
        String remedy() {
            return "look at the PostgreSQL server, the network to it and the rights of its user";
        }
    };

    /** In a statement, {@code <clock>} is the time by which leases are counted, in milliseconds. */
    private static final String CLOCK = "clock";

    private final Map<String, String> placeholders;
    private final TransactionIsolationLevel snapshot;

    SqlDialect(Map<String, String> words, TransactionIsolationLevel snapshot) {
        this.placeholders = words;
        this.snapshot = snapshot;
    }

    /**
     * Brings the tables to the state that this version needs. Replicas that start at the same time wait for each other.
     *
     * @throws org.flywaydb.core.api.FlywayException if that cannot be done
     * @throws SchemaVersion.Mismatch if a newer version has been here; there is no downgrade
     */
    public void migrate(DataSource dataSource) {
        Flyway flyway = Flyway.configure()
                .dataSource(dataSource)
                .locations("db/both")
                .placeholders(placeholders)
                // By default Flyway only warns of a newer schema.
                .ignoreMigrationPatterns(new String[0])
                .load();
        SchemaVersion.rejectNewer(flyway.info().current());
        flyway.migrate();
    }

    /** The isolation in which several queries see the same moment. */
    TransactionIsolationLevel snapshot() {
        return snapshot;
    }

    /** Whether it would fail again, however often it is tried. */
    abstract boolean isFaultOfStatement(SQLException failure);

    /** Teaches the access layer what this database cannot take as it is. */
    abstract void prepare(Jdbi jdbi);

    /** What an operator can do when it takes no writes. */
    abstract String remedy();

    /**
     * Texts as PostgreSQL can keep them: it refuses NUL and lone surrogates, which a stranger may put into the name of a job.
     * As what is looked for is changed like what is kept, it is still found.
     */
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
            boolean storable = value.chars().noneMatch(letter -> letter == 0 || Character.isSurrogate((char) letter));
            return storable
                    ? value
                    : new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
                            .replace('\0', REPLACEMENT);
        }
    }
}
