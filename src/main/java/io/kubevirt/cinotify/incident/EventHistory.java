// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stores events and checkpoints, as far back as late events are accepted. The engine reads them only when an event is
 * late.
 */
public interface EventHistory {
    /** Stores events; an event that is already stored stays as it is. */
    void append(List<IncidentEvent> events);

    /** All events from an instant on, in {@link IncidentEvent#ORDER}. */
    List<IncidentEvent> from(Instant instant);

    void saveCheckpoint(Checkpoint checkpoint);

    Optional<Checkpoint> newestCheckpoint();

    Optional<Checkpoint> checkpointBefore(Instant instant);

    /** Drops the checkpoints at an instant and later, because an earlier event makes them stale. */
    void dropCheckpoints(Instant from);

    /**
     * Whether everybody may see an incident; one that is not stored yet is as its runs.
     *
     * @param repository of all its jobs; null for jobs of any
     */
    default boolean isPublic(String incident, @Nullable String repository, Collection<String> jobs) {
        return true;
    }

    /** Stores nothing, and nothing is private: a late event counts when it arrives. */
    EventHistory NONE = new EventHistory() {
        @Override
        public void append(List<IncidentEvent> events) {}

        @Override
        public List<IncidentEvent> from(Instant instant) {
            return List.of();
        }

        @Override
        public void saveCheckpoint(Checkpoint checkpoint) {}

        @Override
        public Optional<Checkpoint> newestCheckpoint() {
            return Optional.empty();
        }

        @Override
        public Optional<Checkpoint> checkpointBefore(Instant instant) {
            return Optional.empty();
        }

        @Override
        public void dropCheckpoints(Instant from) {}
    };

    record Checkpoint(Instant at, String state) {}
}
