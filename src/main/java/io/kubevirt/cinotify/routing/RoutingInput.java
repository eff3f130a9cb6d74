// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.routing;

import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Repository;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the routing rules may look at: the run and its job's configuration, laid over each other.
 *
 * @param job the job's name as configured, without what a plugin of the cluster put before it
 * @param type presubmit, postsubmit, periodic or batch
 * @param repository the tested repository, or the one that the job checks out
 * @param cluster the alias of the build cluster
 * @param environment the variables that the configuration sets for the job's containers
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
