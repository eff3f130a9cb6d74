// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.stale;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What ci-notify has seen of starts of runs. */
public interface RunStarts {
    /** The newest run of each periodic job, by job name. */
    Map<String, LastRun> periodics();

    /**
     * The runs that have no pod yet. {@code seenSince}: runs that were last seen earlier are left out: they may have
     * ended unseen.
     */
    List<PendingRun> waiting(Instant seenSince);

    /** When each cluster started its newest pod, by cluster alias. */
    Map<String, Instant> lastPods();

    /** The newest run of a periodic job. {@code ended}: null if it has not ended: Prow starts no other before. */
    record LastRun(Instant started, @Nullable Instant ended) {}

    /**
     * A run that has no pod yet. {@code siblings}: how many runs of the job have a pod: with {@code max_concurrency}
     * it waits for them, not for the cluster. {@code isPublic}: whether messages for everybody may name its job.
     */
    record PendingRun(String cluster, String job, Instant since, int siblings, boolean isPublic) {}
}
