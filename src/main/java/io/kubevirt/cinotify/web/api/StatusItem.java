// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether CI works, and whether ci-notify sees it.
 *
 * @param state closed (an outage blocks merging), degraded (an incident blocks merging), open (none does), or blind (no source
 *     is connected)
 * @param last24h runs that ended in the last 24 hours
 * @param dryRun whether notifications are printed instead of sent
 */
public record StatusItem(
        String state,
        Counts incidents,
        Runs last24h,
        List<Source> sources,
        Instant dataAsOf,
        String version,
        boolean dryRun) {
    public StatusItem {
        sources = List.copyOf(sources);
    }

    /** Open incidents that the reader may see. */
    public record Counts(
            int open, int blocking, int unanswered, int waiting, int acknowledged, int snoozed, int withheld) {}

    /** @param notified failed runs that led to a notification */
    public record Runs(long ended, long failed, long notified) {}

    /**
     * A source that ci-notify polls or watches itself.
     *
     * @param problem of the last request, while it fails
     */
    public record Source(
            String name,
            boolean connected,
            @Nullable Instant lastContactAt,
            @Nullable String problem) {}
}
