// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import io.kubevirt.cinotify.incident.FailureClass;
import io.kubevirt.cinotify.incident.GroupKey;
import io.kubevirt.cinotify.incident.SuppressionReason;
import io.kubevirt.cinotify.roster.TimeText;
import io.kubevirt.cinotify.text.Plural;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** Decides whether a lane, or its family, is broken. */
final class LaneEvaluator {
    /**
     * Whether a threshold is met.
     *
     * @param suppressionReason the reason for a run if it is not met
     * @param explanation a sentence without the full stop
     */
    record Result(boolean isMet, SuppressionReason suppressionReason, String explanation) {
        static Result met(String explanation) {
            return new Result(true, SuppressionReason.BELOW_THRESHOLD, explanation);
        }

        static Result below(SuppressionReason reason, String explanation) {
            return new Result(false, reason, explanation);
        }
    }

    private final DetectContext context;

    LaneEvaluator(DetectContext context) {
        this.context = context;
    }

    Result evaluate(GroupKey key, Instant now) {
        if (key.failureClass() != null) {
            return evaluateClass(key, now);
        }
        FamilyStats day = context.windows().day(key, now).stats();
        return key.isPresubmit()
                ? presubmit(key, day, () -> context.windows().family(key, now))
                : inARow(key, day, job -> streak(key, job));
    }

    private Result evaluateClass(GroupKey key, Instant now) {
        Result result = evaluate(key, entry -> true, now);
        long subjects = context.windows().countedRuns(key, now).stream()
                .map(entry -> entry.run().subject())
                .distinct()
                .count();
        FailureClass only = Objects.requireNonNull(key.failureClass());
        String found =
                result.explanation() + "; " + only.description() + ", which the other open incident does not explain";
        return result.isMet()
                        && (!key.isPresubmit()
                                || subjects >= context.thresholds().otherClass().pulls())
                ? Result.met(found)
                : Result.below(result.suppressionReason(), found);
    }

    /** Evaluates a problem as if only some of its failed runs existed. */
    Result evaluate(GroupKey problem, Predicate<WindowEntry> counted, Instant now) {
        GroupKey key = problem.family();
        FamilyStats day = new FamilyStats();
        FamilyStats family = new FamilyStats();
        Map<String, Integer> streaks = new HashMap<>();
        Instant floor = now.minus(context.thresholds().families().window());
        for (WindowEntry entry : context.windows().day(key, now).runs().toList()) {
            if (entry.passed()) {
                streaks.remove(entry.run().job());
            }
            boolean counts = entry.countsFor(problem) && counted.test(entry);
            if (counts) {
                streaks.merge(entry.run().job(), 1, Integer::sum);
            } else if (!entry.isGreen()) {
                continue;
            }
            day.add(entry, counts);
            if (entry.at().isAfter(floor)) {
                family.add(entry, counts);
            }
        }
        return key.isPresubmit()
                ? presubmit(key, day, () -> family)
                : inARow(key, day, job -> streaks.getOrDefault(job, 0));
    }

    /** Whether one lane of a family is broken by itself. */
    boolean isBroken(GroupKey problem, String job, Instant now) {
        GroupKey key = problem.family();
        FamilyStats day = context.windows().day(key, now).stats();
        if (problem.failureClass() != null) {
            return context.windows().countedRuns(problem, now).stream()
                            .filter(entry -> entry.run().job().equals(job))
                            .map(entry -> entry.run().subject())
                            .distinct()
                            .count()
                    >= requiredFailures(key, job, day);
        }
        if (!key.isPresubmit()) {
            return streak(key, job) >= requiredFailures(key, job, day);
        }
        FamilyStats.Lane lane = day.lane(job);
        return lane.pulls() >= requiredFailures(key, job, day)
                && context.thresholdResolver().isShareMet(key.named(job), lane.red(), lane.green());
    }

    private Result inARow(GroupKey key, FamilyStats day, ToIntFunction<String> streaks) {
        for (String job : day.redLanes()) {
            int streak = streaks.applyAsInt(job);
            if (streak >= requiredFailures(key, job, day)) {
                return Result.met(job + " failed" + (streak == 1 ? "" : " " + Plural.times(streak) + " in a row"));
            }
        }
        return Result.below(SuppressionReason.BELOW_THRESHOLD, "too few failures in a row");
    }

    private Result presubmit(GroupKey key, FamilyStats day, Supplier<FamilyStats> recent) {
        Optional<Result> tooFewAmongMany = Optional.empty();
        for (String job : day.redLanes()) {
            FamilyStats.Lane lane = day.lane(job);
            if (lane.pulls() >= requiredFailures(key, job, day)) {
                String found = job + " is red on " + Plural.of(lane.pulls(), "pull request") + " within "
                        + TimeText.duration(context.thresholds().presubmits().window()) + ", "
                        + share(lane.red(), lane.green());
                if (context.thresholdResolver().isShareMet(key.named(job), lane.red(), lane.green())) {
                    return Result.met(found);
                }
                tooFewAmongMany = Optional.of(Result.below(SuppressionReason.BELOW_SHARE, found));
            }
        }
        Result family = family(key, day, recent);
        return family.isMet() || family.suppressionReason() == SuppressionReason.BELOW_SHARE
                ? family
                : tooFewAmongMany.orElse(family);
    }

    /**
     * A family has several times the runs of a lane, so it takes the same count in less time, or over several branches.
     */
    private Result family(GroupKey key, FamilyStats day, Supplier<FamilyStats> recent) {
        int enough = context.thresholdResolver().familyPulls(key);
        int branches = day.redBranches().size();
        boolean wide = branches >= context.thresholds().families().branches();
        Duration window = wide
                ? context.thresholds().presubmits().window()
                : context.thresholds().families().window();
        int pulls = wide ? day.pulls() : recent.get().pulls();
        String found = "lanes of family " + key.name() + " are red on "
                + Plural.of(pulls, "pull request") + " within "
                + TimeText.duration(window) + (wide ? " over " + branches + " branches" : "");
        if (pulls < enough) {
            return Result.below(SuppressionReason.BELOW_THRESHOLD, found);
        }
        found += ", " + share(day.red(), day.greenWhereRed());
        return context.thresholdResolver().isShareMet(key, day.red(), day.greenWhereRed())
                ? Result.met(found)
                : Result.below(SuppressionReason.BELOW_SHARE, found);
    }

    private int requiredFailures(GroupKey key, String job, FamilyStats day) {
        return context.thresholdResolver()
                .failures(key.named(job), day.lane(job).requiredFailures());
    }

    private int streak(GroupKey key, String job) {
        return context.state().streaks().getOrDefault(key.named(job), 0);
    }

    private static String share(int red, int green) {
        return green == 0
                ? "and no run passed"
                : Math.round(100.0 * red / (red + green)) + " % of " + Plural.of(red + green, "finished run");
    }
}
