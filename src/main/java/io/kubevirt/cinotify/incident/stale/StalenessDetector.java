// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.stale;

import io.kubevirt.cinotify.prow.JobConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Detects what does not happen: periodic jobs that do not start, clusters that do not start pending runs, a silent
 * Prow. A wider problem suppresses the narrower ones that it explains.
 */
public final class StalenessDetector {

    /** Stores since when each periodic job has had its schedule. */
    @FunctionalInterface
    public interface ScheduleHistory {

        /**
         * Since when the job has had this schedule; now, if it is new or had another. So a new job, or one that runs
         * more often now, is not late on its first day.
         */
        Instant inForceSince(String job, String schedule, Instant now);
    }

    /**
     * A run that was not seen for this long has ended unseen: Prow keeps finished ProwJobs for a week by default (prow-
     * contract §6), so after a gap each one shows up again.
     */
    private static final Duration PROWJOB_RETENTION = Duration.ofDays(7);

    /** The subject of a silent Prow. */
    public static final String EVERYWHERE = "everywhere";

    private final StalenessThresholds thresholds;
    private final RunStarts runStarts;
    private final OpenProblems openProblems;
    private final ScheduleHistory schedules;

    public StalenessDetector(
            StalenessThresholds thresholds, RunStarts runs, OpenProblems openProblems, ScheduleHistory schedules) {
        this.thresholds = thresholds;
        this.runStarts = runs;
        this.openProblems = openProblems;
        this.schedules = schedules;
    }

    /**
     * Checks for problems; call it about once a minute.
     *
     * @param watch since when ci-notify watches; nothing is concluded while a source is down, nor just after
     * @param jobs the current job configuration
     * @return problems raised and cleared, and those suppressed by wider ones
     */
    public List<StalenessResult> detect(WatchStatus watch, JobConfig jobs, Instant now) {
        // Always computed, because the count starts when a schedule is first seen.
        List<ExpectedStart> expectedStarts =
                new ExpectedStarts(thresholds, schedules, runStarts, openProblems).of(jobs, now);
        Instant seenSince = watch.unbrokenSince();
        if (seenSince == null || !watch.isSteady(thresholds.grace(), now)) {
            return List.of();
        }
        Map<String, Instant> lastPods = runStarts.lastPods();
        List<ClusterQueue> queues = new ClusterQueues(thresholds, jobs, lastPods, watch.began())
                .of(runStarts.waiting(now.minus(PROWJOB_RETENTION)), now);
        ProwSilence silence = new ProwSilence(thresholds, expectedStarts, queues, lastPods, openProblems, now);
        StaleProblemFactory problems = new StaleProblemFactory(thresholds.areas(), watch, now);

        List<StalenessResult> results = new ArrayList<>(silence.detect(problems));
        StalledClusterDetector stalled = new StalledClusterDetector(openProblems, problems, silence.isSilent());
        results.addAll(stalled.detect(queues));
        MissingRunDetector missing = new MissingRunDetector(
                openProblems, problems, silence.isSilent() || silence.isSuspected(), stalled.clusters());
        results.addAll(missing.detect(expectedStarts, jobs));
        return List.copyOf(results);
    }
}
