// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.routing;

import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Repository;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The facts that routing rules match: the run, completed with the configuration of its job.
 *
 * @param job the configured job name, without the prefix of a Prow plugin
 * @param type presubmit, postsubmit, periodic or batch
 * @param repository the tested repository, or the first one that the job clones
 * @param cluster alias of the build cluster
 * @param environment environment variables of the job's containers
 * @param annotations the job's annotations
 */
public record RoutingInput(
        String job,
        JobType type,
        @Nullable Repository repository,
        @Nullable String cluster,
        Map<String, String> environment,
        Map<String, String> annotations) {

    /** Copies the maps. */
    public RoutingInput {
        environment = Map.copyOf(environment);
        annotations = Map.copyOf(annotations);
    }
}
