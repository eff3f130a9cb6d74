// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import io.kubevirt.cinotify.prow.JobRun;

/** The runs that the plugin remembers. */
public interface JobRuns {

    /**
     * Remembers the state of a run.
     *
     * @return whether this is news; false if the run was already seen in this state or in a later one
     */
    boolean advance(JobRun run);
}
