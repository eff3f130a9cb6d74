// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.input;

import io.kubevirt.cinotify.artifacts.Evidence;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.routing.FailingTests;
import org.jspecify.annotations.Nullable;

/**
 * A failure to explain.
 *
 * @param tests the given failing tests
 * @param evidence the artifacts; null if they were not read
 */
public record ExplainInput(
        JobRun run, FailingTests tests, @Nullable Evidence evidence) {

    ExplainInput(JobRun run, FailingTests tests) {
        this(run, tests, null);
    }

    public ExplainInput with(Evidence artifacts) {
        return new ExplainInput(run, tests, artifacts);
    }
}
