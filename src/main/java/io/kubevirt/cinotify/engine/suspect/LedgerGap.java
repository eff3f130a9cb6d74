// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.suspect;

import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.store.MergeTable;
import io.kubevirt.cinotify.suspect.MergedPull;
import io.kubevirt.cinotify.suspect.RunOnBase;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds out whether the ledger has all merges between the last green and the first red run. */
record LedgerGap(MergeTable table, String repository) {
    static final String UNKNOWN = "the merges between the last green and the first red run may be incomplete";

    /** Null if they are complete as far as the tested commits show. */
    @Nullable String reason(IncidentView incident, List<RunOnBase> runs, List<MergedPull> merges) {
        Optional<RunOnBase> green = lastGreen(incident, runs);
        Optional<RunOnBase> red = firstRed(incident, runs, green);
        if (green.isEmpty() || red.isEmpty() || isComplete(green.get(), red.get(), merges)) {
            return null;
        }
        String problem = range(green.get(), red.get())
                .flatMap(range -> table.rangeProblem(repository, range))
                .orElse(UNKNOWN);
        return problem.isEmpty() ? null : problem;
    }

    /** The commits to ask for; empty if they are unknown or the same. */
    static Optional<String> range(RunOnBase green, RunOnBase red) {
        return green.base() == null || red.base() == null || green.base().equals(red.base())
                ? Optional.empty()
                : Optional.of(green.base() + "..." + red.base());
    }

    static Optional<RunOnBase> lastGreen(IncidentView incident, List<RunOnBase> runs) {
        return runs.stream()
                .filter(run -> !run.red() && run.startedAt().isBefore(incident.since()))
                .max(Comparator.comparing(RunOnBase::startedAt));
    }

    static Optional<RunOnBase> firstRed(IncidentView incident, List<RunOnBase> runs, Optional<RunOnBase> green) {
        Instant from = green.map(RunOnBase::startedAt).orElse(Instant.MIN);
        return runs.stream()
                .filter(run -> run.red() && run.startedAt().isAfter(from))
                .min(Comparator.comparing(RunOnBase::startedAt));
    }

    private static boolean isComplete(RunOnBase green, RunOnBase red, List<MergedPull> merges) {
        Set<String> commits = merges.stream().map(MergedPull::commit).collect(Collectors.toSet());
        boolean same = green.base() != null && green.base().equals(red.base());
        boolean reaches = !merges.isEmpty() && !merges.getFirst().mergedAt().isAfter(green.startedAt());
        return same
                || (green.base() == null ? reaches : commits.contains(green.base()))
                        && (red.base() == null || commits.contains(red.base()));
    }
}
