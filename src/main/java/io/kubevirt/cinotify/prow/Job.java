// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the job configuration; several entries may share a name and differ by their branches. The repository of
 * a periodic is the first of its {@code extra_refs}; the context is not unique (prow-contract §5); the first container
 * that sets a variable wins; the digest is of the whole entry; the Slack channel is that of its {@code reporter_config}; a {@code maxConcurrency} of 0 means no limit.
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
        boolean hidden,
        String context,
        Map<String, String> labels,
        Map<String, String> annotations,
        Map<String, String> env,
        @Nullable String slackChannel,
        int maxConcurrency,
        String digest,
        String file,
        int line) {
    public Job {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        env = Map.copyOf(env);
    }

    /** Whether a failure blocks the merge: a presubmit that reports and is not optional. */
    public boolean isRequired() {
        return type == JobType.PRESUBMIT && !optional && !skipReport;
    }

    /** The same job with these variables. */
    Job withEnv(Map<String, String> variables) {
        return variables.equals(env)
                ? this
                : new Job(
                        name,
                        type,
                        repository,
                        branches,
                        cluster,
                        trigger,
                        optional,
                        skipReport,
                        hidden,
                        context,
                        labels,
                        annotations,
                        variables,
                        slackChannel,
                        maxConcurrency,
                        digest,
                        file,
                        line);
    }

    /** Another job of this name may run for another repository. */
    public boolean mayRunFor(@Nullable Repository other) {
        return repository == null || repository.equals(other);
    }

    public Lane lane() {
        return new Lane(repository, name);
    }

    /** Prow's defaults are applied. Intervals count from start to start, minimum intervals from end to start. */
    public record JobTrigger(
            boolean alwaysRun,
            boolean runBeforeMerge,
            boolean runIfChanged,
            boolean skipIfOnlyChanged,
            @Nullable String cron,
            @Nullable Duration interval,
            @Nullable Duration minimumInterval) {}
}
