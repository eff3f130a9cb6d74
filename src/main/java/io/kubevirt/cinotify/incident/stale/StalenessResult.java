// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.stale;

import io.kubevirt.cinotify.incident.ReportedProblem;

/** What a look has shown. */
public sealed interface StalenessResult {

    /** Something is wrong from now on. */
    record Raised(ReportedProblem problem) implements StalenessResult {}

    /**
     * It is over.
     *
     * @param key of the problem
     * @param why a sentence without the final stop
     */
    record Cleared(String key, String why) implements StalenessResult {}

    /** Something is wrong, but something wider explains it; counted once. */
    record Suppressed(StaleSuppressionReason why, String reason) implements StalenessResult {}
}
