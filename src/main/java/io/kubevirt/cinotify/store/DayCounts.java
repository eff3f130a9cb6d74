// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Counts by UTC day: runs by lane, and deliveries by outcome. What a transaction adds is written once, at its end. */
public final class DayCounts {
    static final long DAY = 86_400_000L;

    private static final int FINISHED = 0;
    private static final int FAILED = 1;
    private static final int FLAKY = 2;

    private final Handle handle;
    private final TreeMap<Key, long[]> lanes = new TreeMap<>();
    private final TreeMap<Key, long[]> deliveries = new TreeMap<>();

    DayCounts(Handle handle) {
        this.handle = handle;
    }

    /** The same order in all transactions, so that none waits for another in a circle. */
    private record Key(long day, String name, String reason) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byDay = Long.compare(day, other.day);
            int byName = byDay == 0 ? name.compareTo(other.name) : byDay;
            return byName == 0 ? reason.compareTo(other.reason) : byName;
        }
    }

    /**
     * The runs of a lane that ended on a day.
     *
     * @param day days since 1970-01-01
     * @param flaky those that failed on a commit on which the lane also passed
     */
    public record LaneDay(long day, String lane, long finished, long failed, long flaky) {}

    /**
     * Deliveries by outcome. The day is that of the run's end; of other deliveries the day on which they arrived.
     *
     * @param reason empty if there is none
     */
    public record OutcomeDay(long day, String outcome, String reason, long deliveries) {}

    static long day(Instant at) {
        return Math.floorDiv(at.toEpochMilli(), DAY);
    }

    void addRuns(String lane, long day, int runs, boolean failed) {
        long[] counts = lanes.computeIfAbsent(new Key(day, lane, ""), key -> new long[3]);
        counts[FINISHED] += runs;
        counts[FAILED] += failed ? runs : 0;
    }

    void addFlaky(String lane, long day, int runs) {
        lanes.computeIfAbsent(new Key(day, lane, ""), key -> new long[3])[FLAKY] += runs;
    }

    void addDeliveries(String outcome, @Nullable String reason, long day, int count) {
        deliveries.computeIfAbsent(new Key(day, outcome, reason == null ? "" : reason), key -> new long[1])[0] += count;
    }

    void flush() {
        if (!lanes.isEmpty()) {
            PreparedBatch batch =
                    handle.prepareBatch("INSERT INTO lane_day (day, lane, finished, failed, flaky) VALUES (:day, :lane,"
                            + " :finished, :failed, :flaky) ON CONFLICT (day, lane) DO UPDATE SET"
                            + " finished = lane_day.finished + :finished, failed = lane_day.failed + :failed,"
                            + " flaky = lane_day.flaky + :flaky");
            lanes.forEach((key, counts) -> batch.bind("day", key.day())
                    .bind("lane", key.name())
                    .bind("finished", counts[FINISHED])
                    .bind("failed", counts[FAILED])
                    .bind("flaky", counts[FLAKY])
                    .add());
            batch.execute();
        }
        deliveries.values().removeIf(counts -> Arrays.equals(counts, new long[1]));
        if (!deliveries.isEmpty()) {
            PreparedBatch batch = handle.prepareBatch("INSERT INTO outcome_day (day, outcome, reason, deliveries)"
                    + " VALUES (:day, :outcome, :reason, :count) ON CONFLICT (day, outcome, reason) DO UPDATE SET"
                    + " deliveries = outcome_day.deliveries + :count");
            deliveries.forEach((key, counts) -> batch.bind("day", key.day())
                    .bind("outcome", key.name())
                    .bind("reason", key.reason())
                    .bind("count", counts[0])
                    .add());
            batch.execute();
        }
    }

    /** Of all lanes, by day and lane; sorted here, because PostgreSQL compares thousands of names by the rules of a language. */
    public List<LaneDay> lanes(Instant from, Instant until) {
        return handle
                .createQuery("SELECT day, lane, finished, failed, flaky FROM lane_day"
                        + " WHERE day >= :from AND day <= :until")
                .bind("from", day(from))
                .bind("until", day(until))
                .map((row, context) -> laneDay(row))
                .list()
                .stream()
                .sorted(Comparator.comparingLong(LaneDay::day).thenComparing(LaneDay::lane))
                .toList();
    }

    static LaneDay laneDay(ResultSet row) throws SQLException {
        return new LaneDay(
                row.getLong("day"),
                row.getString("lane"),
                row.getLong("finished"),
                row.getLong("failed"),
                row.getLong("flaky"));
    }

    /** Of some lanes together, up to and with the day of {@code until}. */
    public LaneDay total(Collection<String> lanes, Instant from, Instant until) {
        return lanes.isEmpty()
                ? new LaneDay(day(from), "", 0, 0, 0)
                : handle.createQuery(
                                "SELECT coalesce(sum(finished), 0) AS finished, coalesce(sum(failed), 0) AS failed,"
                                        + " coalesce(sum(flaky), 0) AS flaky FROM lane_day WHERE lane IN (<lanes>)"
                                        + " AND day >= :from AND day <= :until")
                        .bindList("lanes", List.copyOf(lanes))
                        .bind("from", day(from))
                        .bind("until", day(until))
                        .map((row, context) -> new LaneDay(
                                day(from), "", row.getLong("finished"), row.getLong("failed"), row.getLong("flaky")))
                        .one();
    }

    /** Finished runs by lane, up to and with the day of {@code until}. */
    public Map<String, Long> finished(Instant from, Instant until) {
        Map<String, Long> finished = new HashMap<>();
        handle.createQuery("SELECT lane, sum(finished) AS finished FROM lane_day"
                        + " WHERE day >= :from AND day <= :until GROUP BY lane")
                .bind("from", day(from))
                .bind("until", day(until))
                .map((row, context) -> finished.put(row.getString("lane"), row.getLong("finished")))
                .list();
        return finished;
    }

    /** By day, outcome and reason. */
    public List<OutcomeDay> outcomes(Instant from, Instant until) {
        return handle.createQuery("SELECT day, outcome, reason, deliveries FROM outcome_day"
                        + " WHERE day >= :from AND day <= :until ORDER BY day, outcome, reason")
                .bind("from", day(from))
                .bind("until", day(until))
                .map((row, context) -> new OutcomeDay(
                        row.getLong("day"),
                        row.getString("outcome"),
                        row.getString("reason"),
                        row.getLong("deliveries")))
                .list();
    }

    /** Deletes up to {@code limit} counts of each kind from before a day. */
    public int forgetBefore(Instant instant, int limit) {
        int lanesDeleted = delete("lane_day", "day, lane", instant, limit);
        return Math.max(lanesDeleted, delete("outcome_day", "day, outcome, reason", instant, limit));
    }

    private int delete(String table, String key, Instant instant, int limit) {
        return handle.createUpdate("DELETE FROM " + table + " WHERE (" + key + ") IN (SELECT " + key + " FROM " + table
                        + " WHERE day < :day ORDER BY day LIMIT :limit)")
                .bind("day", day(instant))
                .bind("limit", limit)
                .execute();
    }
}
