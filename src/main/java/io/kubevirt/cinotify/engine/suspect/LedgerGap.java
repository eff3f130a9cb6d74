// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.suspect;

import io.kubevirt.cinotify.store.MergeTable;
import io.kubevirt.cinotify.suspect.LaneHistory;
import io.kubevirt.cinotify.suspect.MergedPull;
import io.kubevirt.cinotify.suspect.RunOnBase;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds out whether the ledger has all merges between the last green and the first red run. */
record LedgerGap(MergeTable table, String repository) {
    static final String UNKNOWN = "the merges between the last green and the first red run may be incomplete";

    /** Null if they are complete as far as the tested commits show. */
    @Nullable String reason(LaneHistory history) {
        Optional<RunOnBase> green = history.lastGreen();
        Optional<RunOnBase> red = history.firstRed();
        if (green.isEmpty() || red.isEmpty() || isComplete(green.get(), red.get(), history.merges())) {
            return null;
        }
        String problem = history.range()
                .flatMap(range -> table.rangeProblem(repository, range))
                .orElse(UNKNOWN);
        return problem.isEmpty() ? null : problem;
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
