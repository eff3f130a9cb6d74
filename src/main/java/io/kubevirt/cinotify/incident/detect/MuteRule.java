// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import io.kubevirt.cinotify.diagnosis.KnownIssueMatch;
import io.kubevirt.cinotify.incident.IncidentEvent;
import io.kubevirt.cinotify.incident.LaneIncident;
import io.kubevirt.cinotify.incident.TimerQueue.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Whether something for which somebody already cares explains a broken lane. It does while the red runs that it does not
 * explain would not have opened the incident by themselves; fresh ones have the time of the hold to show what they are.
 */
final class MuteRule {

    private final DetectContext context;
    private final LaneEvaluator evaluator;

    MuteRule(DetectContext context, LaneEvaluator evaluator) {
        this.context = context;
        this.evaluator = evaluator;
    }

    /** The artifacts of a run say who cares for its failure, or that nobody does. */
    void reviseKnownIssue(IncidentEvent.DiagnosisRevised revised, Instant now) {
        context.windows().find(revised.run()).filter(WindowEntry::failed).ifPresent(entry -> {
            entry.setKnown(revised.diagnosis().knownIssue());
            context.state().openLane(entry.run().key()).ifPresent(lane -> review(lane, now));
        });
    }

    /** Looks again whether a lane is explained. */
    void review(LaneIncident lane, Instant now) {
        List<WindowEntry> red = red(lane, now);
        KnownIssueMatch mute = explaining(lane, red, now);
        if (!Objects.equals(mute, lane.mute())) {
            lane.mute(mute);
            context.results().notifiable(lane);
        }
        if (mute == null) {
            context.timers().cancel(Kind.MUTE_END, lane.key());
        } else {
            scheduleEnd(lane);
            red.stream()
                    .filter(entry -> isFresh(entry, now))
                    .findFirst()
                    .ifPresent(fresh -> scheduleReview(lane, fresh));
        }
    }

    /** It speaks when the issue counts no more. */
    void scheduleEnd(LaneIncident lane) {
        KnownIssueMatch mute = lane.mute();
        if (mute != null) {
            context.timers().set(Kind.MUTE_END, lane.key(), mute.end());
        }
    }

    private void scheduleReview(LaneIncident lane, WindowEntry fresh) {
        if (!context.state().held().containsKey(lane.groupKey())) {
            Instant until = fresh.at().plus(context.thresholds().hold().time());
            context.state().held().put(lane.groupKey(), new DetectionState.HeldGroup(until, List.of()));
            context.timers().set(Kind.HELD, lane.groupKey().toString(), until);
        }
    }

    private @Nullable KnownIssueMatch explaining(LaneIncident lane, List<WindowEntry> red, Instant now) {
        return red.stream()
                .filter(entry -> entry.isMuted(now))
                .reduce((earlier, later) -> later)
                .map(WindowEntry::known)
                .or(() -> stillMuting(lane, red, now))
                .filter(explained -> !evaluator
                        .evaluate(lane.groupKey(), entry -> !entry.isMuted(now) && !isFresh(entry, now), now)
                        .isMet())
                .orElse(null);
    }

    /** What explained it a day ago or longer does until a fresh run has had its time. */
    private Optional<KnownIssueMatch> stillMuting(LaneIncident lane, List<WindowEntry> red, Instant now) {
        return Optional.ofNullable(lane.mute())
                .filter(mute -> mute.mutesAt(now) && red.stream().anyMatch(entry -> isFresh(entry, now)));
    }

    /** Its artifacts may not have been read yet. */
    private boolean isFresh(WindowEntry entry, Instant now) {
        return entry.known() == null
                && entry.at().plus(context.thresholds().hold().time()).isAfter(now);
    }

    private List<WindowEntry> red(LaneIncident lane, Instant now) {
        return StreamSupport.stream(
                        context.windows().day(lane.groupKey(), now).entries().spliterator(), false)
                .filter(WindowEntry::counts)
                .toList();
    }
}
