// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import io.kubevirt.cinotify.incident.Checkpoint;
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

    private EventReplay(EngineConfig rules, IncidentDetector detection) {
        this.config = rules;
        this.detection = detection;
        this.checkpointedAt = detection.clock();
    }

    public static EventReplay from(IncidentDetector detection, EngineConfig rules) {
        return new EventReplay(rules, detection);
    }

    /** Goes on where things were last written down, and counts what has been kept since. */
    public static EventReplay resume(EventHistory past, EngineConfig rules) {
        EventReplay counting = past.newestCheckpoint()
                .map(checkpoint -> new EventReplay(rules, restored(checkpoint, rules)))
                .orElseGet(() -> begin(past, rules));
        counting.eventsSinceCheckpoint = 0;
        for (IncidentEvent input : past.from(counting.detection.clock())) {
            if (counting.detection.isInOrder(input)) {
                counting.detection.apply(input);
                counting.eventsSinceCheckpoint++;
            }
        }
        counting.detection.results().clear();
        return counting;
    }

    private static EventReplay begin(EventHistory past, EngineConfig rules) {
        EventReplay counting = new EventReplay(rules, IncidentDetector.fresh(rules));
        past.saveCheckpoint(counting.checkpoint());
        return counting;
    }

    private static IncidentDetector restored(Checkpoint checkpoint, EngineConfig rules) {
        return IncidentDetector.restore(DetectionSnapshot.unpack(checkpoint.state()), rules);
    }

    public IncidentDetector detection() {
        return detection;
    }

    /** How things stand. */
    public Checkpoint checkpoint() {
        return new Checkpoint(detection.clock(), detection.snapshot().pack());
    }

    public Optional<Instant> replayedFrom() {
        return replayedFrom;
    }

    /**
     * Counts them.
     *
     * @param inputs in any order
     * @param known the incidents that people know of
     */
    public void apply(List<IncidentEvent> inputs, List<IncidentIdentity> known, EventHistory past) {
        replayedFrom = Optional.empty();
        detection.ids().offerReusable(List.of(), List.of());
        List<IncidentEvent> ordered =
                inputs.stream().sorted(IncidentEvent.ORDER).toList();
        if (ordered.isEmpty()) {
            return;
        }
        Optional<Checkpoint> earlier = detection.isInOrder(ordered.getFirst())
                ? Optional.empty()
                : past.checkpointBefore(ordered.getFirst().at());
        if (earlier.isPresent()) {
            ordered.forEach(past::append);
            past.dropCheckpoints(ordered.getFirst().at());
            replay(earlier.get(), known, past);
            ordered.forEach(detection::settleDuplicate);
        } else {
            ordered.forEach(input -> applyNow(input, past));
        }
    }

    /** What is older than all that is remembered counts as soon as it can. */
    private void applyNow(IncidentEvent input, EventHistory past) {
        IncidentEvent counted = detection.isInOrder(input) || input.at().equals(detection.clock())
                ? input
                : input.at(detection.clock());
        past.append(counted);
        applyOne(counted, past);
    }

    private void replay(Checkpoint from, List<IncidentIdentity> known, EventHistory past) {
        detection = restored(from, config);
        detection
                .ids()
                .offerReusable(
                        known,
                        detection.incidents().stream().map(DetectedIncident::id).toList());
        checkpointedAt = from.at();
        eventsSinceCheckpoint = 0;
        for (IncidentEvent input : past.from(from.at())) {
            if (detection.isInOrder(input)) {
                applyOne(input, past);
            }
        }
        replayedFrom = Optional.of(from.at());
    }

    private void applyOne(IncidentEvent input, EventHistory past) {
        if (input.at().isAfter(detection.clock()) && isCheckpointDue()) {
            past.saveCheckpoint(checkpoint());
            checkpointedAt = detection.clock();
            eventsSinceCheckpoint = 0;
        }
        detection.apply(input);
        eventsSinceCheckpoint++;
    }

    /** Only between instants: what was written down within one would hold no more with the next thing that happened then. */
    private boolean isCheckpointDue() {
        return eventsSinceCheckpoint
                        >= Math.max(MAX_EVENTS_BETWEEN_CHECKPOINTS, detection.size() / MAX_SHARE_BETWEEN_CHECKPOINTS)
                || !detection.clock().isBefore(checkpointedAt.plus(CHECKPOINT_INTERVAL));
    }
}
