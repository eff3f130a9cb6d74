// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.comment;

import io.kubevirt.cinotify.command.FailedCheck;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What GitHub shows of the place where a command stands.
 *
 * @param trusted whether Prow would trust the writer
 * @param head the newest commit of the pull request, where known
 * @param failedChecks what is red on it
 * @param checksError why GitHub could not be asked for it; null if it could, or needed not
 */
record PullRequestSnapshot(
        boolean trusted,
        @Nullable String head,
        List<FailedCheck> failedChecks,
        @Nullable String checksError) {

    PullRequestSnapshot {
        failedChecks = List.copyOf(failedChecks);
    }
}
