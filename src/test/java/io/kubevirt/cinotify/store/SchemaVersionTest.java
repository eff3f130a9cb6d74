// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.PostgresServer;
import io.kubevirt.cinotify.fixture.PostgresStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteDataSource;

/** A store that another version wrote. */
class SchemaVersionTest {

    private static final Duration BUSY_TIMEOUT = Duration.ofMinutes(1);

    private static final String NEWER = "INSERT INTO flyway_schema_history (installed_rank, version, description, type,"
            + " script, checksum, installed_by, execution_time, success)"
            + " VALUES (99, '99', 'of a later version', 'SQL', 'V99__of_a_later_version.sql', 1, 'somebody', 1, %s)";

    private static final String OLDER =
            "DELETE FROM flyway_schema_history WHERE version = '" + SchemaVersion.CURRENT + "'";

    /** In columns that every schema has. */
    private static final List<String> ROWS = List.of(
            "INSERT INTO delivery (id, event, received_at, body, decided_at, outcome) VALUES ('guid', 'status', 1, '', 2,"
                    + " 'suppressed')",
            "INSERT INTO run (lane, build_id, job, type, state, started_at, ended_at, seen_at, document)"
                    + " VALUES ('lane', '1', 'job', 'presubmit', 'failure', 1, 2, 2, '{\"pulls\": [{\"sha\": \"abc\"}]}')",
            "INSERT INTO incident (id, kind, title, state, area, sig, opened_at, closed_at, document)"
                    + " VALUES ('id', 'lane', 'title', 'resolved', 'area', 'sig', 1, 2, '{}')");

    /** In columns that the schemas from 18 to 23 have. */
    private static final List<String> TEST_ROWS = List.of(
            "INSERT INTO test (name, sig, quarantined, first_seen, last_seen) VALUES ('test', 'sig', 0, 2, 2)",
            "INSERT INTO test_run (lane, build_id, pull, ended_at, failures, visibility)"
                    + " VALUES ('lane', '1', 0, 2, 1, 'public')",
            "INSERT INTO test_run (lane, build_id, pull, ended_at, failures, visibility)"
                    + " VALUES ('lane', '2', 7, 3, 51, 'public')",
            "INSERT INTO test_failure (test, run, flaky) VALUES (1, 1, 1), (1, 2, 0)",
            "INSERT INTO test_day (day, test, failed, flaky) VALUES (0, 1, 2, 1)");

    @TempDir
    private Path folder;

    private String embedded;

    @BeforeEach
    void migrate() {
        embedded = "jdbc:sqlite:" + EmbeddedStore.in(folder).file();
    }

    @Test
    void theCurrentVersionIsTheNewestMigration() throws IOException {
        try (Stream<Path> migrations = Files.list(Path.of("src/main/resources/db/both"))) {
            int newest = migrations
                    .map(file -> file.getFileName().toString().replaceAll("V(\\d+)__.*", "$1"))
                    .mapToInt(Integer::parseInt)
                    .max()
                    .orElseThrow();
            assertThat(SchemaVersion.CURRENT).isEqualTo(newest);
        }
    }

