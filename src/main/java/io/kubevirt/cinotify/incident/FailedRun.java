// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

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
 */
public record FailedRun(
        @Nullable String repository,
        String job,
        JobType type,
        @Nullable Integer pull,
        @Nullable String buildId,
        @Nullable String url,
        String description,
        @Nullable Instant endedAt) {
    public static FailedRun of(JobRun run) {
        return new FailedRun(
                run.repository() == null ? null : run.repository().fullName(),
                run.job(),
                run.type(),
                run.pulls().stream().map(Pull::number).findFirst().orElse(null),
                run.buildId(),
                run.url(),
                run.description(),
                run.times().completed());
    }
}
