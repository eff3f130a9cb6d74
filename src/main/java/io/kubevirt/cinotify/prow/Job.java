// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the job configuration; several may bear one name and differ by their branches.
 *
 * @param name the job's name
 * @param type presubmit, postsubmit or periodic; batches run presubmits
 * @param repository the tested repository; for a periodic the first of its {@code extra_refs}, null if it has none
 * @param branches where it runs; all for a periodic
 * @param cluster the alias of the build cluster
 * @param trigger what starts it
 * @param optional whether a presubmit may fail without blocking the merge
 * @param skipReport whether it writes no status on GitHub
 * @param context the name that its status has on GitHub; not unique, see prow-contract §5
 * @param labels the labels that its ProwJobs get
 * @param annotations the annotations that its ProwJobs get
 * @param env the environment of its containers; the first container wins, and only values written down are known
 * @param maxConcurrency how many may run at once; 0 for no limit
 * @param file where it is configured
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

    /** Whether a pull request cannot merge while it is red: a presubmit that reports and is not optional. */
    public boolean isRequired() {
        return type == JobType.PRESUBMIT && !optional && !skipReport;
    }

    /** The lane of its runs. */
    public Lane lane() {
        return new Lane(repository, name);
    }
}
