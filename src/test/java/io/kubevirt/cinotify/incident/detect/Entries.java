// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import io.kubevirt.cinotify.incident.GroupKey;
import io.kubevirt.cinotify.incident.RunRecord;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Entries of windows: runs of presubmits of one repository. */
final class Entries {
    private Entries() {}

    static WindowEntry red(long number, String job, int pull, Instant at) {
        return entry(number, job, pull, at, JobState.FAILURE, null);
    }

    static WindowEntry green(long number, String job, int pull, Instant at) {
        return entry(number, job, pull, at, JobState.SUCCESS, null);
    }

    static WindowEntry entry(long number, String job, int pull, Instant at, JobState state, @Nullable String cluster) {
        return WindowEntry.of(RunRecord.of(new RunRecord.Document(
                number,
                at,
                "run" + number,
                new GroupKey("example/thing", JobType.PRESUBMIT, job),
                job,
                pull,
                "main",
                null,
                cluster,
                state,
                null)));
    }
}
