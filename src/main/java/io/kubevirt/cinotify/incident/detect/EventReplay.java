// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import io.kubevirt.cinotify.incident.DetectedIncident;
import io.kubevirt.cinotify.incident.DetectedIncident.IncidentIdentity;
import io.kubevirt.cinotify.incident.EngineConfig;
import io.kubevirt.cinotify.incident.EventHistory;
import io.kubevirt.cinotify.incident.EventHistory.Checkpoint;
import io.kubevirt.cinotify.incident.IncidentEvent;
import io.kubevirt.cinotify.incident.KnownIncidents;
import io.kubevirt.cinotify.incident.detect.RecentStates.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Applies events in the order in which they happened. A late event restores the state before it, from memory or else from
 * a checkpoint, and replays all events since.
 */
public final class EventReplay {
    /** The interval between checkpoints, by event time, unless few events came. */
    private static final Duration CHECKPOINT_INTERVAL = Duration.ofHours(1);

    /** To replay fewer events takes less time than to write a checkpoint. */
    private static final int MIN_EVENTS_BETWEEN_CHECKPOINTS = 20;

    /** The interval between checkpoints, whatever the number of events. */
    private static final Duration MAX_CHECKPOINT_INTERVAL = Duration.ofHours(6);

    /** A start replays at most about this many events. */
    private static final int MAX_EVENTS_BETWEEN_CHECKPOINTS = 400;

    /** A larger state is written less often, so that a storm does not write a checkpoint every second. */
    private static final int MAX_SHARE_BETWEEN_CHECKPOINTS = 4;

    private final EngineConfig config;
    private final RecentStates recent = new RecentStates();
    private IncidentDetector detection;
    private Instant checkpointedAt;
    private int eventsSinceCheckpoint;

    /** Start of the last replay: incidents from then on may have changed. */
    private Optional<Instant> replayedFrom = Optional.empty();

    private EventReplay(EngineConfig config, IncidentDetector detection) {
        this.config = config;
        this.detection = detection;
        this.checkpointedAt = detection.clock();
    }

    public static EventReplay from(IncidentDetector detection, EngineConfig config) {
        return new EventReplay(config, detection);
    }

    /**
     * Resumes from the newest checkpoint and replays the events since. {@code until}: the instant up to which timers had
     * fired, which is after the last event.
     */
    public static EventReplay resume(EventHistory history, KnownIncidents known, EngineConfig config, Instant until) {
        EventReplay replay = history.newestCheckpoint()
                .map(checkpoint -> new EventReplay(config, restored(checkpoint, config)))
                .orElseGet(() -> begin(history, config));
        replay.eventsSinceCheckpoint = 0;
        replay.offerIds(known.all());
        for (IncidentEvent event : history.from(replay.detection.clock())) {
            if (replay.detection.isInOrder(event)) {
                replay.detection.apply(event);
                replay.eventsSinceCheckpoint++;
            }
        }
        replay.detection.runUntil(until);
        replay.detection.results().clear();
        return replay;
    }

    private static EventReplay begin(EventHistory history, EngineConfig config) {
        EventReplay replay = new EventReplay(config, IncidentDetector.fresh(config));
        history.saveCheckpoint(replay.checkpoint());
        return replay;
    }

    private static IncidentDetector restored(Checkpoint checkpoint, EngineConfig config) {
        return IncidentDetector.restore(DetectionSnapshot.unpack(checkpoint.state()), config);
    }

    public IncidentDetector detection() {
        return detection;
    }

    public Checkpoint checkpoint() {
        return new Checkpoint(detection.clock(), detection.snapshot().pack());
    }

    public Optional<Instant> replayedFrom() {
        return replayedFrom;
    }

