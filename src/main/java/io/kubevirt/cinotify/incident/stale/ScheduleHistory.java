// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.stale;

import java.time.Instant;

/** Remembers since when each periodic job has been on its schedule. */
public interface ScheduleHistory {

    /**
     * Since when the job has been on this schedule; from now on if it is new or was on another. A new job, and one that
     * is to run more often, is not late on its first day.
     */
    Instant inForceSince(String job, String schedule, Instant now);
}
