// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.digest;

import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts the runs of lanes, one after another. */
public final class LaneStatsCollector {

    private final Map<String, LaneCounts> lanes = new TreeMap<>();

    /** What has been seen of a commit. */
    private enum Seen {
        PASSED,
        FAILED,
        BOTH;

        Seen and(Seen other) {
            return this == other ? this : BOTH;
        }
    }

    private static final class LaneCounts {
        private final Map<String, Seen> commits = new HashMap<>();
        private final Map<String, Integer> sigs = new TreeMap<>();
        private int finished;
        private int red;
    }

    /**
     * Takes note of a run; of one that neither passed nor failed, nothing.
     *
     * @param sig whose its failure is; null if it passed
     */
    public void add(JobRun run, @Nullable String sig) {
        if (run.state() != JobState.SUCCESS && !run.state().isRed()) {
            return;
        }
        LaneCounts page = lanes.computeIfAbsent(run.lane().toString(), lane -> new LaneCounts());
        page.finished++;
        page.red += run.state().isRed() ? 1 : 0;
        if (sig != null) {
            page.sigs.merge(sig, 1, Integer::sum);
        }
        String commit = commit(run);
        if (commit != null) {
            page.commits.merge(commit, run.state().isRed() ? Seen.FAILED : Seen.PASSED, Seen::and);
        }
    }

    /** What was tested: the same once more only if base and all heads are the same; the base of a presubmit may move. */
    private static @Nullable String commit(JobRun run) {
        boolean known = run.type() == JobType.PRESUBMIT
                && !run.pulls().isEmpty()
                && run.pulls().stream().allMatch(pull -> pull.sha() != null);
        return known
                ? run.pulls().stream()
                        .map(pull -> Objects.requireNonNull(pull.sha()))
                        .sorted()
                        .collect(Collectors.joining("+"))
                : null;
    }

    /** The figures of all lanes, by name. */
    public List<LaneStats> stats() {
        return lanes.entrySet().stream()
                .map(lane -> stats(lane.getKey(), lane.getValue()))
                .toList();
    }

    private static LaneStats stats(String lane, LaneCounts page) {
        int flaky =
                (int) page.commits.values().stream().filter(Seen.BOTH::equals).count();
        String sig = page.sigs.entrySet().stream()
                .reduce((one, other) -> other.getValue() > one.getValue() ? other : one)
                .map(Map.Entry::getKey)
                .orElse("");
        return new LaneStats(lane, sig, page.finished, page.red, page.commits.size(), flaky);
    }
}
