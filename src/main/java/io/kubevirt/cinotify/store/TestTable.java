// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import io.kubevirt.cinotify.digest.TestStats.PullFailures;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.Pull;
import io.kubevirt.cinotify.prow.Visibility;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Tests that failed: in which runs, and how often by UTC day. Runs that passed are not read, so there are no passes. */
public final class TestTable {
    /** Per run: where more tests fail at once, something else is broken, and their number is enough. */
    public static final int MAX_TESTS = 50;

    /** PostgreSQL indexes up to 2,700 bytes, and a character may take four. */
    private static final int MAX_NAME_CHARS = 400;

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

    /**
     * A run in which a test failed.
     *
     * @param failures of all tests
     * @param url of the run's page; null if unknown, or no longer stored
     */
    public record FailedIn(
            String lane,
            String build,
            @Nullable Integer pull,
            Instant endedAt,
            long failures,
            boolean flaky,
            Visibility visibility,
            @Nullable String url) {}

    /** Failures of a test that those may see who may see runs of this visibility. */
    public record VisibleFailures(long test, Visibility visibility, PullFailures failures) {}

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
        for (FailedTest test : tests.subList(0, Math.min(tests.size(), MAX_TESTS))) {
            long id = save(test, stored.endedAt());
            boolean flaky = test.flaky() || stored.flaky();
            int added = handle.createUpdate("INSERT INTO test_failure (test, run, flaky) VALUES (:test, :run, :flaky)"
                            + " ON CONFLICT (test, run) DO NOTHING")
                    .bind("test", id)
                    .bind("run", stored.id())
                    .bind("flaky", flaky ? 1 : 0)
                    .execute();
            if (added > 0) {
                handle.createUpdate("INSERT INTO test_day (day, test, failed, flaky) VALUES (:day, :test, 1, :flaky)"
                                + " ON CONFLICT (day, test) DO UPDATE SET failed = test_day.failed + 1,"
                                + " flaky = test_day.flaky + :flaky")
                        .bind("day", Math.floorDiv(stored.endedAt(), DayCounts.DAY))
                        .bind("test", id)
                        .bind("flaky", flaky ? 1 : 0)
                        .execute();
            }
        }
    }

    private record Row(long id, long endedAt, boolean flaky) {}

    private Row save(JobRun run, Instant endedAt, int failures) {
        Map<String, String> key = Map.of("lane", run.lane().toString(), "build", run.identity());
        String ofRun = " FROM run WHERE lane = :lane AND build_id = :build)";
        handle.createUpdate("INSERT INTO test_run (lane, build_id, pull, ended_at, failures, visibility) VALUES"
                        + " (:lane, :build, :pull, coalesce((SELECT ended_at" + ofRun + ", :ended), :failures,"
                        + " coalesce((SELECT visibility" + ofRun + ", 'unknown'))"
                        + " ON CONFLICT (lane, build_id) DO UPDATE SET failures = :failures")
                .bindMap(key)
                .bind(
                        "pull",
                        run.pulls().stream().mapToInt(Pull::number).findFirst().orElse(0))
                .bind("ended", endedAt.toEpochMilli())
                .bind("failures", failures)
                .execute();
        return handle.createQuery("SELECT id, ended_at, coalesce((SELECT flaky" + ofRun + ", 0) AS flaky"
                        + " FROM test_run WHERE lane = :lane AND build_id = :build")
                .bindMap(key)
                .map((row, context) -> new Row(row.getLong("id"), row.getLong("ended_at"), row.getInt("flaky") > 0))
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

    /** A name that is too long ends with its hash, so that it stays another than those with the same beginning. */
    private static String bounded(String name) {
        return name.length() <= MAX_NAME_CHARS
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

    /** Tests by their failures on these days, the most first; whatever their lanes are. */
    public List<TestFailures> failing(TestFilter filter, Instant from, Instant until, int limit) {
        String condition = filter.condition();
        return handle.createQuery("SELECT test.id, test.name, test.sig, test.quarantined, test.first_seen,"
                        + " test.last_seen, sums.failed, sums.flaky FROM (SELECT test, sum(failed) AS failed,"
                        + " sum(flaky) AS flaky, " + filter.order().sum() + " AS counted FROM test_day AS d"
                        + " WHERE day >= :from AND day <= :until"
                        + (condition.isEmpty()
                                ? ""
                                : " AND EXISTS (SELECT 1 FROM test WHERE test.id = d.test" + condition + ")")
                        + " GROUP BY test HAVING " + filter.order().sum() + " > 0"
                        + " ORDER BY " + filter.order().sum() + " DESC, test LIMIT :limit) AS sums"
                        + " JOIN test ON test.id = sums.test ORDER BY sums.counted DESC, test.name")
                .bind("from", DayCounts.day(from))
                .bind("until", DayCounts.day(until))
                .bindMap(filter.values())
                .bind("limit", limit)
                .map((row, context) -> failures(row))
                .list();
    }

    /**
     * Where some tests failed in {@code [from, until)}, by lane and pull request. Runs in which more than {@value #MAX_TESTS} tests
     * failed are left out: they say nothing about each.
     */
    public List<VisibleFailures> onLanes(List<Long> tests, Instant from, Instant until) {
        return tests.isEmpty()
                ? List.of()
                : handle.createQuery("SELECT f.test, r.lane, r.pull, r.visibility, count(*) AS failed,"
                                + " sum(f.flaky) AS flaky, min(r.ended_at) AS first, max(r.ended_at) AS last"
                                + " FROM test_failure AS f JOIN test_run AS r ON r.id = f.run WHERE f.test IN (<tests>)"
                                + " AND f.run >= :firstRun AND r.ended_at >= :from AND r.ended_at < :until"
                                + " AND r.failures <= " + MAX_TESTS
                                + " GROUP BY f.test, r.lane, r.pull, r.visibility")
                        .bindList("tests", tests)
                        .bind("firstRun", firstRun(from))
                        .bind("from", from.toEpochMilli())
                        .bind("until", until.toEpochMilli())
                        .map((row, context) -> new VisibleFailures(
                                row.getLong("test"),
                                Visibility.named(row.getString("visibility")),
                                new PullFailures(
                                        row.getString("lane"),
                                        pull(row),
                                        row.getLong("failed"),
                                        row.getLong("flaky"),
                                        Instant.ofEpochMilli(row.getLong("first")),
                                        Instant.ofEpochMilli(row.getLong("last")))))
                        .list();
    }

    /** The lowest number of a run since then; those before it need not be looked up. {@code + 0}: by the index on the end. */
    private long firstRun(Instant from) {
        return handle.createQuery("SELECT coalesce(min(id + 0), 0) FROM test_run WHERE ended_at >= :from")
                .bind("from", from.toEpochMilli())
                .mapTo(Long.class)
                .one();
    }

    private static @Nullable Integer pull(ResultSet row) throws SQLException {
        return row.getInt("pull") == 0 ? null : row.getInt("pull");
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

    /** The runs in which a test failed, those stored last first. */
    public List<FailedIn> runs(String name, int limit) {
        return runs(name, "DESC", limit);
    }

    /** The runs in which a test failed, those stored first. */
    public List<FailedIn> firstRuns(String name, int limit) {
        return runs(name, "ASC", limit);
    }

    private List<FailedIn> runs(String name, String order, int limit) {
        return handle.createQuery("SELECT r.lane, r.build_id, r.pull, r.ended_at, r.failures, f.flaky, r.visibility,"
                        + " run.document FROM test_failure AS f JOIN test_run AS r ON r.id = f.run"
                        + " LEFT JOIN run ON run.lane = r.lane AND run.build_id = r.build_id"
                        + " WHERE f.test = (SELECT id FROM test WHERE name = :name) ORDER BY f.run " + order
                        + " LIMIT :limit")
                .bind("name", bounded(name))
                .bind("limit", limit)
                .map((row, context) -> failedIn(row))
                .list();
    }

    private static FailedIn failedIn(ResultSet row) throws SQLException {
        String document = row.getString("document");
        return new FailedIn(
                row.getString("lane"),
                row.getString("build_id"),
                pull(row),
                Instant.ofEpochMilli(row.getLong("ended_at")),
                row.getLong("failures"),
                row.getInt("flaky") > 0,
                Visibility.named(row.getString("visibility")),
                document == null
                        ? null
                        : JsonColumns.read(document, JobRun.class).url());
    }

    /** The failed tests of a run. */
    public List<String> ofRun(String lane, String build) {
        return handle.createQuery("SELECT test.name FROM test_failure AS f JOIN test ON test.id = f.test"
                        + " WHERE f.run = " + OF_RUN + " ORDER BY test.name")
                .bind("lane", lane)
                .bind("build", build)
                .mapTo(String.class)
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
        }
        int days = handle.createUpdate("DELETE FROM test_day WHERE (day, test) IN (SELECT day, test FROM test_day"
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
