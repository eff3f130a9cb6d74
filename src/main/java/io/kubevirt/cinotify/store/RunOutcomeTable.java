// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.ObservedRun;
import io.kubevirt.cinotify.prow.JobRun;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** What became of each failed run. */
public final class RunOutcomeTable {
    private static final String SELECT =
            "SELECT lane, build_id, ended_at, incident, delivery, outcome, reason, message_id, trace FROM run_outcome ";

    private final Handle handle;
    private final Instant now;

    RunOutcomeTable(Handle handle, Instant now) {
        this.handle = handle;
        this.now = now;
    }

    /**
     * The outcome of a run.
     *
     * @param outcome notified, suppressed or held
     * @param reason why it was suppressed
     */
    public record Outcome(
            String delivery,
            String outcome,
            @Nullable String reason,
            @Nullable String messageId,
            List<String> trace) {
        public Outcome {
            trace = List.copyOf(trace);
        }
    }

    /** A stored outcome. {@code incident}: the incident that the run belongs to. */
    public record Row(
            String lane,
            String build,
            Instant endedAt,
            @Nullable String incident,
            Outcome outcome) {}

    /** The first outcome of a run that failed. */
    public void add(JobRun run, Diagnosis diagnosis, Outcome outcome) {
        handle.createUpdate(
                        "INSERT INTO run_outcome (lane, build_id, ended_at, decided_at, outcome, reason, message_id,"
                                + " delivery, cause, sig, area, rule, trace) VALUES (:lane, :build, :ended, :now, :outcome,"
                                + " :reason, :message, :delivery, :cause, :sig, :area, :rule, :trace)"
                                + " ON CONFLICT (lane, build_id) DO UPDATE SET decided_at = :now, outcome = :outcome,"
                                + " reason = :reason, message_id = :message, delivery = :delivery, trace = :trace")
                .bindMap(ObservedRun.keyOf(ObservedRun.idOf(run)))
                .bindMap(columns(outcome))
                .bindMap(columns(diagnosis))
                .bind(
                        "ended",
                        Objects.requireNonNullElse(run.times().completed(), now).toEpochMilli())
                .execute();
    }

    /** The outcome of a run that was held; nothing if it is unknown or did not fail. */
    public void settle(String run, Outcome outcome) {
        handle.createUpdate("UPDATE run_outcome SET decided_at = :now, outcome = :outcome, reason = :reason,"
                        + " message_id = :message, delivery = :delivery, trace = :trace"
                        + " WHERE lane = :lane AND build_id = :build")
                .bindMap(ObservedRun.keyOf(run))
                .bindMap(columns(outcome))
                .execute();
    }

    /** The incidents that runs now belong to, by run id. */
    public void join(Map<String, String> incidents) {
        if (!incidents.isEmpty()) {
            PreparedBatch batch = handle.prepareBatch("UPDATE run_outcome SET incident = :incident"
                    + " WHERE lane = :lane AND build_id = :build AND (incident IS NULL OR incident <> :incident)");
            incidents.forEach((run, incident) -> batch.bindMap(ObservedRun.keyOf(run))
                    .bind("incident", incident)
                    .add());
            batch.execute();
        }
    }

    /** There was no such incident. */
    public void leave(String incident) {
        handle.createUpdate("UPDATE run_outcome SET incident = NULL WHERE incident = :incident")
                .bind("incident", incident)
                .execute();
    }

    public void revise(String run, Diagnosis diagnosis) {
        handle.createUpdate("UPDATE run_outcome SET cause = :cause, sig = :sig, area = :area, rule = :rule"
                        + " WHERE lane = :lane AND build_id = :build")
                .bindMap(ObservedRun.keyOf(run))
                .bindMap(columns(diagnosis))
                .execute();
    }

    /** The message was withdrawn, so its runs count as suppressed. */
    public void withdrawn(String messageId, String reason) {
        handle.createUpdate("UPDATE run_outcome SET outcome = 'suppressed', reason = :reason, message_id = NULL"
                        + " WHERE message_id = :message")
                .bind("message", messageId)
                .bind("reason", reason)
                .execute();
    }

    public Optional<Row> find(String lane, String build) {
        return handle.createQuery(SELECT + "WHERE lane = :lane AND build_id = :build")
                .bind("lane", lane)
                .bind("build", build)
                .map((row, context) -> row(row))
                .findOne();
    }

    /** The runs of an incident, newest first. */
    public List<Row> ofIncident(String incident, int limit) {
        return handle.createQuery(SELECT + "WHERE incident = :incident ORDER BY ended_at DESC, build_id LIMIT :limit")
                .bind("incident", incident)
                .bind("limit", limit)
                .map((row, context) -> row(row))
                .list();
    }

    /** The runs that were suppressed for a reason, newest first. */
    public List<Row> suppressed(String reason, Instant since, int limit) {
        return handle.createQuery(SELECT + "WHERE outcome = 'suppressed' AND reason = :reason AND ended_at >= :since"
                        + " ORDER BY ended_at DESC, build_id LIMIT :limit")
                .bind("reason", reason)
                .bind("since", since.toEpochMilli())
                .bind("limit", limit)
                .map((row, context) -> row(row))
                .list();
    }

    /** Deletes up to {@code limit} outcomes of runs that ended before an instant, except those of open incidents. */
    public int forgetEndedBefore(Instant instant, int limit) {
        return handle.createUpdate("DELETE FROM run_outcome WHERE (lane, build_id) IN (SELECT lane, build_id"
                        + " FROM run_outcome AS o WHERE ended_at < :instant AND NOT EXISTS"
                        + " (SELECT 1 FROM incident AS i WHERE i.id = o.incident AND i.state = 'open') LIMIT :limit)")
                .bind("instant", instant.toEpochMilli())
                .bind("limit", limit)
                .execute();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString("lane"),
                row.getString("build_id"),
                Instant.ofEpochMilli(row.getLong("ended_at")),
                row.getString("incident"),
                new Outcome(
                        row.getString("delivery"),
                        row.getString("outcome"),
                        row.getString("reason"),
                        row.getString("message_id"),
                        JsonColumns.readLines(row.getString("trace"))));
    }

    private Map<String, @Nullable Object> columns(Outcome outcome) {
        Map<String, @Nullable Object> columns = new HashMap<>();
        columns.put("now", now.toEpochMilli());
        columns.put("outcome", outcome.outcome());
        columns.put("reason", outcome.reason());
        columns.put("message", outcome.messageId());
        columns.put("delivery", outcome.delivery());
        columns.put("trace", JsonColumns.write(outcome.trace()));
        return columns;
    }

    private static Map<String, String> columns(Diagnosis diagnosis) {
        return Map.of(
                "cause", diagnosis.cause().value(),
                "sig", diagnosis.sig(),
                "area", diagnosis.area(),
                "rule", diagnosis.rule());
    }
}
