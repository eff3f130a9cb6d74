// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import java.time.Duration;

/**
 * The thresholds from which the breadth of a failure decides its cause.
 *
 * @param lanes failed lanes of one pull request that make a batch
 * @param pulls other pull requests with failures besides a batch that indicate a shared cause
 * @param samePulls other pull requests with the same failure that exonerate the change
 * @param sameLanes lanes of the pull request with the same failure, found nowhere else, that blame the change
 * @param batch maximum time between failures of a batch
 * @param near maximum time to failures of other pull requests
 * @param forgotten time after which a failure that reappears counts as new
 */
public record BreadthRules(
        int lanes, int pulls, int samePulls, int sameLanes, Duration batch, Duration near, Duration forgotten) {

    /**
     * With five or more failed lanes in a batch, 76 % of failures were not caused by tests; with ten or more 97 %; with
     * one or two 25 %. With six or more other pull requests failing, 71 % were not (failure-history §4, 2,157 builds).
     */
    public static final BreadthRules DEFAULTS =
            new BreadthRules(5, 6, 2, 3, Duration.ofHours(1), Duration.ofMinutes(90), Duration.ofDays(21));
}
