// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The status of a pulling source; {@code problem} may be over: then {@code failingSince} is null. */
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
