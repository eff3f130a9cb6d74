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

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** When a lane, or its family, is broken. */
final class LaneRule {

    private final Desk desk;

    LaneRule(Desk desk) {
        this.desk = desk;
    }

    Judgement judge(StreamKey key, Instant now) {
        Tally day = desk.windows().day(key, now).figures();
        return key.isPresubmit()
                ? presubmit(key, day, () -> desk.windows().family(key, now))
                : inARow(key, day, job -> streak(key, job));
    }

    /** The same as if only some of its red runs of the day had been. */
    Judgement judge(StreamKey key, Predicate<Entry> counted, Instant now) {
        Tally day = new Tally();
        Tally family = new Tally();
        Map<String, Integer> streaks = new HashMap<>();
        Instant floor = now.minus(desk.thresholds().families().window());
        for (Entry entry : desk.windows().day(key, now).entries()) {
            if (entry.passed()) {
                streaks.remove(entry.run().job());
            } else if (entry.counts() && !counted.test(entry)) {
                continue;
            } else if (entry.counts()) {
                streaks.merge(entry.run().job(), 1, Integer::sum);
            }
            day.add(entry);
            if (entry.at().isAfter(floor)) {
                family.add(entry);
            }
        }
        return key.isPresubmit()
                ? presubmit(key, day, () -> family)
                : inARow(key, day, job -> streaks.getOrDefault(job, 0));
    }

    /** Whether one lane of a family is broken by itself. */
    boolean isBroken(StreamKey key, String job, Instant now) {
        Tally day = desk.windows().day(key, now).figures();
        if (!key.isPresubmit()) {
            return streak(key, job) >= need(key, job, day);
        }
        LaneTally lane = day.lane(job);
        return lane.pulls() >= need(key, job, day)
                && desk.limits().isShareMet(key.named(job), lane.red(), lane.green());
    }

    private Judgement inARow(StreamKey key, Tally day, ToIntFunction<String> streaks) {
        for (String job : day.redLanes()) {
            int streak = streaks.applyAsInt(job);
            if (streak >= need(key, job, day)) {
                return Judgement.met(job + " failed " + times(streak) + " in a row");
            }
        }
        return Judgement.below(Reason.BELOW_THRESHOLD, "not enough failures in a row");
    }

    private Judgement presubmit(StreamKey key, Tally day, Supplier<Tally> lately) {
        Optional<Judgement> tooFewAmongMany = Optional.empty();
        for (String job : day.redLanes()) {
            LaneTally lane = day.lane(job);
            if (lane.pulls() >= need(key, job, day)) {
                String found = job + " is red on " + lane.pulls() + " pull requests within "
                        + words(desk.thresholds().presubmits().window()) + ", " + share(lane.red(), lane.green());
                if (desk.limits().isShareMet(key.named(job), lane.red(), lane.green())) {
                    return Judgement.met(found);
                }
                tooFewAmongMany = Optional.of(Judgement.below(Reason.BELOW_SHARE, found));
            }
        }
        Judgement family = family(key, day, lately);
        return family.isMet() || family.otherwise() == Reason.BELOW_SHARE ? family : tooFewAmongMany.orElse(family);
    }

    /** A family sees several times the runs of a lane: so the same count in less time, or over several branches. */
    private Judgement family(StreamKey key, Tally day, Supplier<Tally> lately) {
        int enough = desk.limits().familyPulls(key);
        int branches = day.redBranches().size();
        boolean wide = branches >= desk.thresholds().families().branches();
        Duration window = wide
                ? desk.thresholds().presubmits().window()
                : desk.thresholds().families().window();
        int pulls = wide ? day.pulls() : lately.get().pulls();
        String found = "lanes of the family " + key.name() + " are red on " + pulls + " pull requests within "
                + words(window) + (wide ? " over " + branches + " branches" : "");
        if (pulls < enough) {
            return Judgement.below(Reason.BELOW_THRESHOLD, found);
        }
        found += ", " + share(day.red(), day.greenWhereRed());
        return desk.limits().isShareMet(key, day.red(), day.greenWhereRed())
                ? Judgement.met(found)
                : Judgement.below(Reason.BELOW_SHARE, found);
    }

    private int need(StreamKey key, String job, Tally day) {
        return desk.limits().failures(key.named(job), day.lane(job).need());
    }

    private int streak(StreamKey key, String job) {
        return desk.memory().streaks().getOrDefault(key.named(job), 0);
    }

    private static String share(int red, int green) {
        return green == 0
                ? "and no run is known to have passed"
                : Math.round(100.0 * red / (red + green)) + " % of " + (red + green) + " finished runs";
    }

    static String words(Duration duration) {
        return duration.toMinutes() % 60 == 0 ? duration.toHours() + " h" : duration.toMinutes() + " min";
    }

    private static String times(int count) {
        return count == 1 ? "once" : count + " times";
    }
}
