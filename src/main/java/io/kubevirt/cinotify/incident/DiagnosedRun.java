// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.prow.JobRun;
import org.jspecify.annotations.Nullable;

/**
 * A run as the incident core takes it in.
 *
 * @param run the run in the state it has reached
 * @param diagnosis what it is; null unless the run is red
 * @param required whether the lane keeps pull requests from merging
 * @param origin whose run it is, and when it is from
 */
public record DiagnosedRun(JobRun run, @Nullable Diagnosis diagnosis, boolean required, Origin origin) {

    /** What decides, before anything else, whether a run can be anybody's failure. */
    public enum Origin {
        /** A run of a configured job. */
        ORDINARY,
        /** A plugin of the cluster made the run to try something out. */
        PLUGIN,
        /** It ended before the plugin began to watch. */
        PAST
    }
}
