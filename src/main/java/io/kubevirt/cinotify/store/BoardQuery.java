// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.Lane;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.Visibility;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Incidents, runs and counts as the board and its API show them: with their visibility, in pages. */
public final class BoardQuery {
    private static final String INCIDENT = "SELECT document, acknowledged_at, visibility FROM incident WHERE ";
    private static final String IS_PUBLIC = " AND visibility = 'public'";
    private static final String OUTCOME =
            "o.outcome, o.reason, o.incident, o.cause, o.sig, o.area, o.rule, o.trace, run.visibility, run.document";

    private final Handle handle;

    BoardQuery(Handle handle) {
        this.handle = handle;
    }

    /** @param acknowledgedAt first acknowledgement; null if there was none */
    public record StoredIncident(
            IncidentView incident, @Nullable Instant acknowledgedAt, Visibility visibility) {}

    /** @param number its place in the timeline of the incident, from 1 */
    public record StoredEvent(
            long number, Instant at, String kind, @Nullable String person, String text) {}

    /**
     * A run with its outcome.
     *
     * @param outcome notified, suppressed or held; null if it did not fail, or nothing is decided yet
     * @param reason why it was suppressed
     * @param incident the incident that it belongs to
     * @param run null if the run itself is no longer stored
     */
    public record StoredRun(
            String lane,
            String build,
            @Nullable Instant endedAt,
            @Nullable String outcome,
            @Nullable String reason,
            @Nullable String incident,
            List<String> trace,
            @Nullable Diagnosed diagnosis,
            Visibility visibility,
            @Nullable JobRun run) {}

    /** The diagnosis of a run as it is now. */
    public record Diagnosed(String cause, String sig, String area, String rule) {}

    /** Counts of runs that ended since an instant. */
    public record RunCounts(long ended, long failed, long notified) {}

    /** The number of decisions so far; it changes with each. */
    public long version() {
        return handle.createQuery("SELECT version FROM engine_state")
                .mapTo(Long.class)
                .one();
    }

    /** Oldest first. */
    public List<StoredIncident> open() {
        return handle.createQuery(INCIDENT + "state = 'open' ORDER BY opened_at, id")
                .map((row, context) -> incident(row))
                .list();
    }

    /**
     * Closed incidents that come after a row of the previous page, newest end first.
     *
     * @param state resolved or retracted
     * @param all also those that are not public; filtered here, so that a cursor never holds a row that is not shown
     */
    public List<StoredIncident> closed(String state, Instant closedBefore, String afterId, int limit, boolean all) {
        return handle.createQuery(INCIDENT + "state = :state AND (closed_at, id) < (:closed, :id)"
                        + (all ? "" : IS_PUBLIC) + " ORDER BY closed_at DESC, id DESC LIMIT :limit")
                .bind("state", state)
                .bind("closed", closedBefore.toEpochMilli())
                .bind("id", afterId)
                .bind("limit", limit)
                .map((row, context) -> incident(row))
                .list();
    }

    public Optional<StoredIncident> find(String id) {
        return handle.createQuery(INCIDENT + "id = :id")
                .bind("id", id)
                .map((row, context) -> incident(row))
                .findOne();
    }

    /**
     * Incidents whose id begins with a hexadecimal prefix, in order.
     *
     * @param all also those that are not public
     */
    public List<StoredIncident> withPrefix(String prefix, int limit, boolean all) {
        return handle.createQuery(
                        INCIDENT + "id >= :prefix AND id < :end" + (all ? "" : IS_PUBLIC) + " ORDER BY id LIMIT :limit")
                .bind("prefix", prefix)
                .bind("end", prefix + "g")
                .bind("limit", limit)
                .map((row, context) -> incident(row))
                .list();
    }

