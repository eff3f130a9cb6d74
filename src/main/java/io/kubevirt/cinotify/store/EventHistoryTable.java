// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import io.kubevirt.cinotify.incident.EventHistory;
import io.kubevirt.cinotify.incident.IncidentEvent;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Stored {@link EventHistory}. */
public final class EventHistoryTable implements EventHistory {
    private final Handle handle;

    EventHistoryTable(Handle handle) {
        this.handle = handle;
    }

    @Override
    public void append(List<IncidentEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("INSERT INTO engine_event (at, rank, document)"
                + " VALUES (:at, :rank, :document) ON CONFLICT (at, rank) DO NOTHING");
        events.forEach(event -> batch.bind("at", event.at().toEpochMilli())
                .bind("rank", event.sortKey())
                .bind("document", JsonColumns.write(event))
                .add());
        batch.execute();
    }

    @Override
    public List<IncidentEvent> from(Instant instant) {
        return handle
                .createQuery("SELECT document FROM engine_event WHERE at >= :at")
                .bind("at", instant.toEpochMilli())
                .map((row, context) -> JsonColumns.read(row.getString("document"), IncidentEvent.class))
                .stream()
                .sorted(IncidentEvent.ORDER)
                .toList();
    }

    @Override
    public void saveCheckpoint(EventHistory.Checkpoint checkpoint) {
        handle.createUpdate("INSERT INTO incident_checkpoint (at, document) VALUES (:at, :document)"
                        + " ON CONFLICT (at) DO UPDATE SET document = :document")
                .bind("at", checkpoint.at().toEpochMilli())
                .bind("document", checkpoint.state())
                .execute();
    }

    @Override
    public Optional<EventHistory.Checkpoint> newestCheckpoint() {
        return checkpoint("", Instant.EPOCH);
    }

    @Override
    public Optional<EventHistory.Checkpoint> checkpointBefore(Instant instant) {
        return checkpoint("WHERE at < :at ", instant);
    }

    private Optional<EventHistory.Checkpoint> checkpoint(String condition, Instant instant) {
        return handle.createQuery(
                        "SELECT at, document FROM incident_checkpoint " + condition + "ORDER BY at DESC LIMIT 1")
                .bindMap(condition.isEmpty() ? Map.of() : Map.of("at", instant.toEpochMilli()))
                .map((row, context) ->
                        new EventHistory.Checkpoint(Instant.ofEpochMilli(row.getLong("at")), row.getString("document")))
                .findOne();
    }

    @Override
    public void dropCheckpoints(Instant from) {
        handle.createUpdate("DELETE FROM incident_checkpoint WHERE at >= :at")
                .bind("at", from.toEpochMilli())
                .execute();
    }

    @Override
    public boolean isPublic(String incident, @Nullable String repository, Collection<String> jobs) {
        return new VisibilityTable(handle).isPublic(incident, repository, jobs);
    }

    /** Deletes events before which no event can arrive late; one older checkpoint stays as the start. */
    public void forgetBefore(Instant instant) {
        checkpointBefore(instant).ifPresent(oldest -> {
            handle.createUpdate("DELETE FROM incident_checkpoint WHERE at < :at")
                    .bind("at", oldest.at().toEpochMilli())
                    .execute();
            handle.createUpdate("DELETE FROM engine_event WHERE at < :at")
                    .bind("at", oldest.at().toEpochMilli())
                    .execute();
        });
    }
}
