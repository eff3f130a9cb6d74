// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a door that goes out by itself is doing, for health and metrics.
 *
 * @param connected whether the last thing heard from the other side was good
 * @param lastContactAt when the other side last gave a sign of life, even with nothing new
 * @param lastNewObservationAt when it last told something that the journal did not know
 * @param problem what is wrong, as a sentence; the last one, if it is over
 * @param failingSince since when something is wrong; null if nothing is
 * @param observations how many states were handed to the journal
 * @param newObservations how many of them were new to it
 */
public record SourceStatus(
        boolean connected,
        @Nullable Instant lastContactAt,
        @Nullable Instant lastNewObservationAt,
        @Nullable String problem,
        @Nullable Instant failingSince,
        long observations,
        long newObservations) {

    /** Before anything was tried. */
    static final SourceStatus INITIAL = new SourceStatus(false, null, null, null, null, 0, 0);

    /** How long nothing has been heard; zero before the first sign of life. */
    public Duration sinceLastContact(Instant now) {
        return lastContactAt == null || lastContactAt.isAfter(now)
                ? Duration.ZERO
                : Duration.between(lastContactAt, now);
    }
}
