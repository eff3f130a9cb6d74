// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.suspect;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What happened around the first red of a lane. */
public final class LaneHistory {
    /** Before the first red, and from it on. */
    public static final int MAX_RUNS = 50;

    private final LaneBreakage breakage;
    private final List<RunOnBase> runs;
    private final List<MergedPull> merges;
    private final @Nullable Instant definitionChangedAt;
    private final @Nullable String gap;
    private final Map<String, Integer> positions = new HashMap<>();

    /**
     * @param runs of the lane on one branch
     * @param merges to the branch, in the order of the branch, also those before the range; with bumps of other
     *     repositories that affect it
     * @param definitionChangedAt when the definition of the lane last changed before the first red; null if it did not
     * @param gap why merges may be missing; null if they are complete
     */
    public LaneHistory(
            LaneBreakage breakage,
            List<RunOnBase> runs,
            List<MergedPull> merges,
            @Nullable Instant definitionChangedAt,
            @Nullable String gap) {
        this.breakage = breakage;
        this.runs = aroundFirstRed(withoutRepeats(runs), breakage.firstRed());
        this.merges = List.copyOf(merges);
        this.definitionChangedAt = definitionChangedAt;
        this.gap = gap;
        for (int index = 0; index < merges.size(); index++) {
            if (merges.get(index).repository().equals(breakage.repository())) {
                positions.put(merges.get(index).commit(), index);
            }
        }
    }

    public LaneHistory withGap(@Nullable String reason) {
        return new LaneHistory(breakage, runs, merges, definitionChangedAt, reason);
    }

    /** The commits between which the lane broke, as {@code a...b}; empty if one is unknown, or they are the same. */
    public Optional<String> range() {
        return lastGreen().map(RunOnBase::base).flatMap(green -> firstRed()
                .map(RunOnBase::base)
                .filter(red -> !red.equals(green))
                .map(red -> green + "..." + red));
    }

    LaneBreakage breakage() {
        return breakage;
    }

    /** Oldest first. */
    List<RunOnBase> runs() {
        return runs;
    }

    public List<MergedPull> merges() {
        return merges;
    }

    @Nullable Instant definitionChangedAt() {
        return definitionChangedAt;
    }

    @Nullable String gap() {
        return gap;
    }

    /** A pull request may explain its own failures: only its first red counts. */
    private static List<RunOnBase> withoutRepeats(List<RunOnBase> all) {
        Set<Integer> red = new HashSet<>();
        return all.stream()
                .sorted(Comparator.comparing(RunOnBase::startedAt))
                .filter(run -> !run.red()
                        || run.pulls().size() != 1
                        || red.add(run.pulls().iterator().next()))
                .toList();
    }

    /** Later runs tell little more, and there are many in days. */
    private static List<RunOnBase> aroundFirstRed(List<RunOnBase> all, Instant firstRed) {
        int red = lastGreenIndex(all, firstRed) + 1;
        return List.copyOf(all.subList(Math.max(0, red - MAX_RUNS), Math.min(all.size(), red + MAX_RUNS)));
    }

    /** The first red run of the incident. */
    public Optional<RunOnBase> firstRed() {
        int green = lastGreenIndex(runs, breakage.firstRed());
        return runs.stream().skip(green + 1L).filter(RunOnBase::red).findFirst();
    }

    /** The last green run before the incident began. */
    public Optional<RunOnBase> lastGreen() {
        int index = lastGreenIndex(runs, breakage.firstRed());
        return index < 0 ? Optional.empty() : Optional.of(runs.get(index));
    }

    private static int lastGreenIndex(List<RunOnBase> runs, Instant firstRed) {
        int found = -1;
        for (int index = 0; index < runs.size(); index++) {
            RunOnBase run = runs.get(index);
            if (!run.red() && run.startedAt().isBefore(firstRed)) {
                found = index;
            } else if (run.red() && !run.startedAt().isBefore(firstRed)) {
                break;
            }
        }
        return found;
    }

    /** How many failed runs the incident has, one for each pull request. */
    long reds() {
        int green = lastGreenIndex(runs, breakage.firstRed());
        return runs.stream().skip(green + 1L).filter(RunOnBase::red).count();
    }

    /** Whether the base of a run has the merge. */
    boolean contains(RunOnBase run, int merge) {
        MergedPull pull = merges.get(merge);
        int base = pull.repository().equals(breakage.repository()) ? indexOf(run.base()) : -1;
        return base >= 0 ? merge <= base : !pull.mergedAt().isAfter(run.startedAt());
    }

    /** Whether the base of the run is known, and the ledger has it. */
    boolean isLocated(RunOnBase run) {
        return indexOf(run.base()) >= 0;
    }

    private int indexOf(@Nullable String base) {
        return base == null ? -1 : positions.getOrDefault(base, -1);
    }

    /** Indexes of the merges between the last green and the first red run. */
    List<Integer> between() {
        RunOnBase green = lastGreen().orElse(null);
        RunOnBase red = firstRed().orElse(null);
        return green == null || red == null
                ? List.of()
                : IntStream.range(0, merges.size())
                        .filter(index -> !contains(green, index) && contains(red, index))
                        .boxed()
                        .toList();
    }
}
