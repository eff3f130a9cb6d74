// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import io.kubevirt.cinotify.diagnosis.KnownIssueMatch;
import io.kubevirt.cinotify.incident.GroupKey;
import io.kubevirt.cinotify.incident.LaneIncident;
import io.kubevirt.cinotify.incident.ObservedRun.SettledRun;
import io.kubevirt.cinotify.incident.SuppressionReason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Decides about families whose wait is over: folded into an outage, no longer broken, or an incident. */
final class GroupWait {

    private final DetectContext context;
    private final LaneEvaluator evaluator;
    private final LaneIncidentLifecycle laneIncidents;
    private final OutageLifecycle outages;

    GroupWait(
            DetectContext context,
            LaneEvaluator evaluator,
            LaneIncidentLifecycle laneIncidents,
            OutageLifecycle outages) {
        this.context = context;
        this.evaluator = evaluator;
        this.laneIncidents = laneIncidents;
        this.outages = outages;
    }

    void release(GroupKey key, Instant now) {
        DetectionState.HeldGroup waiting = context.state().held().remove(key);
        if (waiting == null) {
            return;
        }
        Optional<LaneIncident> open = context.state().openLane(key);
        if (open.isPresent() && waiting.runs().isEmpty()) {
            laneIncidents.muteRule().review(open.get(), now);
            return;
        }
        int position = context.results().position();
        if (outages.covering(key.repository(), null).isPresent()) {
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

    private void settle(
            DetectionState.HeldGroup waiting, SuppressionReason fallback, int position, String explanation) {
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
