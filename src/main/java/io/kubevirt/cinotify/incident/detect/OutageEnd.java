// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import io.kubevirt.cinotify.incident.GroupKey;
import io.kubevirt.cinotify.incident.LaneIncident;
import io.kubevirt.cinotify.incident.OutageIncident;
import io.kubevirt.cinotify.incident.Timer.Kind;
import io.kubevirt.cinotify.roster.TimeText;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What an outage leaves behind: lanes that were only folded close with it, what is still red is told in one list. */
final class OutageEnd {

    private final DetectContext context;
    private final LaneEvaluator evaluator;
    private final LaneIncidentLifecycle laneIncidents;

    OutageEnd(DetectContext desk, LaneEvaluator rule, LaneIncidentLifecycle lanes) {
        this.context = desk;
        this.evaluator = rule;
        this.laneIncidents = lanes;
    }

    /** It ends when it has not shown itself for long enough. */
    void scheduleEnd(OutageIncident outage) {
        Instant end = outage.lastFailure().plus(context.thresholds().outages().endAfter());
        context.timers().set(Kind.OUTAGE_END, outage.key(), end);
    }

    void end(OutageIncident outage, String why, Instant now) {
        outage.close(now, why);
        context.timers().cancel(Kind.OUTAGE_END, outage.key());
        context.forgetLater(outage, now);
        Set<GroupKey> red = stillRed(outage, now);
        release(outage, red, now);
        context.results().notifiable(outage);
        openGrouped(outage, red, now);
    }

    /** What failed after the outage last showed itself is not its work: it counts after all. */
    private Set<GroupKey> stillRed(OutageIncident outage, Instant now) {
        Set<GroupKey> back = new TreeSet<>();
        for (long number : outage.tail()) {
            WindowEntry entry = context.windows().all().get(number);
            if (entry != null && entry.exclusion() == ExclusionReason.OUTAGE) {
                context.windows().setExclusion(entry, null);
                GroupKey key = entry.run().key();
                back.add(key);
                if (!key.isPresubmit()) {
                    context.state().streaks().merge(entry.run().lane(), 1, Integer::sum);
                }
            }
        }
        back.removeIf(key -> !evaluator.evaluate(key, now).isMet());
        return back;
    }

    private void release(OutageIncident outage, Set<GroupKey> red, Instant now) {
        for (LaneIncident lane : List.copyOf(context.state().lanes().values())) {
            if (lane.isOpen() && lane.isFoldedInto(outage)) {
                if (red.contains(lane.groupKey())) {
                    lane.foldInto(null);
                    context.results().touch(lane);
                } else {
                    laneIncidents.close(lane, "the outage that explained it is over", now);
                }
            }
        }
    }

    private void openGrouped(OutageIncident outage, Set<GroupKey> red, Instant now) {
        LaneIncident.Aftermath after = new LaneIncident.Aftermath(outage.id(), outage.title(), now);
        red.stream()
                .filter(key -> context.state().openLane(key).isEmpty())
                .forEach(key -> laneIncidents.open(key, evaluator.evaluate(key, now), after, now));
    }

    void forget(OutageIncident outage) {
        context.state().outages().remove(outage.id());
    }

    /** It ends by itself when nothing points to it any more. */
    void endSilent(OutageIncident outage, Instant now) {
        end(
                outage,
                "no sign of it for "
                        + TimeText.duration(context.thresholds().outages().endAfter()),
                now);
    }
}