    static Stream<String> schemas() throws IOException {
        try (Stream<Path> migrations = Files.list(Path.of("src/main/resources/db/both"))) {
            return migrations
                    .map(file -> file.getFileName().toString().replaceAll("V(\\d+)__.*", "$1"))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void anEmbeddedStoreOfEachSchemaIsMigrated(String schema) throws IOException {
        Path old = Files.createDirectories(folder.resolve("old"));
        SQLiteDataSource database = new SQLiteDataSource();
        database.setUrl("jdbc:sqlite:" + Database.file(old));
        SqlDialect.SQLITE.flyway(database, schema).migrate();
        fill(database, schema);

        Database.embedded(old, BUSY_TIMEOUT).close();

        assertMigrated(new StoreLocation.Directory(old), schema);
    }

    /** Schema 14 is that of version 0.1. */
    @ParameterizedTest
    @MethodSource("schemas")
    void aServersStoreOfEachReleasedSchemaIsMigrated(String schema) throws Exception {
        Assumptions.assumeTrue(Integer.parseInt(schema) >= 14);
        String name = PostgresStore.nameOf(folder.resolve(schema));
        PostgresServer server = PostgresServer.running();
        server.makeEmpty(name);
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(server.jdbcUrl(name));
        SqlDialect.POSTGRESQL.flyway(database, schema).migrate();
        fill(database, schema);
        DatabaseAddress address = DatabaseAddress.parse(server.url(name), null);

        Database.postgresql(address).close();

        assertMigrated(new StoreLocation.Server(address), schema);
    }

    private static boolean hasTestRows(String schema) {
        return Integer.parseInt(schema) >= 18 && Integer.parseInt(schema) <= 23;
    }

    private static void fill(DataSource database, String schema) {
        ROWS.forEach(row -> execute(database, row));
        if (hasTestRows(schema)) {
            TEST_ROWS.forEach(row -> execute(database, row));
        }
    }

    private static void assertMigrated(StoreLocation location, String schema) {
        StoreCheck check = StoreCheck.of(location);
        assertThat(check.problems()).isEmpty();
        assertThat(check.rows())
                .containsEntry("delivery", 1L)
                .containsEntry("run", 1L)
                .containsEntry("incident", 1L)
                .containsEntry("test_lane", hasTestRows(schema) ? 1L : 0L)
                .containsEntry("test_failure", hasTestRows(schema) ? 2L : 0L)
                .containsEntry("test_day", hasTestRows(schema) ? 1L : 0L);
    }

    @Test
    void failuresOfTestsOfAnOlderStoreKeepTheirRuns() throws Exception {
        Path old = Files.createDirectories(folder.resolve("old"));
        SQLiteDataSource database = new SQLiteDataSource();
        database.setUrl("jdbc:sqlite:" + Database.file(old));
        SqlDialect.SQLITE.flyway(database, "23").migrate();
        fill(database, "23");

        try (Database migrated = Database.embedded(old, BUSY_TIMEOUT)) {
            List<TestTable.FailedOn> failures = migrated.store().read(transaction -> transaction
                    .tests()
                    .onLanes(List.of(1L), Set.of(), Instant.EPOCH, Instant.EPOCH.plusSeconds(1)));
            assertThat(failures)
                    .as("without the run in which more than 50 tests failed")
                    .containsExactly(new TestTable.FailedOn(1, 1, null, Instant.ofEpochMilli(2), true));
        }
    }

    private static void execute(DataSource database, String sql) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    @Test
    void anEmbeddedStoreOfANewerVersionIsRefused() throws SQLException {
        execute(embedded, NEWER.formatted("1"));

        assertNewer(() -> Database.embedded(folder, BUSY_TIMEOUT).close());
        assertNewer(() -> StoreClient.embedded(folder).close());
        assertNewer(() -> ReadOnlyStore.open(folder));
    }

    @Test
    void aServersStoreOfANewerVersionIsRefused() throws Exception {
        String name = PostgresStore.nameOf(folder);
        PostgresServer server = PostgresServer.running();
        server.make(name);
        execute(server.jdbcUrl(name), NEWER.formatted("true"));
        DatabaseAddress address = DatabaseAddress.parse(server.url(name), null);

        assertNewer(() -> Database.postgresql(address).close());
        assertNewer(() -> StoreClient.postgresql(address).close());
    }

    @Test
    void anOlderStoreIsMigratedByServeAlone() throws SQLException {
        execute(embedded, OLDER);

        assertOlder(() -> StoreClient.embedded(folder).close());
        assertOlder(() -> ReadOnlyStore.open(folder));
    }

    @Test
    void aFileWithoutTablesIsNoStore() throws IOException {
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.writeString(Database.file(other), "");

        assertThatExceptionOfType(StoreUnavailable.class)
                .isThrownBy(() -> ReadOnlyStore.open(other))
                .withMessageContaining("is not a store of ci-notify");
    }

    private static void assertNewer(ThrowingCallable opening) {
        assertThatExceptionOfType(SchemaVersion.Mismatch.class)
                .isThrownBy(opening)
                .withMessage("the store has schema 99, but this version of ci-notify knows only up to "
                        + SchemaVersion.CURRENT
                        + ": run the version that wrote it or a newer one, or restore the backup"
                        + " from before the upgrade; there is no downgrade");
    }

    private static void assertOlder(ThrowingCallable opening) {
        assertThatExceptionOfType(SchemaVersion.Mismatch.class)
                .isThrownBy(opening)
                .withMessageContaining("needs " + SchemaVersion.CURRENT + ": start \"ci-notify serve\" once");
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
