// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.stale;

import io.kubevirt.cinotify.prow.JobConfig.PeriodicJob;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a periodic job should start.
 *
 * @param last its newest run; null if never seen
 * @param from start of the count: its last start, or when it could first be expected
 * @param due its next start
 * @param deadline when it counts as missing
 * @param running whether its last run still goes on: Prow starts no other before that ends
 */
record ExpectedStart(
        PeriodicJob periodic,
        RunStarts.@Nullable LastRun last,
        Instant from,
        Instant due,
        Instant deadline,
        boolean running) {

    String job() {
        return periodic.job().name();
    }

    String cluster() {
        return periodic.job().cluster();
    }

    boolean isMissingAt(Instant now) {
        return !running && !now.isBefore(deadline);
    }

    boolean startedAfter(Instant instant) {
        return last != null && last.started().isAfter(instant);
    }

    String lastStart() {
        return last == null ? "has not been seen to start" : "last started at " + last.started();
    }
}
