// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.stale.OpenProblems;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Incidents for display and queries; the engine has its own history. */
public final class IncidentTable implements OpenProblems {
    private final Handle handle;

    IncidentTable(Handle handle) {
        this.handle = handle;
    }

    /**
     * @param responseState JSON; null once it is no longer needed
     * @param now time of an acknowledgement that is new since the last save
     */
    public void save(IncidentView incident, @Nullable String responseState, Instant now) {
        handle.createUpdate("INSERT INTO incident (id, kind, title, state, area, sig, opened_at, closed_at, document,"
                        + " response_state, acknowledged_at) VALUES (:id, :kind, :title, :state, :area, :sig,"
                        + " :opened, :closed, :document, :response, :acknowledged) ON CONFLICT (id) DO UPDATE SET"
                        + " title = :title, state = :state, area = :area, sig = :sig, opened_at = :opened,"
                        + " closed_at = :closed, document = :document, response_state = :response, acknowledged_at"
                        + " = coalesce(incident.acknowledged_at, :acknowledged)")
                .bind("id", incident.id())
                .bind("kind", incident.kind().value())
                .bind("title", incident.title())
                .bind("state", incident.state().value())
                .bind("area", incident.diagnosis().area())
                .bind("sig", incident.diagnosis().sig())
                .bind("opened", incident.openedAt().toEpochMilli())
                .bind("closed", milliseconds(incident.closedAt()))
                .bind("document", JsonColumns.write(incident))
                .bind("response", responseState)
                .bind("acknowledged", incident.acknowledgedBy() == null ? null : now.toEpochMilli())
                .execute();
    }

    public Optional<IncidentView> find(String id) {
        return handle.createQuery("SELECT document FROM incident WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> JsonColumns.read(row.getString("document"), IncidentView.class))
                .findOne();
    }

    /** Oldest first. */
    public List<IncidentView> open() {
        return handle.createQuery("SELECT document FROM incident WHERE state = 'open' ORDER BY opened_at, id")
                .map((row, context) -> JsonColumns.read(row.getString("document"), IncidentView.class))
                .list();
    }

    /** Closed incidents that come after a row of the previous page, newest end first. */
    public List<IncidentView> closed(Instant closedBefore, String afterId, int limit) {
        return handle.createQuery("SELECT document FROM incident WHERE state = 'resolved' AND (closed_at, id) <"
                        + " (:closed, :id) ORDER BY closed_at DESC, id DESC LIMIT :limit")
                .bind("closed", closedBefore.toEpochMilli())
                .bind("id", afterId)
                .bind("limit", limit)
                .map((row, context) -> JsonColumns.read(row.getString("document"), IncidentView.class))
                .list();
    }

    /** Deletes up to {@code limit} incidents that were closed before an instant. */
    public int forgetClosedBefore(Instant instant, int limit) {
        int deleted = 0;
        for (IncidentState state : List.of(IncidentState.RESOLVED, IncidentState.RETRACTED)) {
            deleted += handle.createUpdate("DELETE FROM incident WHERE id IN (SELECT id FROM incident"
                            + " WHERE state = :state AND closed_at < :instant ORDER BY closed_at LIMIT :limit)")
                    .bind("state", state.value())
                    .bind("instant", instant.toEpochMilli())
                    .bind("limit", limit - deleted)
                    .execute();
        }
        return deleted;
    }

    public record OpenCount(String area, String sig, long incidents) {}

    public List<OpenCount> countOpen() {
        return handle.createQuery(
                        "SELECT area, sig, count(*) AS incidents FROM incident WHERE state = 'open' GROUP BY area, sig")
                .map((row, context) ->
                        new OpenCount(row.getString("area"), row.getString("sig"), row.getLong("incidents")))
                .list();
    }

    public List<String> responseStates(Instant closedAfter) {
        return handle.createQuery(
                        "SELECT response_state FROM incident WHERE response_state IS NOT NULL AND closed_at IS NULL"
                                + " UNION ALL SELECT response_state FROM incident WHERE response_state IS NOT NULL"
                                + " AND closed_at > :after")
                .bind("after", closedAfter.toEpochMilli())
                .mapTo(String.class)
                .list();
    }

    @Override
    public List<OpenProblem> open(IncidentKind kind) {
        return of(kind, "open").stream()
                .map(incident -> new OpenProblem(
                        kind,
                        subject(incident),
                        incident.openedAt(),
                        incident.diagnosis().rule()))
                .toList();
    }

    @Override
    public Map<String, Instant> lastClosed(IncidentKind kind) {
        Map<String, Instant> last = new HashMap<>();
        for (IncidentView incident : of(kind, "resolved")) {
            if (incident.closedAt() != null) {
                last.merge(subject(incident), incident.closedAt(), (one, other) -> one.isAfter(other) ? one : other);
            }
        }
        return last;
    }

    private List<IncidentView> of(IncidentKind kind, String state) {
        return handle.createQuery(
                        "SELECT document FROM incident WHERE kind = :kind AND state = :state ORDER BY opened_at, id")
                .bind("kind", kind.value())
                .bind("state", state)
                .map((row, context) -> JsonColumns.read(row.getString("document"), IncidentView.class))
                .list();
    }

    private static String subject(IncidentView incident) {
        return OpenProblems.subjectOf(incident.kind(), incident.title());
    }

    private static @Nullable Long milliseconds(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }
}
