// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.stale;

import java.time.Instant;
import java.util.List;
import java.util.Map;

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
}
