// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.fixture.PostgresServer;
import io.kubevirt.cinotify.fixture.PostgresStore;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.store.Database;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.Transaction;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.postgresql.ds.PGSimpleDataSource;

/** Measures the queries of pages on a store of a given size: {@code StoreSizes RUNS INCIDENTS sqlite|postgresql}. */
final class StoreSizes {

    private static final int ROUNDS = 200;
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final Instant NOW = Examples.NOON;
    private static final PrintStream OUT = System.out;

    private StoreSizes() {}

    public static void main(String[] arguments) throws Exception {
        int runs = Integer.parseInt(arguments[0]);
        int incidents = Integer.parseInt(arguments[1]);
        Path folder = Files.createTempDirectory("store-sizes");
        boolean embedded = arguments[2].equals("sqlite");
        String url = embedded ? create(folder) : PostgresServer.running().jdbcUrl(createdDatabase(folder));
        long filling = System.nanoTime();
        fill(url, runs, incidents);
        OUT.printf("%s: %,d runs, %,d incidents, filled in %d s%n", arguments[2], runs, incidents, seconds(filling));
        if (embedded) {
            long opening = System.nanoTime();
            try (Database database = Database.embedded(folder, Duration.ofSeconds(5))) {
                OUT.printf("opened in %d ms%n", (System.nanoTime() - opening) / 1_000_000);
                queries(runs).forEach((name, query) -> measure(database.store(), name, query));
            }
        } else {
            PGSimpleDataSource database = new PGSimpleDataSource();
            database.setUrl(url);
            Store store = new Store(database);
            queries(runs).forEach((name, query) -> measure(store, name, query));
        }
        System.exit(0);
    }

    private static String create(Path folder) {
        Database.embedded(folder, Duration.ofSeconds(5)).close();
        return "jdbc:sqlite:" + Database.file(folder);
    }

    private static String createdDatabase(Path folder) {
        PostgresStore.in(folder);
        return PostgresStore.nameOf(folder);
    }

    private static long seconds(long since) {
        return (System.nanoTime() - since) / 1_000_000_000;
    }

    private static Map<String, Function<Transaction, Object>> queries(int runs) {
        Map<String, Function<Transaction, Object>> queries = new LinkedHashMap<>();
        queries.put("open incidents", transaction -> transaction.incidents().open());
        queries.put(
                "a page of closed ones",
                transaction -> transaction.incidents().closed(NOW.minusSeconds(86_400), "x", 50));
        queries.put("50 runs of a lane", transaction -> transaction
                .endedRuns()
                .ofLane("example/thing job-7", NOW.minus(Duration.ofDays(14)), 50));
        queries.put("run by build id", transaction -> transaction.endedRuns().ofBuild(Integer.toString(runs / 2)));
        queries.put(
                "14 days of counts", transaction -> transaction.dayCounts().lanes(NOW.minus(Duration.ofDays(13)), NOW));
        queries.put(
                "reasons of a week",
                transaction -> transaction.dayCounts().outcomes(NOW.minus(Duration.ofDays(6)), NOW));
        queries.put("50 runs suppressed for a reason", transaction -> transaction
                .runOutcomes(NOW)
                .suppressed("below-threshold", NOW.minus(Duration.ofDays(7)), 50));
        queries.put(
                "timeline of an incident",
                transaction -> transaction.incidentEvents().newest("id-77", 50));
        queries.put("newest pods", transaction -> transaction.runStarts().lastPods());
        queries.put("newest periodics", transaction -> transaction.runStarts().periodics());
        return queries;
    }

    private static void measure(Store store, String name, Function<Transaction, Object> query) {
        long[] times = new long[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long begin = System.nanoTime();
            store.read(query::apply);
            times[round] = System.nanoTime() - begin;
        }
        Arrays.sort(times);
        OUT.printf(
                "%-32s p50 %7.2f ms   p95 %7.2f ms%n", name, times[ROUNDS / 2] / 1e6, times[ROUNDS * 95 / 100] / 1e6);
    }

    private static void fill(String url, int runs, int incidents) throws Exception {
        ObjectMapper json = new ObjectMapper().findAndRegisterModules();
        String run =
                json.writeValueAsString(Examples.run(JobState.FAILURE, "1")).replace("'", "''");
        String incident = json.writeValueAsString(Examples.incident("id", NOW)).replace("'", "''");
        long month = NOW.toEpochMilli() - 30 * DAY;
        String ended = month + " + i * " + (30 * DAY / runs);
        try (Connection connection = DriverManager.getConnection(url)) {
            connection.setAutoCommit(false);
            insert(
                    connection,
                    runs,
                    "run (lane, build_id, prow_job, job, type, cluster, state, started_at, pending_at, ended_at,"
                            + " seen_at, document) SELECT 'example/thing job-' || (i % 350), '' || i, 'p' || i, 'job-' || (i % 350),"
                            + " CASE WHEN i % 7 = 0 THEN 'periodic' ELSE 'presubmit' END, 'c' || (i % 3), CASE WHEN i % 4 = 0 THEN"
                            + " 'failure' ELSE 'success' END, " + ended + ", " + ended + ", " + ended + ", " + ended
                            + ", '" + run + "'");
            insert(
                    connection,
                    runs / 4,
                    "run_outcome (lane, build_id, ended_at, decided_at, outcome, reason, incident, delivery,"
                            + " cause, sig, area, rule, trace) SELECT 'example/thing job-' || (i % 350), '' || i, "
                            + month + " + i * "
                            + (120 * DAY / runs)
                            + ", 1, 'suppressed', CASE WHEN i % 3 = 0 THEN 'below-threshold' ELSE 'flake' END,"
                            + " 'id-' || (i / 9), 'd' || i, 'test', 'network', 'area', 'rule', '[\"a sentence of the trace\"]'");
            insert(
                    connection,
                    incidents,
                    "incident (id, kind, title, state, area, sig, opened_at, closed_at, document)"
                            + " SELECT 'id-' || i, 'lane', 'lane', CASE WHEN i % 3000 = 0 THEN 'open' ELSE 'resolved' END, 'area', 'sig',"
                            + " " + ended + ", CASE WHEN i % 3000 = 0 THEN NULL ELSE " + ended + " END, '" + incident
                            + "'");
            insert(
                    connection,
                    incidents * 5,
                    "incident_event (incident, number, at, kind, text) SELECT 'id-' || (i / 5), i, i,"
                            + " 'notified', 'a sentence'");
            insert(
                    connection,
                    350 * 400,
                    "lane_day (day, lane, finished, failed, flaky) SELECT " + NOW.toEpochMilli() / DAY
                            + " - i / 350, 'example/thing job-' || (i % 350), 9, 3, 1");
            insert(
                    connection,
                    30 * 400,
                    "outcome_day (day, outcome, reason, deliveries) SELECT " + NOW.toEpochMilli() / DAY
                            + " - i / 30, 'suppressed', 'reason-' || (i % 30), 9");
            connection.commit();
            connection.setAutoCommit(true);
            if (!url.contains("sqlite")) {
                connection.createStatement().execute("ANALYZE");
            }
        }
    }

    private static void insert(Connection connection, int rows, String what) throws SQLException {
        String[] parts = what.split(" SELECT ", 2);
        try (Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO " + parts[0] + " WITH RECURSIVE n (i) AS (SELECT CAST(0 AS BIGINT) UNION ALL"
                    + " SELECT i + 1 FROM n WHERE i < " + (rows - 1) + ") SELECT " + parts[1] + " FROM n");
        }
    }
}
