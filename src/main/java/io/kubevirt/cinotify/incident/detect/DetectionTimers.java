// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import io.kubevirt.cinotify.diagnosis.KnownIssueMatch;
import io.kubevirt.cinotify.incident.DetectedIncident;
import io.kubevirt.cinotify.incident.GroupKey;
import io.kubevirt.cinotify.incident.LaneIncident;
import io.kubevirt.cinotify.incident.ObservedRun.SettledRun;
import io.kubevirt.cinotify.incident.OutageIncident;
import io.kubevirt.cinotify.incident.ReportedIncident;
import io.kubevirt.cinotify.incident.SuppressionReason;
import io.kubevirt.cinotify.incident.TimerQueue.Kind;
import io.kubevirt.cinotify.incident.TimerQueue.Timer;
import io.kubevirt.cinotify.incident.detect.DetectionState.HeldGroup;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Fires the timers of detection and restores them after a restart. */
final class DetectionTimers {
    private final DetectContext context;
    private final LaneEvaluator evaluator;
    private final LaneIncidentLifecycle laneIncidents;
    private final OutageLifecycle outages;
    private final ReportedIncidentLifecycle reportedIncidents;

    DetectionTimers(
            DetectContext context,
            LaneEvaluator evaluator,
            LaneIncidentLifecycle laneIncidents,
            OutageLifecycle outages,
            ReportedIncidentLifecycle reportedIncidents) {
        this.context = context;
        this.evaluator = evaluator;
        this.laneIncidents = laneIncidents;
        this.outages = outages;
        this.reportedIncidents = reportedIncidents;
    }

    /** Fires all timers that are due, each at its own instant, earliest first. */
    void runUntil(Instant now) {
        for (Optional<Timer> due = context.timers().takeDue(now);
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
        Set<GroupKey> gone = context.windows().advance(counted);
        if (!gone.isEmpty()) {
            context.state().lastFailures().keySet().removeIf(key -> gone.contains(key.family()));
            context.state()
                    .dailyFailures()
                    .expire(counted, context.thresholds().intensity().trailing());
        }
    }

    private void fire(Timer timer) {
        if (timer.kind() == Kind.HELD) {
            release(GroupKey.parse(timer.key()), timer.at());
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

    /** Decides about a family whose wait is over: folded into an outage, no longer broken, or an incident. */
    private void release(GroupKey key, Instant now) {
        HeldGroup waiting = context.state().held().remove(key);
        if (waiting == null) {
            return;
        }
        Optional<LaneIncident> open = context.state().openLane(key);
        if (open.isPresent() && waiting.runs().isEmpty()) {
            laneIncidents.muteRule().review(open.get(), now);
            return;
        }
        int position = context.results().position();
        if (outages.covering(key.repository(), null, key.failureClass()).isPresent()) {
            settle(waiting, SuppressionReason.FOLDED_INTO_OUTAGE, position, "an outage explains it");
            return;
        }
        LaneEvaluator.Result result = evaluator.evaluate(key, now);
        if (!result.isMet()) {
            settle(waiting, SuppressionReason.NO_LONGER_MET, position, result.explanation());
            return;
        }
        laneIncidents.open(key, result, null, now);
        KnownIssueMatch mute =
                context.state().openLane(key).map(LaneIncident::mute).orElse(null);
        if (mute == null) {
            settle(waiting, SuppressionReason.RELAPSE, position, result.explanation());
        } else {
            settle(waiting, SuppressionReason.KNOWN_ISSUE, position, mute.sentence());
        }
    }

    private void settle(HeldGroup waiting, SuppressionReason fallback, int position, String explanation) {
        List<String> notifiable = context.results().notifiableSince(position);
        for (String run : waiting.runs()) {
            boolean ofNode = context.windows()
                    .find(run)
                    .filter(entry -> entry.exclusion() == WindowEntry.Exclusion.NODE)
                    .isPresent();
            context.results()
                    .settle(
                            ofNode
                                    ? new SettledRun(
                                            run, SuppressionReason.NODE, List.of(), "an unhealthy node explains it")
                                    : new SettledRun(run, fallback, notifiable, explanation));
        }
    }
}
