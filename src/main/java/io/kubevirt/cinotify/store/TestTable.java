// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.Pull;
import io.kubevirt.cinotify.prow.Visibility;
import io.kubevirt.cinotify.store.TestFilter.Order;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Tests that failed: in which runs, and how often by UTC day. Runs that passed are not read, so there are no passes. */
public final class TestTable {
    /** Per run: where more tests fail at once, something else is broken, and their number is enough. */
    public static final int MAX_TESTS = 50;

    /** PostgreSQL indexes up to 2,700 bytes, and a character may take four. */
    private static final int MAX_NAME_CHARS = 400;

    private static final int HASH_CHARS = 10;

    private static final String IN_PERIOD = "ended_at >= :from AND ended_at < :until AND lane_id NOT IN (<without>)";

    private static final String OF_RUN = "(SELECT id FROM test_run WHERE lane = :lane AND build_id = :build)";

    private final Handle handle;

    TestTable(Handle handle) {
        this.handle = handle;
    }

    /** A failed test of one run. {@code flaky}: whether it also passed in the same report. */
    public record FailedTest(String name, String sig, boolean quarantined, boolean flaky) {}

    /** A test, and its failures in a period, of all runs whoever may see them. */
    public record TestFailures(
            long id,
            String name,
            String sig,
            boolean quarantined,
            Instant firstSeen,
            Instant lastSeen,
            long failed,
            long flaky) {}

    /** The failures of a test in the runs that ended on a day. {@code day}: days since 1970-01-01. */
    public record TestDay(long day, long failed, long flaky) {}

    /** A lane on which tests failed, by the visibility of its runs; some may be equal. */
    public record TestLane(long id, String lane, Visibility visibility) {}

    /** A failure of a test. {@code lane}: the id of a {@link TestLane}. {@code pull}: null for none. */
    public record FailedOn(long test, long lane, @Nullable Integer pull, Instant endedAt, boolean flaky) {}

    /** The first failure of a test, and the page of the run with its newest one; null if that run is no longer stored. */
    public record FirstAndNewest(Instant first, @Nullable String newest) {}

    /**
     * Adds the failed tests of a run, the first {@value #MAX_TESTS}; those that are known already are not counted again.
     *
     * @param endedAt unless the run's own end is stored
     * @param failures of all its tests
     */
    public void add(JobRun run, Instant endedAt, List<FailedTest> tests, int failures) {
        if (tests.isEmpty()) {
            return;
        }
        Row stored = save(run, endedAt, failures);
        long lane = failures > MAX_TESTS ? 0 : lane(run.lane().toString(), stored.visibility());
        handle.createUpdate("UPDATE test_failure SET lane_id = :lane WHERE run = :run AND lane_id <> :lane")
                .bind("lane", lane)
                .bind("run", stored.id())
                .execute();
        for (FailedTest test : tests.subList(0, Math.min(tests.size(), MAX_TESTS))) {
            long id = save(test, stored.endedAt());
            boolean flaky = test.flaky() || stored.flaky();
            int added = handle.createUpdate("INSERT INTO test_failure (test, ended_at, run, lane_id, pull, flaky)"
                            + " VALUES (:test, :ended, :run, :lane, :pull, :flaky)"
                            + " ON CONFLICT (test, ended_at, run) DO NOTHING")
                    .bind("test", id)
                    .bind("ended", stored.endedAt())
                    .bind("run", stored.id())
                    .bind("lane", lane)
                    .bind("pull", pull(run))
                    .bind("flaky", flaky ? 1 : 0)
                    .execute();
            if (added > 0) {
                handle.createUpdate("INSERT INTO test_day (test, day, failed, flaky) VALUES (:test, :day, 1, :flaky)"
                                + " ON CONFLICT (test, day) DO UPDATE SET failed = test_day.failed + 1,"
                                + " flaky = test_day.flaky + :flaky")
                        .bind("day", Math.floorDiv(stored.endedAt(), DayCounts.DAY))
                        .bind("test", id)
                        .bind("flaky", flaky ? 1 : 0)
                        .execute();
            }
        }
    }

    private record Row(long id, long endedAt, String visibility, boolean flaky) {}

    private static int pull(JobRun run) {
        return run.pulls().stream().mapToInt(Pull::number).findFirst().orElse(0);
    }

