// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.digest;

import io.kubevirt.cinotify.incident.IncidentView;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An incident with its first notification and acknowledgement.
 *
 * @param incident at the end of the period
 * @param notifiedAt null if nobody was notified
 * @param acknowledgedAt null if nobody acknowledged
 */
public record IncidentHistory(
        IncidentView incident,
        @Nullable Instant notifiedAt,
        @Nullable Instant acknowledgedAt) {
    /** From the first notification to the first acknowledgement. */
    Optional<Duration> timeToAcknowledge() {
        return notifiedAt == null || acknowledgedAt == null || acknowledgedAt.isBefore(notifiedAt)
                ? Optional.empty()
                : Optional.of(Duration.between(notifiedAt, acknowledgedAt));
    }

    /** From opening to closing. */
    Optional<Duration> timeToResolve() {
        return Optional.ofNullable(incident.closedAt()).map(closed -> Duration.between(incident.openedAt(), closed));
    }

    boolean isOpenAt(Instant at) {
        return !incident.openedAt().isAfter(at)
                && (incident.closedAt() == null || incident.closedAt().isAfter(at));
    }

    /** Whether the incident was folded into an outage. */
    boolean isFolded() {
        return incident.foldedInto() != null;
    }
}
