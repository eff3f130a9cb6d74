// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.routing;

import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Repository;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What routing reads: the run, completed with the configuration of its job. The name has no plugin prefix; the file is
 * relative to the folder of the job configuration; the branch is the base of the run.
 */
public record RoutingInput(
        String job,
        JobType type,
        @Nullable Repository repository,
        @Nullable String cluster,
        @Nullable String branch,
        @Nullable String context,
        @Nullable String file,
        @Nullable String slackChannel,
        Map<String, String> environment,
        Map<String, String> labels,
        Map<String, String> annotations) {
    public RoutingInput {
        environment = Map.copyOf(environment);
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    /** The labels and annotations of the run take precedence over those of the job, which may be unknown. */
    public static RoutingInput of(JobRun run, String name, @Nullable Job job) {
        Repository repository = run.repository();
        String cluster = run.cluster();
        if (job == null) {
            return new RoutingInput(
                    name,
                    run.type(),
                    repository,
                    cluster,
                    run.baseRef(),
                    null,
                    null,
                    null,
                    Map.of(),
                    run.labels(),
                    run.annotations());
        }
        return new RoutingInput(
                name,
                run.type(),
                repository == null ? job.repository() : repository,
                cluster == null ? job.cluster() : cluster,
                run.baseRef(),
                job.context(),
                job.file(),
                job.slackChannel(),
                job.env(),
                merged(job.labels(), run.labels()),
                merged(job.annotations(), run.annotations()));
    }

    private static Map<String, String> merged(Map<String, String> general, Map<String, String> specific) {
        if (specific.isEmpty()) {
            return general;
        }
        Map<String, String> merged = new HashMap<>(general);
        merged.putAll(specific);
        return merged;
    }
}
