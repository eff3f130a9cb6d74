// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.routing;

import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Repository;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What routing rules match: the run, completed with the configuration of its job; no plugin prefix. */
public record RoutingInput(
        String job,
        JobType type,
        @Nullable Repository repository,
        @Nullable String cluster,
        Map<String, String> environment,
        Map<String, String> annotations) {
    public RoutingInput {
        environment = Map.copyOf(environment);
        annotations = Map.copyOf(annotations);
    }
}
