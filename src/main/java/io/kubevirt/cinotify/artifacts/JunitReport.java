// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import java.util.List;

/**
 * The results in the JUnit files of a run.
 *
 * @param failed normalized names of failed tests without duplicates, up to a limit
 * @param failedCount number of failed tests, including those beyond the limit
 * @param failureMessage a few lines of the first failure message; may be empty
 * @param ran number of tests that ran; skipped tests do not count
 */
public record JunitReport(List<String> failed, int failedCount, List<String> failureMessage, int ran) {

    public static final JunitReport NONE = new JunitReport(List.of(), 0, List.of(), 0);

    public JunitReport {
        failed = List.copyOf(failed);
        failureMessage = List.copyOf(failureMessage);
    }
}
