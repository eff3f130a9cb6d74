// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.stale;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The runs that wait for a pod on a cluster.
 *
 * @param cluster the cluster's alias
 * @param oldest the run that has waited longest because of the cluster
 * @param since since when it waits, no earlier than ci-notify has watched
 * @param waiting the number of waiting runs
 * @param lastPod when the cluster started its newest pod; null if never seen
 * @param limit how long a run may wait there
 */
record ClusterQueue(
        String cluster,
        RunStarts.PendingRun oldest,
        Instant since,
        int waiting,
        @Nullable Instant lastPod,
        Duration limit) {

    boolean isStalledAt(Instant now) {
        return !now.isBefore(limitReached());
    }

    Instant limitReached() {
        return since.plus(limit);
    }

    /** Half of the limit: a cluster that hovers at the limit must not be reported again and again. */
    boolean hasRecovered(Instant openedAt, Instant now) {
        return lastPod != null && lastPod.isAfter(openedAt) && now.isBefore(since.plus(limit.dividedBy(2)));
    }

    String describe() {
        return waiting + " run" + (waiting == 1 ? " waits" : "s wait") + " on " + cluster + ", the oldest, of "
                + oldest.job() + ", since " + oldest.since() + "; the newest pod there "
                + (lastPod == null ? "has never been seen" : "was started at " + lastPod);
    }
}
