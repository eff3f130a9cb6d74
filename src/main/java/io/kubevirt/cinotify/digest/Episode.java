/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.digest;

import io.kubevirt.cinotify.incident.policy.IncidentView;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An incident, and when people heard of it and answered.
 *
 * @param incident as it stood at the end of the period
 * @param toldAt when somebody was first told; null if nobody was
 * @param acknowledgedAt when somebody first took it on; null if nobody did
 */
public record Episode(
        IncidentView incident,
        @Nullable Instant toldAt,
        @Nullable Instant acknowledgedAt) {

    /** From the first message to the first answer. */
    Optional<Duration> timeToAcknowledge() {
        return toldAt == null || acknowledgedAt == null || acknowledgedAt.isBefore(toldAt)
                ? Optional.empty()
                : Optional.of(Duration.between(toldAt, acknowledgedAt));
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