    private long lane(String lane, String visibility) {
        Map<String, String> key = Map.of("lane", lane, "visibility", visibility);
        return handle.createQuery("SELECT id FROM test_lane WHERE lane = :lane AND visibility = :visibility"
                        + " ORDER BY id LIMIT 1")
                .bindMap(key)
                .mapTo(Long.class)
                .findOne()
                .orElseGet(() -> handle.createQuery("INSERT INTO test_lane (lane, visibility)"
                                + " VALUES (:lane, :visibility) RETURNING id")
                        .bindMap(key)
                        .mapTo(Long.class)
                        .one());
    }

    /** Of all runs of a lane that have another; what is private stays so. */
    void setVisibility(String lane, Visibility visibility) {
        for (String table : List.of("test_run", "test_lane")) {
            handle.createUpdate("UPDATE " + table + " SET visibility = :visibility WHERE lane = :lane AND "
                            + VisibilityTable.unlike(visibility))
                    .bind("lane", lane)
                    .bind("visibility", visibility.value())
                    .execute();
        }
    }

    private Row save(JobRun run, Instant endedAt, int failures) {
        Map<String, String> key = Map.of("lane", run.lane().toString(), "build", run.identity());
        String ofRun = " FROM run WHERE lane = :lane AND build_id = :build)";
        handle.createUpdate("INSERT INTO test_run (lane, build_id, pull, ended_at, failures, visibility) VALUES"
                        + " (:lane, :build, :pull, coalesce((SELECT ended_at" + ofRun + ", :ended), :failures,"
                        + " coalesce((SELECT visibility" + ofRun + ", 'unknown'))"
                        + " ON CONFLICT (lane, build_id) DO UPDATE SET failures = :failures")
                .bindMap(key)
                .bind("pull", pull(run))
                .bind("ended", endedAt.toEpochMilli())
                .bind("failures", failures)
                .execute();
        return handle.createQuery("SELECT id, ended_at, visibility, coalesce((SELECT flaky" + ofRun + ", 0) AS flaky"
                        + " FROM test_run WHERE lane = :lane AND build_id = :build")
                .bindMap(key)
                .map((row, context) -> new Row(
                        row.getLong("id"),
                        row.getLong("ended_at"),
                        row.getString("visibility"),
                        row.getInt("flaky") > 0))
                .one();
    }

    private long save(FailedTest test, long at) {
        // A late run is not the newest one.
        return handle.createQuery(
                        "INSERT INTO test (name, sig, quarantined, first_seen, last_seen) VALUES (:name, :sig,"
                                + " :quarantined, :at, :at) ON CONFLICT (name) DO UPDATE SET"
                                + " sig = CASE WHEN :at >= test.last_seen THEN :sig ELSE test.sig END,"
                                + " quarantined = CASE WHEN :at >= test.last_seen THEN :quarantined ELSE test.quarantined END,"
                                + " first_seen = CASE WHEN :at < test.first_seen THEN :at ELSE test.first_seen END,"
                                + " last_seen = CASE WHEN :at > test.last_seen THEN :at ELSE test.last_seen END RETURNING id")
                .bind("name", bounded(test.name()))
                .bind("sig", test.sig())
                .bind("quarantined", test.quarantined() ? 1L : 0L)
                .bind("at", at)
                .mapTo(Long.class)
                .one();
    }

    /** A name that is too long ends with its hash, so that it stays another. A stored name stays as it is. */
    private static String bounded(String name) {
        return name.length() <= MAX_NAME_CHARS + HASH_CHARS
                ? name
                : name.substring(0, MAX_NAME_CHARS) + "… " + Integer.toHexString(name.hashCode());
    }

    /** The lane also passed on the commit of a failed run, so its failures are flakes. */
    void markFlaky(String lane, String build) {
        Map<String, String> run = Map.of("lane", lane, "build", build);
        handle.createUpdate("UPDATE test_day SET flaky = flaky + 1 WHERE day = (SELECT ended_at / " + DayCounts.DAY
                        + " FROM test_run WHERE lane = :lane AND build_id = :build)"
                        + " AND test IN (SELECT test FROM test_failure WHERE flaky = 0 AND run = " + OF_RUN + ")")
                .bindMap(run)
                .execute();
        handle.createUpdate("UPDATE test_failure SET flaky = 1 WHERE flaky = 0 AND run = " + OF_RUN)
                .bindMap(run)
                .execute();
    }

