// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.stale;

import io.kubevirt.cinotify.incident.ReportedProblem;
import io.kubevirt.cinotify.incident.stale.ClusterQueues.ClusterQueue;
import io.kubevirt.cinotify.incident.stale.ExpectedStarts.ExpectedStart;
import io.kubevirt.cinotify.prow.JobConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
        StaleProblemFactory problems = new StaleProblemFactory(thresholds.areas(), openProblems, watch, now);
        ProwSilence silence = new ProwSilence(thresholds, expectedStarts, queues, lastPods, problems);

        List<StalenessResult> results = new ArrayList<>(silence.detect());
        StalledClusterDetector stalled = new StalledClusterDetector(problems, silence.isSilent());
        results.addAll(stalled.detect(queues));
        MissingRunDetector missing =
                new MissingRunDetector(problems, silence.isSilent() || silence.isSuspected(), stalled.clusters());
        results.addAll(missing.detect(expectedStarts, jobs));
        return List.copyOf(results);
    }

    public sealed interface StalenessResult {
        record Raised(ReportedProblem problem) implements StalenessResult {}

        /** A problem is over. {@code why}: a sentence without the full stop. */
        record Cleared(String key, String why) implements StalenessResult {}

        /** A wider problem explains this one; counted once. */
        record Suppressed(Reason why, String reason) implements StalenessResult {}

        /** Why a problem is suppressed; a metric label. */
        enum Reason {
            PROW_SILENT,
            CLUSTER_STALLED;

            /** In kebab case, as counted and shown. */
            public String value() {
                return name().toLowerCase(Locale.ROOT).replace('_', '-');
            }
        }
    }

    /**
     * Since when ci-notify watches Prow.
     *
     * @param began when it first watched; nothing is concluded about the time before
     * @param unbrokenSince since when it has seen every run, including those it caught up with; null while sources are down
     */
    public record WatchStatus(Instant began, @Nullable Instant unbrokenSince, Instant lastCheck) {
        /** Whether ci-notify has watched long enough to draw conclusions from what it does not see. */
        boolean isSteady(Duration settling, Instant now) {
            return unbrokenSince != null && !now.isBefore(unbrokenSince.plus(settling));
        }

        /** Whether an instant came after the last check, so that a suppression is counted once. */
        boolean isNew(Instant instant) {
            return instant.isAfter(lastCheck);
        }
    }
}
