/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.incident.policy;

import io.kubevirt.cinotify.incident.policy.Timer.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What an outage leaves behind: lanes that were only folded close with it, what is still red is told in one list. */
final class OutageEnd {

    private final Desk desk;
    private final LaneRule rule;
    private final Lanes lanes;

    OutageEnd(Desk desk, LaneRule rule, Lanes lanes) {
        this.desk = desk;
        this.rule = rule;
        this.lanes = lanes;
    }

    /** It ends when it has not shown itself for long enough. */
    void watch(OutageCase outage) {
        Instant end = outage.lastFailure().plus(desk.thresholds().outages().endAfter());
        desk.agenda().set(Kind.OUTAGE_END, outage.key(), end);
    }

    void end(OutageCase outage, String why, Instant now) {
        outage.close(now, why);
        desk.agenda().cancel(Kind.OUTAGE_END, outage.key());
        desk.forgetLater(outage, now);
        Set<StreamKey> red = stillRed(outage, now);
        release(outage, red, now);
        desk.ledger().news(outage);
        openTogether(outage, red, now);
    }

    /** What failed after the outage last showed itself is not its work: it counts after all. */
    private Set<StreamKey> stillRed(OutageCase outage, Instant now) {
        Set<StreamKey> back = new TreeSet<>();
        for (long number : outage.tail()) {
            Entry entry = desk.windows().all().get(number);
            if (entry != null && entry.mark() == Mark.OUTAGE) {
                desk.windows().mark(entry, null);
                StreamKey key = entry.run().key();
                back.add(key);
                if (!key.isPresubmit()) {
                    desk.memory().streaks().merge(entry.run().lane(), 1, Integer::sum);
                }
            }
        }
        back.removeIf(key -> !rule.judge(key, now).isMet());
        return back;
    }

    private void release(OutageCase outage, Set<StreamKey> red, Instant now) {
        for (LaneCase lane : List.copyOf(desk.memory().lanes().values())) {
            if (lane.isOpen() && lane.isFoldedInto(outage)) {
                if (red.contains(lane.stream())) {
                    lane.foldInto(null);
                    desk.ledger().touch(lane);
                } else {
                    lanes.close(lane, "the outage that explained it is over", now);
                }
            }
        }
    }

    private void openTogether(OutageCase outage, Set<StreamKey> red, Instant now) {
        LaneCase.Aftermath after = new LaneCase.Aftermath(outage.id(), outage.title(), now);
        red.stream()
                .filter(key -> desk.memory().openLane(key).isEmpty())
                .forEach(key -> lanes.open(key, rule.judge(key, now), after, now));
    }

    void forget(OutageCase outage) {
        desk.memory().outages().remove(outage.id());
    }

    /** It ends by itself when nothing points to it any more. */
    void fadesOut(OutageCase outage, Instant now) {
        end(
                outage,
                "no sign of it for "
                        + LaneRule.words(desk.thresholds().outages().endAfter()),
                now);
    }
}
