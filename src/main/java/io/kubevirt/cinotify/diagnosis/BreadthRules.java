// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import java.time.Duration;

/**
 * From where on breadth decides what a failure is.
 *
 * @param lanes so many red lanes of one pull request are a batch
 * @param pulls so many other pull requests beside a batch, and it is what they share
 * @param samePulls the same failure on so many other pull requests is not the fault of this one's change
 * @param sameLanes the same failure on so many lanes of this pull request, and nowhere else, is the fault of its change
 * @param batch how near to each other the lanes of a batch fail
 * @param near how near other pull requests fail
 * @param forgotten what was not seen for so long is new when it is seen again
 */
public record BreadthRules(
        int lanes, int pulls, int samePulls, int sameLanes, Duration batch, Duration near, Duration forgotten) {

    /**
     * Of failures with five or more red lanes in one pull request's batch 76 of 100 were not the tests, of those with ten
     * or more 97; with one or two, one in four. With six or more other pull requests beside it 71 of 100 were not
     * (failure-history §4, 2,157 builds).
     */
    public static final BreadthRules DEFAULTS =
            new BreadthRules(5, 6, 2, 3, Duration.ofHours(1), Duration.ofMinutes(90), Duration.ofDays(21));
}
