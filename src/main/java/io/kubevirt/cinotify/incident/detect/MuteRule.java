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
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a known issue mutes an incident. It does while the failed runs that it does not explain would not
 * meet the threshold by themselves. A new run is left out for the time of the wait, because its artifacts may not be
 * read yet.
 */
final class MuteRule {
    private final DetectContext context;
    private final LaneEvaluator evaluator;

    MuteRule(DetectContext context, LaneEvaluator evaluator) {
        this.context = context;
        this.evaluator = evaluator;
    }

    /** Takes over the known issue that the artifacts of a run show. */
    void reviseKnownIssue(IncidentEvent.DiagnosisRevised revised, Instant now) {
        context.windows().find(revised.run()).filter(WindowEntry::failed).ifPresent(entry -> {
            entry.setKnown(revised.diagnosis().knownIssue());
            context.state().openLanes(entry.run().key()).toList().forEach(lane -> review(lane, now));
        });
    }

    void review(LaneIncident lane, Instant now) {
        List<WindowEntry> red = context.windows().countedRuns(lane.groupKey(), now);
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

    /** A mute whose runs have left the window stays while a new run waits for its artifacts. */
    private Optional<KnownIssueMatch> stillMuting(LaneIncident lane, List<WindowEntry> red, Instant now) {
        return Optional.ofNullable(lane.mute())
                .filter(mute -> mute.mutesAt(now) && red.stream().anyMatch(entry -> isFresh(entry, now)));
    }

    private boolean isFresh(WindowEntry entry, Instant now) {
        return entry.known() == null
                && entry.at().plus(context.thresholds().hold().time()).isAfter(now);
    }
}
