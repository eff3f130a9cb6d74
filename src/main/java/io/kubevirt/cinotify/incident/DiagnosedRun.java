// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.prow.JobRun;
import org.jspecify.annotations.Nullable;

/**
 * A run with its diagnosis.
 *
 * @param diagnosis null unless the run failed
 * @param required whether the job blocks merging
 */
public record DiagnosedRun(JobRun run, @Nullable Diagnosis diagnosis, boolean required, Origin origin) {

    /** Where a run comes from, which decides first whether it counts. */
    public enum Origin {
        /** A run of a configured job. */
        ORDINARY,
        /** A Prow plugin created the run as a test (for example rehearsals). */
        PLUGIN,
        /** The run ended before ci-notify started to watch. */
        PAST
    }
}
