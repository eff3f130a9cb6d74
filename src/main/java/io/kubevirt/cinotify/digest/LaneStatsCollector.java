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

/** Collects statistics of lanes from runs. */
public final class LaneStatsCollector {
    private final Map<String, LaneCounts> lanes = new TreeMap<>();

    /** The results of a commit. */
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
     * Adds a run; ignored if it neither passed nor failed.
     *
     * @param sig the SIG that owns the failure; null if the run passed
     */
    public void add(JobRun run, @Nullable String sig) {
        if (run.state() != JobState.SUCCESS && !run.state().isRed()) {
            return;
        }
        LaneCounts counts = lanes.computeIfAbsent(run.lane().toString(), lane -> new LaneCounts());
        counts.finished++;
        counts.red += run.state().isRed() ? 1 : 0;
        if (sig != null) {
            counts.sigs.merge(sig, 1, Integer::sum);
        }
        String commit = commit(run);
        if (commit != null) {
            counts.commits.merge(commit, run.state().isRed() ? Seen.FAILED : Seen.PASSED, Seen::and);
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

    /** The statistics of all lanes, by name. */
    public List<LaneStats> stats() {
        return lanes.entrySet().stream()
                .map(lane -> stats(lane.getKey(), lane.getValue()))
                .toList();
    }

    private static LaneStats stats(String lane, LaneCounts counts) {
        int flaky =
                (int) counts.commits.values().stream().filter(Seen.BOTH::equals).count();
        String sig = counts.sigs.entrySet().stream()
                .reduce((one, other) -> other.getValue() > one.getValue() ? other : one)
                .map(Map.Entry::getKey)
                .orElse("");
        return new LaneStats(lane, sig, counts.finished, counts.red, counts.commits.size(), flaky);
    }

    /**
     * Statistics of a lane.
     *
     * @param sig the SIG that owns most of its failures; empty if it had none
     * @param finished runs that passed or failed
     * @param red runs that failed
     * @param commits commits with a finished run; runs of unknown commits are not counted
     * @param flaky commits that both passed and failed
     */
    public record LaneStats(String lane, String sig, int finished, int red, int commits, int flaky) {
        /** Finished runs by lane. */
        public static Map<String, Long> finished(List<LaneStats> lanes) {
            return lanes.stream().collect(Collectors.toMap(LaneStats::lane, lane -> (long) lane.finished()));
        }
    }
}
