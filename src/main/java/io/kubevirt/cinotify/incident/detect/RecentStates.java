// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import io.kubevirt.cinotify.incident.IncidentEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * States of the last seconds to minutes, in memory, and the events since the first of them. Most late events are late by
 * seconds: GitHub reports whole seconds, and what the artifacts of one run show may come before the next run does.
 */
final class RecentStates {
    private static final int MAX_STATES = 6;

    /** Bounds the memory that a storm takes. */
    private static final int MAX_EVENTS = 4_000;

    private static final Duration MIN_DISTANCE = Duration.ofSeconds(1);

    /** The distance of all but the two newest, so that they reach further back. */
    private static final Duration SPARSE_DISTANCE = Duration.ofSeconds(10);

    /** Oldest first. */
    private final List<State> states = new ArrayList<>();

    private final TreeSet<IncidentEvent> events = new TreeSet<>(IncidentEvent.ORDER);

    /**
     * A state of detection after all events up to an instant.
     *
     * @param checkpointedAt the instant of the last checkpoint before it
     * @param eventsSinceCheckpoint the number of events since then
     */
    record State(Instant at, DetectionSnapshot snapshot, Instant checkpointedAt, int eventsSinceCheckpoint) {}

    /** Whether a state at an instant is worth a copy. */
    boolean isDue(Instant at) {
        return states.isEmpty() || !at.isBefore(states.getLast().at().plus(MIN_DISTANCE));
    }

    void add(State state) {
        int newest = states.size() - 1;
        if (newest >= 2 && isNear(states.get(newest - 2), states.get(newest - 1))) {
            states.remove(newest - 1);
        }
        states.add(state);
        while (states.size() > MAX_STATES) {
            removeFirst();
        }
    }

    private static boolean isNear(State one, State other) {
        return one.at().plus(SPARSE_DISTANCE).isAfter(other.at());
    }

    /** Adds an event that is applied now; one that is already there stays as it is. */
    void add(IncidentEvent event) {
        if (!states.isEmpty()) {
            events.add(event);
        }
        while (events.size() > MAX_EVENTS) {
            removeFirst();
        }
    }

    private void removeFirst() {
        states.removeFirst();
        if (states.isEmpty()) {
            events.clear();
        } else {
            Instant from = states.getFirst().at();
            while (!events.isEmpty() && events.first().at().isBefore(from)) {
                events.pollFirst();
            }
        }
    }

    /** The newest state before an instant. An event of this instant makes the later ones stale, which are dropped. */
    Optional<State> before(Instant instant) {
        states.removeIf(state -> !state.at().isBefore(instant));
        if (states.isEmpty()) {
            events.clear();
            return Optional.empty();
        }
        return Optional.of(states.getLast());
    }

    /** The events since a state, with late ones, in {@link IncidentEvent#ORDER}. */
    List<IncidentEvent> since(State state, List<IncidentEvent> late) {
        events.addAll(late);
        return events.stream().filter(event -> !event.at().isBefore(state.at())).toList();
    }
}
