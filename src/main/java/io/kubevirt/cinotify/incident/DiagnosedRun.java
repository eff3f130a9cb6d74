// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.prow.ContextPolicy.Need;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.routing.Cause;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run with its diagnosis.
 *
 * @param diagnosis null unless the run failed
 * @param required whether the job is known to block merging
 * @param blockingUnknown whether nothing says if the job blocks merging
 */
public record DiagnosedRun(
        JobRun run,
        @Nullable Diagnosis diagnosis,
        boolean required,
        Origin origin,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean blockingUnknown) {
    public DiagnosedRun(JobRun run, @Nullable Diagnosis diagnosis, Need need, Origin origin) {
        this(run, diagnosis, need.blocks(), origin, need == Need.UNKNOWN);
    }

    DiagnosedRun withDiagnosis(Diagnosis other) {
        return new DiagnosedRun(run, other, required, origin, blockingUnknown);
    }

    /** Where a run comes from, which decides first whether it counts. */
    public enum Origin {
        /** A run of a configured job. */
        ORDINARY,
        /** A Prow plugin created the run as a test (for example rehearsals). */
        PLUGIN,
        /** The run ended before ci-notify started to watch. */
        PAST
    }

    /** @param explanation a sentence without the full stop */
    public record Rejection(SuppressionReason reason, String explanation) {}

    /** Why the run never counts, so that it need not be stored; empty if it counts. */
    public Optional<Rejection> rejection() {
        if (!run.state().isFinal() || run.state() == JobState.ABORTED) {
            return Optional.of(new Rejection(
                    SuppressionReason.NOT_A_RESULT,
                    "the run is " + run.state().prowName() + ", which is no result for the lane"));
        }
        if (diagnosis != null && diagnosis.cause() == Cause.ABORTED) {
            return Optional.of(new Rejection(SuppressionReason.NOT_A_RESULT, "the run was aborted from outside"));
        }
        return origin == Origin.PLUGIN
                ? Optional.of(new Rejection(
                        SuppressionReason.EXCLUDED_JOB, run.job() + " was created by a Prow plugin as a test"))
                : Optional.empty();
    }
}
