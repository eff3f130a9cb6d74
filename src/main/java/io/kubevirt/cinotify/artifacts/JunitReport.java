// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import java.util.List;

/**
 * What the JUnit files of a run tell.
 *
 * @param failed the names of tests that failed, normalised, each once; bounded
 * @param failedCount how many failed, those beyond the bound included
 * @param failureMessage what the first failed test that says anything says, a few lines; empty if none does
 * @param ran how many ran; those that a lane leaves out are listed as skipped and do not count
 */
public record JunitReport(List<String> failed, int failedCount, List<String> failureMessage, int ran) {

    /** No test is known of. */
    public static final JunitReport NONE = new JunitReport(List.of(), 0, List.of(), 0);

    /** Copies the lists. */
    public JunitReport {
        failed = List.copyOf(failed);
        failureMessage = List.copyOf(failureMessage);
    }
}
