// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import io.kubevirt.cinotify.incident.DiagnosedRun;
import io.kubevirt.cinotify.incident.SuppressionReason;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import java.util.Optional;

/** Rejects runs that never count, so that they need not be stored. */
public final class RunFilter {

    /** @param explanation a sentence without the full stop */
    public record Rejection(SuppressionReason reason, String explanation) {}

    private RunFilter() {}

    public static Optional<Rejection> rejects(DiagnosedRun diagnosedRun) {
        JobRun run = diagnosedRun.run();
        if (!run.state().isFinal() || run.state() == JobState.ABORTED) {
            return Optional.of(new Rejection(
                    SuppressionReason.NOT_A_RESULT,
                    "the run is " + run.state().prowName() + ", which is no result for the lane"));
        }
        if (diagnosedRun.origin() == DiagnosedRun.Origin.PLUGIN) {
            return Optional.of(new Rejection(
                    SuppressionReason.EXCLUDED_JOB, run.job() + " was created by a Prow plugin as a test"));
        }
        return Optional.empty();
    }
}
