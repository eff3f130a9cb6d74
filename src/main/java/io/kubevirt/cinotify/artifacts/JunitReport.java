// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import java.util.List;

/**
 * The results in the JUnit files of a run: failed tests have normalized names, up to a limit; skipped tests did not
 * run.
 */
public record JunitReport(List<String> failed, int failedCount, List<String> failureMessage, int ran) {

    public static final JunitReport NONE = new JunitReport(List.of(), 0, List.of(), 0);

    public JunitReport {
        failed = List.copyOf(failed);
        failureMessage = List.copyOf(failureMessage);
    }
}
