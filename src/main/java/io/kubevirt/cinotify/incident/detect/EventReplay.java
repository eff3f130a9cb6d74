// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import io.kubevirt.cinotify.incident.DetectedIncident;
import io.kubevirt.cinotify.incident.EngineConfig;
import io.kubevirt.cinotify.incident.EventHistory;
import io.kubevirt.cinotify.incident.IncidentEvent;
import io.kubevirt.cinotify.incident.IncidentIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Counts what happens in the order in which it happened: what comes late is put in its place, and all that came after it
 * is counted again.
 */
public final class EventReplay {

    /** So often it is written down how things stand, by the clock of what happens. */
    private static final Duration CHECKPOINT_INTERVAL = Duration.ofHours(1);

    /** And at least after so many things, as each must be counted again at a start. */
    private static final int MAX_EVENTS_BETWEEN_CHECKPOINTS = 400;

    /** After more where there is more to write: a storm must not write down each second what took hours to come about. */
    private static final int MAX_SHARE_BETWEEN_CHECKPOINTS = 4;

    private final EngineConfig config;
    private IncidentDetector detection;
    private Instant checkpointedAt;
    private int eventsSinceCheckpoint;

    /** From when on the incidents were found anew; they may be others now. */
    private Optional<Instant> replayedFrom = Optional.empty();

    private EventReplay(EngineConfig config, IncidentDetector detection) {
        this.config = config;
        this.detection = detection;
        this.checkpointedAt = detection.clock();
    }

    public static EventReplay from(IncidentDetector detection, EngineConfig config) {
        return new EventReplay(config, detection);
    }

    /** Goes on where things were last written down, and counts what has been kept since. */
    public static EventReplay resume(EventHistory history, EngineConfig config) {
        EventReplay replay = history.newestCheckpoint()
                .map(checkpoint -> new EventReplay(config, restored(checkpoint, config)))
                .orElseGet(() -> begin(history, config));
        replay.eventsSinceCheckpoint = 0;
        for (IncidentEvent event : history.from(replay.detection.clock())) {
            if (replay.detection.isInOrder(event)) {
                replay.detection.apply(event);
                replay.eventsSinceCheckpoint++;
            }
        }
        replay.detection.results().clear();
        return replay;
    }

    private static EventReplay begin(EventHistory history, EngineConfig config) {
        EventReplay replay = new EventReplay(config, IncidentDetector.fresh(config));
        history.saveCheckpoint(replay.checkpoint());
        return replay;
    }

    private static IncidentDetector restored(EventHistory.Checkpoint checkpoint, EngineConfig config) {
        return IncidentDetector.restore(DetectionSnapshot.unpack(checkpoint.state()), config);
    }

    public IncidentDetector detection() {
        return detection;
    }

    /** How things stand. */
    public EventHistory.Checkpoint checkpoint() {
        return new EventHistory.Checkpoint(
                detection.clock(), detection.snapshot().pack());
    }

    public Optional<Instant> replayedFrom() {
        return replayedFrom;
    }

    /**
     * Counts them.
     *
     * @param events in any order
     * @param known the incidents that people know of
     */
    public void apply(List<IncidentEvent> events, List<IncidentIdentity> known, EventHistory history) {
        replayedFrom = Optional.empty();
        detection.ids().offerReusable(List.of(), List.of());
        List<IncidentEvent> ordered =
                events.stream().sorted(IncidentEvent.ORDER).toList();
        if (ordered.isEmpty()) {
            return;
        }
        Optional<EventHistory.Checkpoint> earlier = detection.isInOrder(ordered.getFirst())
                ? Optional.empty()
                : history.checkpointBefore(ordered.getFirst().at());
        if (earlier.isPresent()) {
            ordered.forEach(history::append);
            history.dropCheckpoints(ordered.getFirst().at());
            replay(earlier.get(), known, history);
            ordered.forEach(detection::settleDuplicate);
        } else {
            ordered.forEach(event -> applyNow(event, history));
        }
    }

    /** What is older than all that is remembered counts as soon as it can. */
    private void applyNow(IncidentEvent event, EventHistory history) {
        IncidentEvent counted = detection.isInOrder(event) || event.at().equals(detection.clock())
                ? event
                : event.at(detection.clock());
        history.append(counted);
        applyOne(counted, history);
    }

    private void replay(EventHistory.Checkpoint from, List<IncidentIdentity> known, EventHistory history) {
        detection = restored(from, config);
        detection
                .ids()
                .offerReusable(
                        known,
                        detection.incidents().stream().map(DetectedIncident::id).toList());
        checkpointedAt = from.at();
        eventsSinceCheckpoint = 0;
        for (IncidentEvent event : history.from(from.at())) {
            if (detection.isInOrder(event)) {
                applyOne(event, history);
            }
        }
        replayedFrom = Optional.of(from.at());
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

    /** Only between instants: what was written down within one would hold no more with the next thing that happened then. */
    private boolean isCheckpointDue() {
        return eventsSinceCheckpoint
                        >= Math.max(MAX_EVENTS_BETWEEN_CHECKPOINTS, detection.size() / MAX_SHARE_BETWEEN_CHECKPOINTS)
                || !detection.clock().isBefore(checkpointedAt.plus(CHECKPOINT_INTERVAL));
    }
}
