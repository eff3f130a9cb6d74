// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.input;

import io.kubevirt.cinotify.artifacts.Evidence;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.routing.FailingTests;
import org.jspecify.annotations.Nullable;

/**
 * A failure as somebody describes it.
 *
 * @param run the run
 * @param tests its failing tests, as far as they were named
 * @param evidence what it left behind; null if that was not looked at
 */
public record ExplainInput(
        JobRun run, FailingTests tests, @Nullable Evidence evidence) {

    ExplainInput(JobRun run, FailingTests tests) {
        this(run, tests, null);
    }

    /** The same with what it left behind. */
    public ExplainInput with(Evidence left) {
        return new ExplainInput(run, tests, left);
    }
}
