// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bench;

import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.digest.DigestPeriod;
import io.kubevirt.cinotify.engine.DeliveryProcessor;
import io.kubevirt.cinotify.engine.IncidentService;
import io.kubevirt.cinotify.engine.TestRanking;
import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.fixture.PostgresServer;
import io.kubevirt.cinotify.fixture.StatusPayload;
import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.notify.console.ConsoleChannel;
import io.kubevirt.cinotify.store.Database;
import io.kubevirt.cinotify.store.DatabaseAddress;
import io.kubevirt.cinotify.store.JournalEntry;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.StoreBackup;
import io.kubevirt.cinotify.store.StoreCopy;
import io.kubevirt.cinotify.store.StoreLocation;
import io.kubevirt.cinotify.store.TestFilter;
import io.kubevirt.cinotify.store.TestFilter.Order;
import io.kubevirt.cinotify.store.Transaction;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/**
 * Measures a store of a given size against one that is empty, and prints what each row takes:
 * {@code StoreSizes RUNS INCIDENTS [sqlite|postgresql]...}.
 */
final class StoreSizes {

    private static final int ROUNDS = 200;
    private static final int DECISIONS = 30;
    private static final int DECISION_ROUNDS = 10;
    private static final double QUERY_LIMIT = 10;
    private static final Instant NOW = Examples.NOON;
    private static final PrintStream OUT = System.out;

    /** Of the five that failed most. */
    private static final String TEST =
            "[rfe_id:273][crit:high][sig-compute] VirtualMachineInstance should be able to migrate 1";

    private final boolean embedded;
    private final Path folder;
    private int build;

    private StoreSizes(boolean embedded) throws Exception {
        this.embedded = embedded;
        this.folder = Files.createTempDirectory("store-sizes");
    }

    public static void main(String[] arguments) throws Exception {
        int runs = Integer.parseInt(arguments[0]);
        int incidents = Integer.parseInt(arguments[1]);
        for (String store : Arrays.asList(arguments).subList(2, arguments.length)) {
            OUT.printf("%n%s: %,d runs, %,d incidents%n", store, runs, incidents);
            new StoreSizes(store.equals("sqlite")).measure(runs, incidents);
        }
        System.exit(0);
    }

    private void measure(int runs, int incidents) throws Exception {
        String url = url("full");
        if (!embedded) {
            PostgresServer.running().makeEmpty(name("full"));
        }
        StoreFill fill = new StoreFill(url, runs, incidents, NOW);
        fill.before();
        Callable<Database> open = () -> open("full");
        try (Database database = timed("migration from schema 16, with " + fill.deliveries() + " deliveries", open)) {
            OUT.printf("  schema %s%n", text(url, "SELECT max(CAST(version AS INTEGER)) FROM flyway_schema_history"));
        }
        fill.after();
        ConfigAgent settings = new ConfigAgent(new ConfigLoader(Path.of("config"), null), () -> NOW);
        try (Database full = timed("start: store", open);
                Database empty = open("empty")) {
            DeliveryProcessor inFull = timed("start: first decision", () -> processor(full.store(), settings));
            queries(runs).forEach((name, query) -> measure(full.store(), name, query));
            compareDecisions(
                    new Decider(full.store(), inFull), new Decider(empty.store(), processor(empty.store(), settings)));
        }
        sizes(url);
        copy(runs);
    }

    /** Into the other database, interrupted after a third and two thirds of the runs. */
    private void copy(int runs) throws Exception {
        StoreLocation from = location(this, "full");
        StoreSizes other = new StoreSizes(!embedded);
        if (embedded) {
            PostgresServer.running().makeEmpty(other.name("copy"));
        }
        StoreLocation to = location(other, "copy");
        for (long stop : List.of(runs / 3L, runs * 2L / 3)) {
            timed("copy into the other database, interrupted behind " + stop + " runs", () -> {
                try {
                    return StoreCopy.run(from, to, (what, done, total) -> {
                        if (what.equals("copying run") && done >= stop) {
                            throw new CancellationException();
                        }
                    });
                } catch (CancellationException e) {
                    return Map.of();
                }
            });
        }
        Map<String, Long> rows =
                timed("copy into the other database: the rest", () -> StoreCopy.run(from, to, StoreCopy.Progress.NONE));
        OUT.printf(
                "copied %,d rows%n",
                rows.values().stream().mapToLong(Long::longValue).sum());
        Path backup = Files.createTempDirectory(folder, "backup").resolve("backup.db");
        timed("backup", () -> {
            StoreBackup.write(from, backup, NOW, StoreCopy.Progress.NONE);
            return backup;
        });
    }

