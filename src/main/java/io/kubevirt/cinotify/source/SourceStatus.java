// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The status of a pulling source, for health checks and metrics.
 *
 * @param connected true if the last response was good
 * @param lastContactAt time of the last good response, even if it contained nothing new
 * @param lastNewObservationAt time of the last state that was new to the journal
 * @param problem the current problem, or the last one if it is over
 * @param failingSince start of the current problem; null if there is none
 * @param observations number of states appended to the journal
 * @param newObservations number of them that were new
 */
public record SourceStatus(
        boolean connected,
        @Nullable Instant lastContactAt,
        @Nullable Instant lastNewObservationAt,
        @Nullable String problem,
        @Nullable Instant failingSince,
        long observations,
        long newObservations) {

    static final SourceStatus INITIAL = new SourceStatus(false, null, null, null, null, 0, 0);

    /** Zero before the first contact. */
    public Duration sinceLastContact(Instant now) {
        return lastContactAt == null || lastContactAt.isAfter(now)
                ? Duration.ZERO
                : Duration.between(lastContactAt, now);
    }
}
