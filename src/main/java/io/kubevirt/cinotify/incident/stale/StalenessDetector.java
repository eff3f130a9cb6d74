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
 * Sees what does not happen: periodic jobs that do not start, clusters that do not start what waits, a Prow that is silent
 * (design.md section 5). The wider problem is told in place of the narrower ones that it explains.
 */
public final class StalenessDetector {

    /** Remembers since when each periodic job has been on its schedule. */
    @FunctionalInterface
    public interface ScheduleHistory {

        /**
         * Since when the job has been on this schedule; from now on if it is new or was on another. A new job, and one that
         * is to run more often, is not late on its first day.
         */
        Instant inForceSince(String job, String schedule, Instant now);
    }

    /**
     * A run that was not seen for so long has ended unseen: Prow keeps ended ones for a week unless it is told otherwise
     * (prow-contract §6), so that after a gap each shows that it has ended, or still waits.
     */
    private static final Duration PROWJOB_RETENTION = Duration.ofDays(7);

    /** The subject where Prow itself is silent. */
    public static final String EVERYWHERE = "everywhere";

    private final StalenessThresholds thresholds;
    private final RunStarts runStarts;
    private final OpenProblems openProblems;
    private final ScheduleHistory schedules;

    /**
     * @param thresholds how long is too long
     * @param runs what has been seen
     * @param openProblems what was seen before
     * @param schedules since when each job has been on its schedule
     */
    public StalenessDetector(
            StalenessThresholds thresholds, RunStarts runs, OpenProblems openProblems, ScheduleHistory schedules) {
        this.thresholds = thresholds;
        this.runStarts = runs;
        this.openProblems = openProblems;
        this.schedules = schedules;
    }

    /**
     * Looks at what has been seen; to be called about once a minute.
     *
     * @param watch since when the plugin sees; nothing is concluded while it is blind, nor just after
     * @param jobs the job configuration in force
     * @return what has gone wrong or is over since, and what is left out because of something wider
     */
    public List<StalenessResult> detect(WatchStatus watch, JobConfig jobs, Instant now) {
        // Also while nothing is concluded: the count begins with the first look at a schedule.
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
