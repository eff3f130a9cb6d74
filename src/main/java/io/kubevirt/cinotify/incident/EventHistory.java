// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What has happened, as far back as anything can come late: the core asks for it only where something does. */
public interface EventHistory {

    /** Remembers one more thing; one that is known already stays as it is. */
    void append(IncidentEvent event);

    /** All from an instant on, in their order. */
    List<IncidentEvent> from(Instant instant);

    /** Remembers how things stood. */
    void saveCheckpoint(Checkpoint checkpoint);

    /** How things stood when they were last written down. */
    Optional<Checkpoint> newestCheckpoint();

    /** How things stood when they were last written down before an instant. */
    Optional<Checkpoint> checkpointBefore(Instant instant);

    /** What was written down at an instant or later holds no more. */
    void dropCheckpoints(Instant from);

    /** Nothing is remembered: what comes late counts when it comes. */
    EventHistory NONE = new EventHistory() {
        @Override
        public void append(IncidentEvent event) {}

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

    /**
     * How things stood.
     *
     * @param at up to when things had been counted
     * @param state the packed detection state
     */
    record Checkpoint(Instant at, String state) {}
}
