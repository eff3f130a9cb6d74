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

import io.kubevirt.cinotify.diagnosis.Known;
import io.kubevirt.cinotify.incident.policy.Timer.Kind;
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
final class Mutes {

    private final Desk desk;
    private final LaneRule rule;

    Mutes(Desk desk, LaneRule rule) {
        this.desk = desk;
        this.rule = rule;
    }

    /** The artifacts of a run say who cares for its failure, or that nobody does. */
    void learn(Input.Learned learned, Instant now) {
        desk.windows().find(learned.run()).filter(Entry::failed).ifPresent(entry -> {
            entry.learn(learned.diagnosis().known());
            desk.memory().openLane(entry.run().key()).ifPresent(lane -> review(lane, now));
        });
    }

    /** Looks again whether a lane is explained. */
    void review(LaneCase lane, Instant now) {
        List<Entry> red = red(lane, now);
        Known mute = explaining(lane, red, now);
        if (!Objects.equals(mute, lane.mute())) {
            lane.mute(mute);
            desk.ledger().news(lane);
        }
        if (mute == null) {
            desk.agenda().cancel(Kind.MUTE_END, lane.key());
        } else {
            watch(lane);
            red.stream().filter(entry -> isFresh(entry, now)).findFirst().ifPresent(fresh -> await(lane, fresh));
        }
    }

    /** It speaks when the issue counts no more. */
    void watch(LaneCase lane) {
        Known mute = lane.mute();
        if (mute != null) {
            desk.agenda().set(Kind.MUTE_END, lane.key(), mute.end());
        }
    }

    private void await(LaneCase lane, Entry fresh) {
        if (!desk.memory().held().containsKey(lane.stream())) {
            Instant until = fresh.at().plus(desk.thresholds().hold().time());
            desk.memory().held().put(lane.stream(), new Waiting(until, List.of()));
            desk.agenda().set(Kind.HELD, lane.stream().toString(), until);
        }
    }

    private @Nullable Known explaining(LaneCase lane, List<Entry> red, Instant now) {
        return red.stream()
                .filter(entry -> entry.isMuted(now))
                .reduce((earlier, later) -> later)
                .map(Entry::known)
                .or(() -> hitherto(lane, red, now))
                .filter(explained -> !rule.judge(
                                lane.stream(), entry -> !entry.isMuted(now) && !isFresh(entry, now), now)
                        .isMet())
                .orElse(null);
    }

    /** What explained it a day ago or longer does until a fresh run has had its time. */
    private Optional<Known> hitherto(LaneCase lane, List<Entry> red, Instant now) {
        return Optional.ofNullable(lane.mute())
                .filter(mute -> mute.mutesAt(now) && red.stream().anyMatch(entry -> isFresh(entry, now)));
    }

    /** Its artifacts may not have been read yet. */
    private boolean isFresh(Entry entry, Instant now) {
        return entry.known() == null
                && entry.at().plus(desk.thresholds().hold().time()).isAfter(now);
    }

    private List<Entry> red(LaneCase lane, Instant now) {
        return StreamSupport.stream(
                        desk.windows().day(lane.stream(), now).entries().spliterator(), false)
                .filter(Entry::counts)
                .toList();
    }
}
