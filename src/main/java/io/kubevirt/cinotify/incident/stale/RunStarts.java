// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.stale;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the plugin has seen of starts: the facts by which it knows whether jobs run in a timely manner. */
public interface RunStarts {

    /** The newest run of each periodic job, by the job's name. */
    Map<String, LastRun> periodics();

    /**
     * The runs that have no pod yet.
     *
     * @param seenSince runs that were last seen before are left out: they may have ended while nobody looked
     */
    List<PendingRun> waiting(Instant seenSince);

    /** When the newest pod of each cluster was started, by the cluster's alias. */
    Map<String, Instant> lastPods();

    /**
     * The newest run of a periodic job.
     *
     * @param started when Prow created it
     * @param ended when it ended; null if it has not: Prow starts no other before
     */
    record LastRun(Instant started, @Nullable Instant ended) {}

    /**
     * A run that has no pod yet.
     *
     * @param cluster the alias of the cluster where it is to run
     * @param job the job's name
     * @param since when Prow created it
     * @param siblings how many runs of the job have a pod: with {@code max_concurrency} it waits for them, not for the cluster
     */
    record PendingRun(String cluster, String job, Instant since, int siblings) {}
}