    /** Tests by their failures on these days, the most first; whatever their lanes are. Joined in this order: each has few days. */
    public List<TestFailures> failing(TestFilter filter, Instant from, Instant until, int limit) {
        String sum = filter.order().sum();
        return handle.createQuery("SELECT test.id, test.name, test.sig, test.quarantined, test.first_seen,"
                        + " test.last_seen, sums.failed, sums.flaky FROM (SELECT test.id, sum(d.failed) AS failed,"
                        + " sum(d.flaky) AS flaky, " + sum + " AS counted FROM test CROSS JOIN test_day AS d"
                        + " WHERE d.test = test.id AND d.day >= :from AND d.day <= :until" + filter.condition()
                        + " GROUP BY test.id HAVING " + sum + " > 0 ORDER BY " + sum + " DESC, test.id LIMIT :limit)"
                        + " AS sums JOIN test ON test.id = sums.id ORDER BY sums.counted DESC, test.name")
                .bind("from", DayCounts.day(from))
                .bind("until", DayCounts.day(until))
                .bindMap(filter.values())
                .bind("limit", limit)
                .map((row, context) -> failures(row))
                .list();
    }

    /** All of them. */
    public List<TestLane> lanes() {
        return handle.createQuery("SELECT id, lane, visibility FROM test_lane")
                .map((row, context) ->
                        new TestLane(row.getLong(1), row.getString(2), Visibility.named(row.getString(3))))
                .list();
    }

    /**
     * What an order counts, of the failures in {@code [from, until)}, by test. Runs in which more than {@value #MAX_TESTS} tests failed are
     * left out: they say nothing about each.
     *
     * @param without ids of lanes that do not count
     */
    public Map<Long, Long> counts(Order order, Collection<Long> tests, Set<Long> without, Instant from, Instant until) {
        Map<Long, Long> counts = new HashMap<>();
        if (!tests.isEmpty()) {
            of(
                            tests,
                            without,
                            "SELECT test.id, (SELECT coalesce(sum(" + order.ofFailure() + "), 0) FROM test_failure AS f"
                                    + " WHERE f.test = test.id AND " + IN_PERIOD + ") FROM test WHERE id IN (<tests>)")
                    .bind("from", from.toEpochMilli())
                    .bind("until", until.toEpochMilli())
                    .map((row, context) -> counts.put(row.getLong(1), row.getLong(2)))
                    .list();
        }
        return counts;
    }

    /** The failures that {@link #counts} counts. */
    public List<FailedOn> onLanes(Collection<Long> tests, Set<Long> without, Instant from, Instant until) {
        return tests.isEmpty()
                ? List.of()
                : of(
                                tests,
                                without,
                                "SELECT test, lane_id, pull, ended_at, flaky FROM test_failure"
                                        + " WHERE test IN (<tests>) AND " + IN_PERIOD)
                        .bind("from", from.toEpochMilli())
                        .bind("until", until.toEpochMilli())
                        .map((row, context) -> failedOn(row))
                        .list();
    }

    /** The failures of all tests on few lanes in {@code [from, until)}, read by the runs of these lanes. */
    public List<FailedOn> ofLanes(Map<Long, String> lanes, Instant from, Instant until) {
        // The plus keeps the index of ends out: the runs of all lanes in a period are many more.
        return lanes.isEmpty()
                ? List.of()
                : handle.createQuery("SELECT f.test, f.lane_id, f.pull, f.ended_at, f.flaky FROM test_run AS r"
                                + " CROSS JOIN test_failure AS f WHERE f.run = r.id AND r.lane IN (<lanes>)"
                                + " AND +r.ended_at >= :from AND +r.ended_at < :until AND f.lane_id IN (<ids>)")
                        .bindList("lanes", lanes.values().stream().distinct().toList())
                        .bindList("ids", List.copyOf(lanes.keySet()))
                        .bind("from", from.toEpochMilli())
                        .bind("until", until.toEpochMilli())
                        .map((row, context) -> failedOn(row))
                        .list();
    }

    /** Those that a filter selects, without counts. */
    public List<TestFailures> selected(TestFilter filter, Collection<Long> tests) {
        return tests.isEmpty()
                ? List.of()
                : handle.createQuery("SELECT id, name, sig, quarantined, first_seen, last_seen, 0 AS failed, 0 AS flaky"
                                + " FROM test WHERE id IN (<tests>)" + filter.condition())
                        .define("tests", tests.stream().map(String::valueOf).collect(Collectors.joining(", ")))
                        .bindMap(filter.values())
                        .map((row, context) -> failures(row))
                        .list();
    }

    private static FailedOn failedOn(ResultSet row) throws SQLException {
        int pull = row.getInt(3);
        return new FailedOn(
                row.getLong(1),
                row.getLong(2),
                pull == 0 ? null : pull,
                Instant.ofEpochMilli(row.getLong(4)),
                row.getInt(5) > 0);
    }