    private static StoreLocation location(StoreSizes store, String which) throws Exception {
        return store.embedded
                ? new StoreLocation.Directory(Files.createDirectories(store.folder.resolve(which)))
                : new StoreLocation.Server(
                        DatabaseAddress.parse(PostgresServer.running().url(store.name(which)), null));
    }

    private String name(String which) {
        return "sizes_" + which + "_" + ProcessHandle.current().pid();
    }

    private String url(String which) throws Exception {
        Path directory = Files.createDirectories(folder.resolve(which));
        return embedded
                ? "jdbc:sqlite:" + Database.file(directory)
                : PostgresServer.running().jdbcUrl(name(which));
    }

    private Database open(String which) throws Exception {
        if (embedded) {
            return Database.embedded(Files.createDirectories(folder.resolve(which)), Duration.ofSeconds(5));
        }
        if (which.equals("empty")) {
            PostgresServer.running().makeEmpty(name(which));
        }
        return Database.postgresql(
                DatabaseAddress.parse(PostgresServer.running().url(name(which)), null));
    }

    private static <T> T timed(String what, Callable<T> work) throws Exception {
        long begin = System.nanoTime();
        T result = work.call();
        OUT.printf("%-60s %,9.0f ms%n", what, (System.nanoTime() - begin) / 1e6);
        return result;
    }

    /** Restores the engine and decides once. */
    private static DeliveryProcessor processor(Store store, ConfigAgent settings) {
        Channels channels = new Channels(List.of(new ConsoleChannel(new ByteArrayOutputStream())));
        IncidentService service = new IncidentService(store, settings, channels, () -> NOW);
        service.tick();
        return new DeliveryProcessor(store, settings, service, () -> NOW);
    }

    private record Decider(Store store, DeliveryProcessor processor) {
        /** In milliseconds, of one delivery; a third of the runs fail. */
        double decide(int build) {
            StatusPayload payload = build % 3 == 0 ? StatusPayload.failure() : StatusPayload.success();
            byte[] body = payload.job("job-" + build % StoreFill.LANES)
                    .build(10_000_000_000L + build)
                    .pull(1 + build % 40)
                    .sha("%040x".formatted(build / 20))
                    .ended(NOW)
                    .bytes();
            JournalEntry delivery = new JournalEntry("new " + build, "status", NOW, body, 0);
            long begin = System.nanoTime();
            store.inTransaction(transaction -> transaction.deliveries().insert(delivery));
            processor.processAll();
            return (System.nanoTime() - begin) / 1e6;
        }
    }

    /** By turns, so that a busy machine slows both. */
    private void compareDecisions(Decider full, Decider empty) {
        double[] inFull = new double[DECISIONS * DECISION_ROUNDS];
        double[] inEmpty = new double[DECISIONS * DECISION_ROUNDS];
        for (int round = -1; round < DECISION_ROUNDS; round++) {
            for (int each = 0; each < DECISIONS; each++) {
                build++;
                double ofFull = full.decide(build);
                double ofEmpty = empty.decide(build);
                if (round >= 0) {
                    inFull[round * DECISIONS + each] = ofFull;
                    inEmpty[round * DECISIONS + each] = ofEmpty;
                }
            }
        }
        Arrays.sort(inFull);
        Arrays.sort(inEmpty);
        double ofFull = inFull[inFull.length / 2];
        double ofEmpty = inEmpty[inEmpty.length / 2];
        OUT.printf(
                "decision, median: %.2f ms, in an empty store %.2f ms: %+.0f %%%n",
                ofFull, ofEmpty, (ofFull / ofEmpty - 1) * 100);
    }

