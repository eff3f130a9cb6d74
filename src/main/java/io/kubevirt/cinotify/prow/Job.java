// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the job configuration; several entries may share a name and differ by their branches.
 *
 * @param name the job's name
 * @param type presubmit, postsubmit or periodic; batches run presubmits
 * @param repository the tested repository; for a periodic the first of its {@code extra_refs}, null if it has none
 * @param branches the branches it runs on; all for a periodic
 * @param cluster alias of the build cluster
 * @param trigger what starts it
 * @param optional whether a presubmit may fail without blocking the merge
 * @param skipReport whether it reports no status on GitHub
 * @param context the context of its GitHub status; not unique, see prow-contract §5
 * @param labels labels of its ProwJobs
 * @param annotations annotations of its ProwJobs
 * @param env environment variables with literal values; the first container wins
 * @param maxConcurrency maximum number of concurrent runs; 0 for no limit
 * @param file the configuration file
 * @param line the line in the file, counted from 1
 */
public record Job(
        String name,
        JobType type,
        @Nullable Repository repository,
        Branches branches,
        String cluster,
        JobTrigger trigger,
        boolean optional,
        boolean skipReport,
        String context,
        Map<String, String> labels,
        Map<String, String> annotations,
        Map<String, String> env,
        int maxConcurrency,
        String file,
        int line) {

    /** Copies the maps. */
    public Job {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        env = Map.copyOf(env);
    }

    /** Whether a failure blocks the merge: a presubmit that reports and is not optional. */
    public boolean isRequired() {
        return type == JobType.PRESUBMIT && !optional && !skipReport;
    }

    public Lane lane() {
        return new Lane(repository, name);
    }

    /**
     * What triggers a configured job.
     *
     * @param alwaysRun on every change; Prow's default is applied
     * @param runBeforeMerge before Tide merges
     * @param runIfChanged only if matching files changed
     * @param skipIfOnlyChanged unless only matching files changed
     * @param cron the schedule of a periodic job, as written
     * @param interval the time from start to start of a periodic job
     * @param minimumInterval the time from end to start of a periodic job
     */
    public record JobTrigger(
            boolean alwaysRun,
            boolean runBeforeMerge,
            boolean runIfChanged,
            boolean skipIfOnlyChanged,
            @Nullable String cron,
            @Nullable Duration interval,
            @Nullable Duration minimumInterval) {}
}
