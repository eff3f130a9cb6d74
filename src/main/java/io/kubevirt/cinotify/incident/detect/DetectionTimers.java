// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import io.kubevirt.cinotify.incident.DetectedIncident;
import io.kubevirt.cinotify.incident.GroupKey;
import io.kubevirt.cinotify.incident.LaneIncident;
import io.kubevirt.cinotify.incident.OutageIncident;
import io.kubevirt.cinotify.incident.ReportedIncident;
import io.kubevirt.cinotify.incident.TimerQueue;
import io.kubevirt.cinotify.incident.TimerQueue.Kind;
import java.time.Instant;
import java.util.Optional;

/** Fires the timers of detection and restores them after a restart. */
final class DetectionTimers {

    private final DetectContext context;
    private final GroupWait groupWait;
    private final LaneIncidentLifecycle laneIncidents;
    private final OutageLifecycle outages;
    private final ReportedIncidentLifecycle reportedIncidents;

    DetectionTimers(
            DetectContext context,
            GroupWait groupWait,
            LaneIncidentLifecycle laneIncidents,
            OutageLifecycle outages,
            ReportedIncidentLifecycle reportedIncidents) {
        this.context = context;
        this.groupWait = groupWait;
        this.laneIncidents = laneIncidents;
        this.outages = outages;
        this.reportedIncidents = reportedIncidents;
    }

    /** Fires all timers that are due, each at its own instant, earliest first. */
    void runUntil(Instant now) {
        for (Optional<TimerQueue.Timer> due = context.timers().takeDue(now);
                due.isPresent();
                due = context.timers().takeDue(now)) {
            context.state().advanceClock(due.get().at());
            fire(due.get());
        }
    }

    /**
     * Drops runs that are too old, by the time of the last event and not by the clock: later events may still arrive.
     */
    void expire(Instant counted) {
        context.windows()
                .advance(counted)
                .forEach(gone -> context.state().lastFailures().remove(gone));
    }

    private void fire(TimerQueue.Timer timer) {
        if (timer.kind() == Kind.HELD) {
            groupWait.release(GroupKey.parse(timer.key()), timer.at());
            return;
        }
        context.state().byKey(timer.key()).ifPresent(incident -> {
            switch (timer.kind()) {
                case FORGET -> forget(incident);
                case MUTE_END -> endMute(incident, timer.at());
                default -> end(incident, timer.at());
            }
        });
    }

    private void endMute(DetectedIncident incident, Instant at) {
        if (incident instanceof LaneIncident lane && lane.isOpen()) {
            laneIncidents.muteRule().review(lane, at);
        }
    }

    private void end(DetectedIncident incident, Instant at) {
        switch (incident) {
            case LaneIncident lane -> laneIncidents.closeQuiet(lane, at);
            case OutageIncident outage -> outages.endSilent(outage, at);
            case ReportedIncident problem -> {}
        }
    }

    private void forget(DetectedIncident incident) {
        switch (incident) {
            case LaneIncident lane -> laneIncidents.forget(lane);
            case OutageIncident outage -> outages.forget(outage);
            case ReportedIncident problem -> reportedIncidents.forget(problem);
        }
    }

    /** Sets all timers from the stored state. */
    void restoreTimers() {
        context.state().held().forEach((key, waiting) -> context.timers()
                .set(Kind.HELD, key.toString(), waiting.until()));
        context.state().incidents().forEach(this::restoreTimers);
    }

    private void restoreTimers(DetectedIncident incident) {
        if (incident.closedAt() != null) {
            context.forgetLater(incident, incident.closedAt());
            return;
        }
        switch (incident) {
            case LaneIncident lane -> {
                laneIncidents.scheduleQuietClose(lane);
                laneIncidents.muteRule().scheduleEnd(lane);
            }
            case OutageIncident outage -> outages.scheduleEnd(outage);
            case ReportedIncident problem -> {}
        }
    }
}
