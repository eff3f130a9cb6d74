// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.digest;

import io.kubevirt.cinotify.incident.IncidentView;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An incident, and when people heard of it and answered.
 *
 * @param incident as it stood at the end of the period
 * @param notifiedAt when somebody was first told; null if nobody was
 * @param acknowledgedAt when somebody first took it on; null if nobody did
 */
public record IncidentHistory(
        IncidentView incident,
        @Nullable Instant notifiedAt,
        @Nullable Instant acknowledgedAt) {

    /** From the first message to the first answer. */
    Optional<Duration> timeToAcknowledge() {
        return notifiedAt == null || acknowledgedAt == null || acknowledgedAt.isBefore(notifiedAt)
                ? Optional.empty()
                : Optional.of(Duration.between(notifiedAt, acknowledgedAt));
    }

    /** From its beginning to its end. */
    Optional<Duration> timeToResolve() {
        return Optional.ofNullable(incident.closedAt()).map(closed -> Duration.between(incident.openedAt(), closed));
    }

    /** Whether it was still open then. */
    boolean isOpenAt(Instant at) {
        return !incident.openedAt().isAfter(at)
                && (incident.closedAt() == null || incident.closedAt().isAfter(at));
    }

    /** Whether an outage explains it, which is told of in its place. */
    boolean isFolded() {
        return incident.foldedInto() != null;
    }
}
