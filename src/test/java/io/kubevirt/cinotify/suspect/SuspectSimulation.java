// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.suspect;

import io.kubevirt.cinotify.routing.Cause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Breaks a lane again and again, with a merge or without, with chance as measured: 3.6 merges a day, a third of them in the
 * minute of another one.
 */
final class SuspectSimulation {
    private static final int DAY = 24 * 60;
    private static final int BREAK_FROM = 3 * DAY;
    private static final int END = 10 * DAY;
    private static final double MERGES_A_DAY = 3.6;
    private static final double FAILS = 0.95;
    private static final String NAMED = "tests/network/bridge_test.go";
    private static final String BESIDE = "tests/network/util.go";
    private static final String SIG = "pkg/network/link.go";
    private static final String OTHER = "pkg/other/file.go";

    private final SplittableRandom random;
    private final int runsADay;
    private final double flakeShare;
    private final boolean strong;

    SuspectSimulation(long seed, int runsADay, double flakeShare, boolean strong) {
        this.random = new SplittableRandom(seed);
        this.runsADay = runsADay;
        this.flakeShare = flakeShare;
        this.strong = strong;
    }

    /** @param culprit null if nothing of the repository broke the lane */
    record Case(SuspectReport report, @Nullable String culprit) {}

    Case next(boolean withCulprit) {
        int broken = BREAK_FROM + random.nextInt(DAY);
        List<Integer> minutes = minutes();
        int culprit = IntStream.range(0, minutes.size())
                .filter(index -> minutes.get(index) >= broken)
                .findFirst()
                .orElse(minutes.size() - 1);
        List<MergedPull> merges = new ArrayList<>();
        for (int index = 0; index < minutes.size(); index++) {
            merges.add(merge(index, minutes.get(index), withCulprit && index == culprit));
        }
        int from = withCulprit ? minutes.get(culprit) : broken;
        List<RunOnBase> runs = new ArrayList<>();
        int reds = 0;
        Instant first = Instant.EPOCH;
        for (int minute = random.nextInt(DAY / runsADay); minute < END && reds < 3; minute += DAY / runsADay) {
            RunOnBase run = run(minute, merges, minute >= from);
            runs.add(run);
            reds = run.red() ? reds + 1 : 0;
            first = reds == 1 ? run.startedAt() : first;
        }
        LaneBreakage breakage =
                new LaneBreakage("org/repo", Cause.TEST, "sig-network", List.of(NAMED + ":9"), flakeShare, first, 1);
        SuspectReport report =
                new SuspectRanker(SuspectConfig.DEFAULTS).rank(new LaneHistory(breakage, runs, merges, null, null));
        return new Case(report, withCulprit ? merges.get(culprit).name() : null);
    }

    private RunOnBase run(int minute, List<MergedPull> merges, boolean broken) {
        Instant at = ScriptedHistory.at(minute);
        String base = merges.stream()
                .filter(pull -> !pull.mergedAt().isAfter(at))
                .reduce((earlier, later) -> later)
                .map(MergedPull::commit)
                .orElse(null);
        return new RunOnBase(at, base, random.nextDouble() < (broken ? FAILS : flakeShare), Set.of());
    }

    private List<Integer> minutes() {
        List<Integer> minutes = new ArrayList<>(List.of(-1));
        int count = (int) (MERGES_A_DAY * END / DAY);
        for (int index = 0; index < count; index++) {
            minutes.add(random.nextInt(3) == 0 ? minutes.get(random.nextInt(minutes.size())) : random.nextInt(END));
        }
        minutes.sort(Comparator.naturalOrder());
        return minutes;
    }

    private MergedPull merge(int index, int minute, boolean culprit) {
        double chance = random.nextDouble();
        double file = !culprit ? 0.02 : strong ? 0.6 : 0.3;
        double beside = file + (!culprit ? 0.015 : 0.1);
        double sig = beside + (!culprit ? 0.03 : strong ? 0.15 : 0.2);
        String path = chance < file ? NAMED : chance < beside ? BESIDE : chance < sig ? SIG : OTHER;
        return new MergedPull(
                "org/repo",
                "main",
                String.format("%040x", index + 1),
                index + 1,
                "Change",
                "dev",
                ScriptedHistory.at(minute),
                List.of(path),
                true,
                null);
    }
}
