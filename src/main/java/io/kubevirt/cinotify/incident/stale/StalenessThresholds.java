// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.stale;

import java.time.Duration;
import java.util.Map;

/**
 * How long is too long.
 *
 * @param missedIntervals how many starts of a periodic job must fail to come, at least 1
 * @param grace how much later than it should a start may be seen
 * @param silentPeriodics how many periodic jobs must be due for Prow to count as silent, at least 2
 * @param silence for how long they must have been due while no periodic job started
 * @param waitingLimit how long a run may wait for its pod
 * @param clusters the same for single clusters, by alias
 * @param areas whose incidents these are
 */
public record StalenessThresholds(
        int missedIntervals,
        Duration grace,
        int silentPeriodics,
        Duration silence,
        Duration waitingLimit,
        Map<String, Duration> clusters,
        Areas areas) {

    /**
     * The area of each kind of incident.
     *
     * @param missingRun a periodic job does not start
     * @param stalledCluster a cluster does not start what waits
     * @param silentProw nothing starts anywhere
     */
    public record Areas(String missingRun, String stalledCluster, String silentProw) {}

    /** Copies the map. */
    public StalenessThresholds {
        clusters = Map.copyOf(clusters);
    }

    /** How long a run may wait for its pod on a cluster. */
    Duration limitOf(String cluster) {
        return clusters.getOrDefault(cluster, waitingLimit);
    }
}
