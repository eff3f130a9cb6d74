// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import io.kubevirt.cinotify.incident.DetectedIncident;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.Thresholds;
import io.kubevirt.cinotify.incident.TimerQueue;
import io.kubevirt.cinotify.incident.detect.IncidentDetector.DetectionResults;
import java.time.Duration;
import java.time.Instant;

record DetectContext(
        Thresholds thresholds,
        ThresholdResolver thresholdResolver,
        DetectionState state,
        RunWindows windows,
        TimerQueue timers,
        DetectionResults results,
        IncidentIds ids) {
    static DetectContext of(Thresholds thresholds, DetectionState state) {
        return new DetectContext(
                thresholds,
                new ThresholdResolver(thresholds),
                state,
                new RunWindows(thresholds),
                new TimerQueue(),
                new DetectionResults(),
                new IncidentIds(id -> state.byId(id).isPresent()));
    }

    /** Forgets a closed incident once it is too old to reopen. */
    void forgetLater(DetectedIncident closed, Instant end) {
        Duration kept = closed.kind() == IncidentKind.LANE || closed.kind() == IncidentKind.BUMP
                ? thresholds.reopening().within()
                : thresholds.outages().resumeWithin();
        timers.set(TimerQueue.Kind.FORGET, closed.key(), end.plus(kept).plusMillis(1));
    }
}