    /** Of all failures that are stored, by test. */
    public Map<Long, FirstAndNewest> firstAndNewest(Collection<Long> tests, Set<Long> without) {
        Map<Long, FirstAndNewest> found = new HashMap<>();
        if (!tests.isEmpty()) {
            String ofTest = " FROM test_failure AS f WHERE f.test = test.id AND f.lane_id NOT IN (<without>) ORDER BY ";
            of(
                            tests,
                            without,
                            "SELECT t.id, t.ended_at, run.document FROM (SELECT test.id, (SELECT f.ended_at" + ofTest
                                    + "f.ended_at LIMIT 1) AS ended_at, (SELECT f.run" + ofTest
                                    + "f.ended_at DESC, f.run DESC LIMIT 1) AS newest FROM test WHERE test.id IN (<tests>)) AS t"
                                    + " JOIN test_run AS r ON r.id = t.newest"
                                    + " LEFT JOIN run ON run.lane = r.lane AND run.build_id = r.build_id")
                    .map((row, context) -> found.put(
                            row.getLong(1), new FirstAndNewest(Instant.ofEpochMilli(row.getLong(2)), url(row))))
                    .list();
        }
        return found;
    }

    private static @Nullable String url(ResultSet row) throws SQLException {
        String document = row.getString("document");
        return document == null
                ? null
                : JsonColumns.read(document, JobRun.class).url();
    }

    /** With the lanes in the statement: PostgreSQL searches a list of parameters from its beginning, for each row. */
    private Query of(Collection<Long> tests, Set<Long> without, String sql) {
        return handle.createQuery(sql)
                .bindList("tests", List.copyOf(tests))
                .define(
                        "without",
                        Stream.concat(Stream.of(0L), without.stream().sorted())
                                .map(String::valueOf)
                                .collect(Collectors.joining(", ")));
    }

    public Optional<Long> id(String name) {
        return handle.createQuery("SELECT id FROM test WHERE name = :name")
                .bind("name", bounded(name))
                .mapTo(Long.class)
                .findOne();
    }

    private static TestFailures failures(ResultSet row) throws SQLException {
        return new TestFailures(
                row.getLong("id"),
                row.getString("name"),
                row.getString("sig"),
                row.getInt("quarantined") > 0,
                Instant.ofEpochMilli(row.getLong("first_seen")),
                Instant.ofEpochMilli(row.getLong("last_seen")),
                row.getLong("failed"),
                row.getLong("flaky"));
    }

    /** The days on which a test failed. */
    public List<TestDay> days(String name, Instant from, Instant until) {
        return handle.createQuery("SELECT day, failed, flaky FROM test_day WHERE test = (SELECT id FROM test"
                        + " WHERE name = :name) AND day >= :from AND day <= :until ORDER BY day")
                .bind("name", bounded(name))
                .bind("from", DayCounts.day(from))
                .bind("until", DayCounts.day(until))
                .map((row, context) -> new TestDay(row.getLong("day"), row.getLong("failed"), row.getLong("flaky")))
                .list();
    }

    /** Deletes up to {@code limit} rows of each kind from before an instant. */
    public int forgetBefore(Instant instant, int limit) {
        List<Long> runs = handle.createQuery("DELETE FROM test_run WHERE id IN (SELECT id FROM test_run"
                        + " WHERE ended_at < :instant ORDER BY ended_at LIMIT :limit) RETURNING id")
                .bind("instant", instant.toEpochMilli())
                .bind("limit", limit)
                .mapTo(Long.class)
                .list();
        if (!runs.isEmpty()) {
            PreparedBatch failures = handle.prepareBatch("DELETE FROM test_failure WHERE run = :run");
            runs.forEach(run -> failures.bind("run", run).add());
            failures.execute();
            handle.execute(
                    "DELETE FROM test_lane WHERE (SELECT id FROM test_run AS r WHERE r.lane = test_lane.lane LIMIT 1)"
                            + " IS NULL");
        }
        int days = handle.createUpdate("DELETE FROM test_day WHERE (test, day) IN (SELECT test, day FROM test_day"
                        + " WHERE day < :day ORDER BY day LIMIT :limit)")
                .bind("day", DayCounts.day(instant))
                .bind("limit", limit)
                .execute();
        int tests = handle.createUpdate("DELETE FROM test WHERE id IN (SELECT id FROM test"
                        + " WHERE last_seen < :instant ORDER BY last_seen LIMIT :limit)")
                .bind("instant", instant.toEpochMilli())
                .bind("limit", limit)
                .execute();
        return Math.max(runs.size(), Math.max(days, tests));
    }
}