    /** The timeline of an incident before an entry, newest first. */
    public List<StoredEvent> events(String incident, long before, int limit) {
        return handle.createQuery("SELECT number, at, kind, person, text FROM incident_event"
                        + " WHERE incident = :incident AND number < :before ORDER BY number DESC LIMIT :limit")
                .bind("incident", incident)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> new StoredEvent(
                        row.getLong("number"),
                        Instant.ofEpochMilli(row.getLong("at")),
                        row.getString("kind"),
                        row.getString("person"),
                        row.getString("text")))
                .list();
    }

    /** The runs of an incident that come after a row of the previous page, newest first. */
    public List<StoredRun> runs(String incident, Instant endedBefore, String afterBuild, int limit) {
        return handle.createQuery("SELECT o.lane, o.build_id, o.ended_at, " + OUTCOME
                        + " FROM run_outcome AS o LEFT JOIN run ON run.lane = o.lane"
                        + " AND run.build_id = o.build_id WHERE o.incident = :incident"
                        + " AND (o.ended_at, o.build_id) < (:ended, :build)"
                        + " ORDER BY o.ended_at DESC, o.build_id DESC LIMIT :limit")
                .bind("incident", incident)
                .bind("ended", endedBefore.toEpochMilli())
                .bind("build", afterBuild)
                .bind("limit", limit)
                .map((row, context) -> run(row))
                .list();
    }

    /** The runs with this build id: usually one. */
    public List<StoredRun> ofBuild(String build) {
        return handle.createQuery("SELECT run.lane, run.build_id, run.ended_at, " + OUTCOME + " FROM run"
                        + " LEFT JOIN run_outcome AS o ON o.lane = run.lane AND o.build_id = run.build_id"
                        + " WHERE run.build_id = :build ORDER BY run.lane")
                .bind("build", build)
                .map((row, context) -> run(row))
                .list();
    }

    /**
     * The newest failed runs on a pull request, of those that ended since an instant. Runs have no index by pull request, so the
     * failed runs since then are all looked at.
     */
    public List<StoredRun> ofPull(Repository repository, int number, Instant since, int limit) {
        return handle.createQuery("SELECT o.lane, o.build_id, o.ended_at, " + OUTCOME
                        + " FROM run_outcome AS o JOIN run ON run.lane = o.lane"
                        + " AND run.build_id = o.build_id WHERE o.ended_at >= :since"
                        + " AND substr(o.lane, 1, length(:prefix)) = :prefix"
                        + " AND (run.document LIKE :number || ',%' OR run.document LIKE :number || '}%')"
                        + " ORDER BY o.ended_at DESC LIMIT :limit")
                .bind("since", since.toEpochMilli())
                .bind("prefix", new Lane(repository, "").toString())
                .bind("number", "%\"number\":" + number)
                .bind("limit", limit)
                .map((row, context) -> run(row))
                .list();
    }

    /** The newest failed runs that were suppressed for a reason, of those that ended since an instant. */
    public List<StoredRun> suppressed(String reason, Instant since, int limit) {
        return handle.createQuery("SELECT o.lane, o.build_id, o.ended_at, " + OUTCOME
                        + " FROM run_outcome AS o LEFT JOIN run ON run.lane = o.lane"
                        + " AND run.build_id = o.build_id WHERE o.outcome = 'suppressed' AND o.reason = :reason"
                        + " AND o.ended_at >= :since ORDER BY o.ended_at DESC LIMIT :limit")
                .bind("reason", reason)
                .bind("since", since.toEpochMilli())
                .bind("limit", limit)
                .map((row, context) -> run(row))
                .list();
    }

    /** All runs that ended since an instant. */
    public RunCounts counts(Instant since) {
        return new RunCounts(
                count("run WHERE ended_at >= :since", since),
                count("run_outcome WHERE ended_at >= :since", since),
                count("run_outcome WHERE outcome = 'notified' AND ended_at >= :since", since));
    }

    private long count(String rows, Instant since) {
        return handle.createQuery("SELECT count(*) FROM " + rows)
                .bind("since", since.toEpochMilli())
                .mapTo(Long.class)
                .one();
    }

    /** Of the newest finished run, by lane with counts of these days; unknown for lanes without a stored run. */
    public Map<String, Visibility> visibilityOfLanes(Instant from, Instant until) {
        return handle
                .createQuery("SELECT counted.lane, coalesce((SELECT visibility FROM run WHERE run.lane = counted.lane"
                        + " AND ended_at IS NOT NULL ORDER BY ended_at DESC LIMIT 1), 'unknown') AS visibility"
                        + " FROM (SELECT DISTINCT lane FROM lane_day WHERE day >= :from AND day <= :until) AS counted")
                .bind("from", DayCounts.day(from))
                .bind("until", DayCounts.day(until))
                .map((row, context) -> Map.entry(row.getString("lane"), Visibility.named(row.getString("visibility"))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The days of some lanes, oldest first. */
    public List<DayCounts.LaneDay> lanes(List<String> lanes, Instant from) {
        return lanes.isEmpty()
                ? List.of()
                : handle.createQuery("SELECT day, lane, finished, failed, flaky FROM lane_day WHERE lane IN (<lanes>)"
                                + " AND day >= :from ORDER BY day, lane")
                        .bindList("lanes", lanes)
                        .bind("from", DayCounts.day(from))
                        .map((row, context) -> DayCounts.laneDay(row))
                        .list();
    }

    private static StoredIncident incident(ResultSet row) throws SQLException {
        return new StoredIncident(
                JsonColumns.read(row.getString("document"), IncidentView.class),
                OutboxTable.instant(row, "acknowledged_at"),
                Visibility.named(row.getString("visibility")));
    }

    private static StoredRun run(ResultSet row) throws SQLException {
        String document = row.getString("document");
        String outcome = row.getString("outcome");
        return new StoredRun(
                row.getString("lane"),
                row.getString("build_id"),
                OutboxTable.instant(row, "ended_at"),
                outcome,
                row.getString("reason"),
                row.getString("incident"),
                outcome == null ? List.of() : JsonColumns.readLines(row.getString("trace")),
                outcome == null
                        ? null
                        : new Diagnosed(
                                row.getString("cause"),
                                row.getString("sig"),
                                row.getString("area"),
                                row.getString("rule")),
                document == null ? Visibility.UNKNOWN : Visibility.named(row.getString("visibility")),
                document == null ? null : JsonColumns.read(document, JobRun.class));
    }
}
