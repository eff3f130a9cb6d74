// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import io.kubevirt.cinotify.incident.IncidentView;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Incidents and interruptions for digests. */
public final class DigestQuery {
    private static final String INTERRUPTS =
            "kind IN ('opened', 'escalated', 'reminded', 'handoff') AND message.state <> 'withdrawn'";

    private final Handle handle;

    DigestQuery(Handle handle) {
        this.handle = handle;
    }

    /**
     * An incident.
     *
     * @param notifiedAt first notification; null if there was none
     * @param acknowledgedAt first acknowledgement; null if there was none
     */
    public record DigestIncident(
            IncidentView incident,
            @Nullable Instant notifiedAt,
            @Nullable Instant acknowledgedAt) {}

    /**
     * A message that interrupted somebody.
     *
     * @param people handles, in lower case
     * @param incident id
     */
    public record Interruption(Instant at, List<String> people, String incident) {
        public Interruption {
            people = List.copyOf(people);
        }
    }

    /** Incidents that were open at some time in {@code [from, until)}, oldest first. */
    public List<DigestIncident> incidents(Instant from, Instant until) {
        return handle.createQuery("SELECT document, acknowledged_at, (SELECT min(due_at) FROM message WHERE"
                        + " thread = concerned.id AND due_at < :until AND " + INTERRUPTS + ") AS notified_at"
                        + " FROM (SELECT id, opened_at, acknowledged_at, document FROM incident WHERE state = 'open'"
                        + " UNION ALL SELECT id, opened_at, acknowledged_at, document FROM incident"
                        + " WHERE state = 'resolved' AND closed_at >= :from) AS concerned"
                        + " WHERE opened_at < :until ORDER BY opened_at, id")
                .bind("from", from.toEpochMilli())
                .bind("until", until.toEpochMilli())
                .map((row, context) -> new DigestIncident(
                        JsonColumns.read(row.getString("document"), IncidentView.class),
                        instant(row.getObject("notified_at")),
                        before(until, instant(row.getObject("acknowledged_at")))))
                .list();
    }

    /** Interruptions in {@code [from, until)}, in order. */
    public List<Interruption> interruptions(Instant from, Instant until) {
        return handle.createQuery("SELECT due_at, handle, sig_person, thread FROM message WHERE due_at >= :from"
                        + " AND due_at < :until AND " + INTERRUPTS + " ORDER BY due_at, id")
                .bind("from", from.toEpochMilli())
                .bind("until", until.toEpochMilli())
                .map((row, context) -> new Interruption(
                        Instant.ofEpochMilli(row.getLong("due_at")),
                        Stream.of(row.getString("handle"), row.getString("sig_person"))
                                .filter(Objects::nonNull)
                                .distinct()
                                .toList(),
                        row.getString("thread")))
                .list();
    }

    /** Null if later. */
    private static @Nullable Instant before(Instant until, @Nullable Instant at) {
        return at == null || at.isAfter(until) ? null : at;
    }

    private static @Nullable Instant instant(@Nullable Object milliseconds) {
        return milliseconds instanceof Number number ? Instant.ofEpochMilli(number.longValue()) : null;
    }
}
