// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.engine;

import io.kubevirt.cinotify.incident.EventHistory;
import io.kubevirt.cinotify.incident.IncidentEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** A history without a store. */
public class InMemoryEventHistory implements EventHistory {

    private final TreeSet<IncidentEvent> events = new TreeSet<>(IncidentEvent.ORDER);
    private final TreeMap<Instant, EventHistory.Checkpoint> checkpoints = new TreeMap<>();

    @Override
    public void append(List<IncidentEvent> appended) {
        events.addAll(appended);
    }

    @Override
    public List<IncidentEvent> from(Instant instant) {
        return events.stream().filter(event -> !event.at().isBefore(instant)).toList();
    }

    @Override
    public void saveCheckpoint(EventHistory.Checkpoint checkpoint) {
        checkpoints.put(checkpoint.at(), checkpoint);
    }

    @Override
    public Optional<EventHistory.Checkpoint> newestCheckpoint() {
        return Optional.ofNullable(checkpoints.lastEntry()).map(entry -> entry.getValue());
    }

    @Override
    public Optional<EventHistory.Checkpoint> checkpointBefore(Instant instant) {
        return Optional.ofNullable(checkpoints.lowerEntry(instant)).map(entry -> entry.getValue());
    }

    @Override
    public void dropCheckpoints(Instant from) {
        checkpoints.tailMap(from, true).clear();
    }
}
