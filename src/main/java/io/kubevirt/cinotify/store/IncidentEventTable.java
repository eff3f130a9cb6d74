// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import io.kubevirt.cinotify.incident.IncidentTimeline.Entry;
import io.kubevirt.cinotify.incident.IncidentTimeline.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The timelines of all incidents; also the audit log of what people did. */
public final class IncidentEventTable {
    private final Handle handle;

    IncidentEventTable(Handle handle) {
        this.handle = handle;
    }

    /** Appends entries in order. */
    public void add(List<Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        PreparedBatch batch =
                handle.prepareBatch("INSERT INTO incident_event (incident, number, at, kind, person, message_id, text)"
                        + " SELECT :incident, coalesce(max(number), 0) + 1, :at, :kind, :person, :message, :text"
                        + " FROM incident_event WHERE incident = :incident");
        entries.forEach(entry -> batch.bind("incident", entry.incident())
                .bind("at", entry.at().toEpochMilli())
                .bind("kind", entry.kind().value())
                .bind("person", entry.person())
                .bind("message", entry.messageId())
                .bind("text", entry.text())
                .add());
        batch.execute();
    }

    /** The timeline of an incident up to a number of entries, newest first. */
    public List<Entry> newest(String incident, int limit) {
        return handle.createQuery("SELECT at, kind, person, message_id, text FROM incident_event"
                        + " WHERE incident = :incident ORDER BY number DESC LIMIT :limit")
                .bind("incident", incident)
                .bind("limit", limit)
                .map((row, context) -> new Entry(
                        incident,
                        Instant.ofEpochMilli(row.getLong("at")),
                        Kind.valueOf(
                                row.getString("kind").toUpperCase(Locale.ROOT).replace('-', '_')),
                        row.getString("person"),
                        row.getString("message_id"),
                        row.getString("text")))
                .list();
    }

    /** Deletes up to {@code limit} entries of closed incidents from before an instant. */
    public int forgetBefore(Instant instant, int limit) {
        return handle.createUpdate("DELETE FROM incident_event WHERE (incident, number) IN (SELECT incident, number"
                        + " FROM incident_event AS e WHERE at < :instant AND NOT EXISTS"
                        + " (SELECT 1 FROM incident AS i WHERE i.id = e.incident AND i.state = 'open') LIMIT :limit)")
                .bind("instant", instant.toEpochMilli())
                .bind("limit", limit)
                .execute();
    }
}
