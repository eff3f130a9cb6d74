// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.suspect;

import io.kubevirt.cinotify.suspect.SuspectConfig.Factor;
import io.kubevirt.cinotify.suspect.SuspectReport.Hypothesis;
import io.kubevirt.cinotify.suspect.SuspectReport.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Weighs the changes before the first red of a lane by Bayes' rule. An outage and mere flakes are hypotheses too; without
 * them one change would always win.
 */
public final class SuspectRanker {
    /** The chance that a run fails once the lane is broken. */
    private static final double FAILS = 0.9;

    /** A change that explains the runs this much worse than the best one is out of the range. */
    private static final double OUT_OF_RANGE = 50;

    private static final double MIN_FLAKE_SHARE = 0.02;
    private static final double MAX_FLAKE_SHARE = 0.5;
    private static final Duration TODAY = Duration.ofDays(1);
    private static final Duration RECENT = Duration.ofDays(3);

    private final SuspectConfig config;

    public SuspectRanker(SuspectConfig config) {
        this.config = config;
    }

    public SuspectReport rank(LaneHistory history) {
        List<Weighed> weighed = new ArrayList<>(merges(history));
        definition(history).ifPresent(weighed::add);
        int known = config.mergePrior() + config.definitionPrior() + config.outagePrior();
        weighed.add(new Weighed(Kind.OUTAGE, null, percent(config.outagePrior()), outage(history), List.of()));
        weighed.add(new Weighed(Kind.FLAKES, null, percent(100 - known), likelihood(history, run -> false), List.of()));
        double best = weighed.stream().mapToDouble(Weighed::log).max().orElseThrow();
        double sum = weighed.stream()
                .mapToDouble(each -> Math.exp(each.log() - best))
                .sum();
        List<Hypothesis> hypotheses = weighed.stream()
                .map(each ->
                        new Hypothesis(each.kind(), each.merge(), Math.exp(each.log() - best) / sum, each.factors()))
                .sorted(Comparator.comparingDouble(Hypothesis::posterior).reversed())
                .toList();
        return new SuspectReport(config, history, hypotheses, new SilenceRules(config, history).reason());
    }

    /** @param runs logarithm of the likelihood of the runs */
    private record Weighed(Kind kind, @Nullable MergedPull merge, double prior, double runs, List<Factor> factors) {
        double log() {
            return Math.log(prior)
                    + runs
                    + factors.stream()
                            .mapToDouble(factor -> Math.log(factor.ratio()))
                            .sum();
        }
    }

    private static double percent(int share) {
        return share / 100.0;
    }

    /** The merges that explain the runs about as well as the best one; they share the prior. */
    private List<Weighed> merges(LaneHistory history) {
        double[] runs = IntStream.range(0, history.merges().size())
                .mapToDouble(index -> likelihood(history, run -> history.contains(run, index)))
                .toArray();
        double best = Arrays.stream(runs).max().orElse(0);
        List<Integer> range = IntStream.range(0, runs.length)
                .filter(index -> runs[index] >= best - Math.log(OUT_OF_RANGE) && isBeforeTheEnd(history, index))
                .boxed()
                .toList();
        MergeEvidence evidence = new MergeEvidence(config, history);
        return range.stream()
                .map(index -> new Weighed(
                        Kind.MERGE,
                        history.merges().get(index),
                        percent(config.mergePrior()) / range.size(),
                        runs[index],
                        evidence.of(index)))
                .toList();
    }

    /** A merge that no red run contains explains nothing. */
    private static boolean isBeforeTheEnd(LaneHistory history, int index) {
        return history.runs().stream().anyMatch(run -> run.red() && history.contains(run, index));
    }

    private Optional<Weighed> definition(LaneHistory history) {
        Instant changed = history.definitionChangedAt();
        if (changed == null || changed.isAfter(history.breakage().firstRed())) {
            return Optional.empty();
        }
        Duration before = Duration.between(changed, history.breakage().firstRed());
        List<Factor> factors = before.compareTo(TODAY) <= 0
                ? List.of(config.factor(EvidenceKind.DEFINITION_TODAY))
                : before.compareTo(RECENT) <= 0 ? List.of(config.factor(EvidenceKind.DEFINITION_RECENT)) : List.of();
        return Optional.of(new Weighed(
                Kind.DEFINITION,
                null,
                percent(config.definitionPrior()),
                likelihood(history, run -> !run.startedAt().isBefore(changed)),
                factors));
    }

    /** Since the time that explains the runs best. */
    private static double outage(LaneHistory history) {
        return history.runs().stream()
                .map(RunOnBase::startedAt)
                .mapToDouble(
                        begin -> likelihood(history, run -> !run.startedAt().isBefore(begin)))
                .max()
                .orElse(0);
    }

    /** Logarithm of the chance of the runs if exactly these were broken. */
    private static double likelihood(LaneHistory history, Predicate<RunOnBase> broken) {
        double flaky = Math.clamp(history.breakage().flakeShare(), MIN_FLAKE_SHARE, MAX_FLAKE_SHARE);
        return history.runs().stream()
                .mapToDouble(run -> {
                    double red = broken.test(run) ? FAILS : flaky;
                    return Math.log(run.red() ? red : 1 - red);
                })
                .sum();
    }
}
