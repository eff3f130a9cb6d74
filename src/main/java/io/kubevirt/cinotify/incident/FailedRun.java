// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Pull;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A failed run as a notification shows it.
 *
 * @param repository org/repo; null for a periodic job without one
 * @param pull the first pull request under test
 * @param description Prow's text; untrusted, escape it
 * @param blockingUnknown whether nothing says if the job blocks merging
 */
public record FailedRun(
        @Nullable String repository,
        String job,
        JobType type,
        @Nullable Integer pull,
        @Nullable String buildId,
        @Nullable String url,
        String description,
        @Nullable Instant endedAt,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean blockingUnknown) {
    public static FailedRun of(DiagnosedRun diagnosedRun) {
        return of(diagnosedRun.run(), diagnosedRun.blockingUnknown());
    }

    /** Of an incident that blocks merging or not whatever its runs are. */
    public static FailedRun of(JobRun run) {
        return of(run, false);
    }

    private static FailedRun of(JobRun run, boolean blockingUnknown) {
        return new FailedRun(
                run.repository() == null ? null : run.repository().fullName(),
                run.job(),
                run.type(),
                run.pulls().stream().map(Pull::number).findFirst().orElse(null),
                run.buildId(),
                run.url(),
                run.description(),
                run.times().completed(),
                blockingUnknown);
    }
}
