// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import io.kubevirt.cinotify.incident.DiagnosedRun;
import io.kubevirt.cinotify.incident.SuppressionReason;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import java.util.Optional;

/** Sees what can be nobody's failure, whatever else has happened: it need not be remembered. */
public final class RunFilter {

    /**
     * Why nothing is said.
     *
     * @param reason by what name it is counted
     * @param explanation a sentence without the final stop
     */
    public record Rejection(SuppressionReason reason, String explanation) {}

    private RunFilter() {}

    /** Empty if the run counts. */
    public static Optional<Rejection> rejects(DiagnosedRun diagnosedRun) {
        JobRun run = diagnosedRun.run();
        if (!run.state().isFinal() || run.state() == JobState.ABORTED) {
            return Optional.of(new Rejection(
                    SuppressionReason.NOT_A_RESULT,
                    "the run is " + run.state().prowName() + ", which says nothing of the lane"));
        }
        if (diagnosedRun.origin() == DiagnosedRun.Origin.PLUGIN) {
            return Optional.of(new Rejection(
                    SuppressionReason.EXCLUDED_JOB,
                    run.job() + " was made by a plugin of the cluster to try something out"));
        }
        return Optional.empty();
    }
}