    private static Map<String, Function<Transaction, Object>> queries(int runs) {
        Map<String, Function<Transaction, Object>> queries = new LinkedHashMap<>();
        queries.put("open incidents", transaction -> transaction.incidents().open());
        queries.put(
                "a page of closed ones",
                transaction -> transaction.incidents().closed(NOW.minusSeconds(86_400), "x", 50));
        queries.put("50 runs of a lane", transaction -> transaction
                .endedRuns()
                .ofLane("kubevirt/kubevirt job-7", NOW.minus(Duration.ofDays(14)), NOW, 50));
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
                transaction -> transaction.incidentEvents().newest(StoreFill.incident(77), 50));
        queries.put("50 tests that failed most in a week", transaction -> transaction
                .tests()
                .failing(TestFilter.of(TestFilter.Order.FAILED, null), NOW.minus(Duration.ofDays(6)), NOW, 50));
        DigestPeriod twoWeeks = DigestPeriod.before(NOW, Duration.ofDays(14));
        for (Order order : Order.values()) {
            queries.put("50 tests of two weeks, " + order.value(), tests(TestFilter.of(order, null), twoWeeks));
        }
        queries.put(
                "50 tests of two weeks, on one lane",
                tests(new TestFilter(Order.FAILED, "compute", "job-77", null, null), twoWeeks));
        queries.put(
                "50 tests of two weeks, on a third of the lanes",
                tests(new TestFilter(Order.FAILED, "compute", "job-1", null, null), twoWeeks));
        queries.put("lanes on which a test failed", transaction -> new TestRanking(transaction, Audience.PUBLIC)
                .lanes(TEST, DigestPeriod.before(NOW, Duration.ofDays(7))));
        queries.put(
                "next destination, " + StoreFill.WAITING + " messages wait",
                transaction -> transaction.destinations().ready("slack", NOW, 20));
        queries.put(
                "next messages, " + StoreFill.WAITING + " wait",
                transaction -> transaction.outbox().threads("slack", "ci-alerts", NOW, 20));
        queries.put("newest pods", transaction -> transaction.runStarts().lastPods());
        queries.put("newest periodics", transaction -> transaction.runStarts().periodics());
        return queries;
    }

    private static Function<Transaction, Object> tests(TestFilter filter, DigestPeriod period) {
        return transaction -> new TestRanking(transaction, Audience.PUBLIC)
                .find(filter, period, transaction.dayCounts().finished(period.from(), period.until()), 50);
    }

    private static void measure(Store store, String name, Function<Transaction, Object> query) {
        double[] times = new double[ROUNDS];
        for (int round = -ROUNDS / 4; round < ROUNDS; round++) {
            long begin = System.nanoTime();
            store.read(query::apply);
            times[Math.max(0, round)] = (System.nanoTime() - begin) / 1e6;
        }
        Arrays.sort(times);
        double p95 = times[ROUNDS * 95 / 100];
        OUT.printf(
                "%-40s p50 %7.2f ms   p95 %7.2f ms%s%n",
                name, times[ROUNDS / 2], p95, p95 > QUERY_LIMIT ? "   over " + QUERY_LIMIT + " ms" : "");
    }

    /** With indexes. */
    private void sizes(String url) throws SQLException {
        OUT.printf("%-16s %12s %14s %s%n", "table", "rows", "bytes", "bytes of a row");
        long ofTests = 0;
        for (String table : List.of(
                "run",
                "run_outcome",
                "delivery",
                "incident",
                "incident_event",
                "message",
                "outbox",
                "evidence",
                "lane_day",
                "outcome_day",
                "test",
                "test_lane",
                "test_run",
                "test_failure",
                "test_day")) {
            long rows = rows(url, table);
            long bytes = Long.parseLong(text(
                    url,
                    embedded
                            ? "SELECT sum(pgsize) FROM dbstat WHERE name IN (SELECT name FROM sqlite_master WHERE tbl_name = '"
                                    + table + "')"
                            : "SELECT pg_total_relation_size('" + table + "')"));
            OUT.printf("%-16s %,12d %,14d %d%n", table, rows, bytes, bytes / Math.max(1, rows));
            ofTests += table.startsWith("test") ? bytes : 0;
        }
        long results = rows(url, "test_failure");
        OUT.printf(
                "test results: %,d, %d bytes each, with tests, lanes, runs, days and indexes%n",
                results, ofTests / Math.max(1, results));
    }

    private static long rows(String url, String table) throws SQLException {
        return Long.parseLong(text(url, "SELECT count(*) FROM " + table));
    }

    private static String text(String url, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                ResultSet row = connection.createStatement().executeQuery(query)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }
}
