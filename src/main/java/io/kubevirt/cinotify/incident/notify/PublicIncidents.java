// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.notify;

import io.kubevirt.cinotify.incident.DetectedIncident;
import io.kubevirt.cinotify.incident.EventHistory;
import io.kubevirt.cinotify.incident.LaneIncident;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Which incidents everybody may see. What is shown of them must not depend on others. */
final class PublicIncidents {
    private final Function<String, Optional<DetectedIncident>> incidents;
    private EventHistory stored = EventHistory.NONE;

    PublicIncidents(Function<String, Optional<DetectedIncident>> incidents) {
        this.incidents = incidents;
    }

    /** {@code history}: of the decision that begins. */
    void readFrom(EventHistory history) {
        stored = history;
    }

    boolean contains(String incident) {
        return incidents
                .apply(incident)
                .map(this::contains)
                .orElseGet(() -> stored.isPublic(incident, null, List.of()));
    }

    boolean contains(DetectedIncident incident) {
        return stored.isPublic(
                incident.id(),
                incident instanceof LaneIncident lane ? lane.groupKey().repository() : null,
                incident.lanes());
    }
}
