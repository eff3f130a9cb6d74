// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.api;

import io.kubevirt.cinotify.digest.TestStats;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A test that failed.
 *
 * @param sig owner, from its tag, or else from the diagnosis of its newest failure
 * @param failed runs in which it failed
 * @param flaky of those, runs whose lane also passed on the commit, or whose report also has a pass of the test
 * @param runs finished runs of the lanes on which it failed
 * @param failureShare failed of these runs, in percent; null if they are not counted
 * @param flakeShare flaky ones of its failures, in percent
 * @param pulls number of pull requests on which it failed
 * @param firstSeen first failure that is stored, also before the period
 * @param url of the newest failed run; null if it is no longer stored
 */
public record TestItem(
        long id,
        String name,
        String sig,
        boolean quarantined,
        long failed,
        long flaky,
        long runs,
        @Nullable Double failureShare,
        double flakeShare,
        List<TestStats.LaneFailures> lanes,
        int pulls,
        Instant firstSeen,
        Instant lastSeen,
        @Nullable String url) {
    private static final double TENTHS = 10;

    /** Copies the lanes. */
    public TestItem {
        lanes = List.copyOf(lanes);
    }

    static TestItem of(TestStats stats) {
        Double share = stats.failureShare();
        return new TestItem(
                stats.test().id(),
                stats.test().name(),
                stats.test().sig(),
                stats.test().quarantined(),
                stats.failed(),
                stats.flaky(),
                stats.runs(),
                share == null ? null : rounded(share),
                rounded(stats.flakeShare()),
                stats.lanes(),
                stats.pulls(),
                stats.firstSeen(),
                stats.lastSeen(),
                stats.url());
    }

    private static double rounded(double percent) {
        return Math.round(percent * TENTHS) / TENTHS;
    }
}