    /** Applies events. */
    public void apply(List<IncidentEvent> events, KnownIncidents known, EventHistory history) {
        replayedFrom = Optional.empty();
        offerIds(known.continuing());
        List<IncidentEvent> ordered =
                events.stream().sorted(IncidentEvent.ORDER).toList();
        if (ordered.isEmpty()) {
            return;
        }
        Instant from = ordered.getFirst().at();
        if (detection.isInOrder(ordered.getFirst())) {
            history.append(ordered);
            ordered.forEach(event -> applyRecent(event, history));
            return;
        }
        Optional<State> state = recent.before(from);
        Optional<Checkpoint> checkpoint = state.isPresent() ? Optional.empty() : history.checkpointBefore(from);
        if (state.isEmpty() && checkpoint.isEmpty()) {
            ordered.forEach(event -> applyNow(event, history));
            return;
        }
        history.append(ordered);
        history.dropCheckpoints(from);
        state.ifPresentOrElse(
                found -> replay(found, recent.since(found, ordered), known.all(), history),
                () -> replay(checkpoint.orElseThrow(), known.all(), history));
    }

    /** An event that is older than all checkpoints counts at the current event time. */
    private void applyNow(IncidentEvent event, EventHistory history) {
        IncidentEvent counted = detection.isInOrder(event) || event.at().equals(detection.clock())
                ? event
                : event.at(detection.clock());
        history.append(List.of(counted));
        applyRecent(counted, history);
    }

    private void replay(State from, List<IncidentEvent> since, List<IncidentIdentity> known, EventHistory history) {
        restore(IncidentDetector.restore(from.snapshot().copy(), config), known);
        checkpointedAt = from.checkpointedAt();
        eventsSinceCheckpoint = from.eventsSinceCheckpoint();
        for (IncidentEvent event : since) {
            if (detection.isInOrder(event)) {
                applyRecent(event, history);
            }
        }
    }

    private void replay(Checkpoint from, List<IncidentIdentity> known, EventHistory history) {
        restore(restored(from, config), known);
        checkpointedAt = from.at();
        eventsSinceCheckpoint = 0;
        for (IncidentEvent event : history.from(from.at())) {
            if (detection.isInOrder(event)) {
                applyOne(event, history);
            }
        }
    }

    private void restore(IncidentDetector earlier, List<IncidentIdentity> known) {
        detection = earlier;
        offerIds(known);
        replayedFrom = Optional.of(earlier.clock());
    }

    private void offerIds(List<IncidentIdentity> known) {
        Set<String> taken = known.isEmpty()
                ? Set.of()
                : detection.incidents().stream().map(DetectedIncident::id).collect(Collectors.toSet());
        detection.ids().offerReusable(known, taken);
    }

    private void applyRecent(IncidentEvent event, EventHistory history) {
        if (history != EventHistory.NONE && event.at().isAfter(detection.clock()) && recent.isDue(detection.clock())) {
            recent.add(
                    new State(detection.clock(), detection.snapshot().copy(), checkpointedAt, eventsSinceCheckpoint));
        }
        recent.add(event);
        applyOne(event, history);
    }

    private void applyOne(IncidentEvent event, EventHistory history) {
        if (event.at().isAfter(detection.clock()) && isCheckpointDue()) {
            history.saveCheckpoint(checkpoint());
            checkpointedAt = detection.clock();
            eventsSinceCheckpoint = 0;
        }
        detection.apply(event);
        eventsSinceCheckpoint++;
    }

    /** Only between instants: another event of the same instant would make the checkpoint stale. */
    private boolean isCheckpointDue() {
        Duration age = Duration.between(checkpointedAt, detection.clock());
        return eventsSinceCheckpoint
                        >= Math.max(MAX_EVENTS_BETWEEN_CHECKPOINTS, detection.size() / MAX_SHARE_BETWEEN_CHECKPOINTS)
                || eventsSinceCheckpoint >= MIN_EVENTS_BETWEEN_CHECKPOINTS && age.compareTo(CHECKPOINT_INTERVAL) >= 0
                || age.compareTo(MAX_CHECKPOINT_INTERVAL) >= 0;
    }
}
