// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.notify;

import io.kubevirt.cinotify.incident.DetectedIncident;
import io.kubevirt.cinotify.incident.LaneIncident;
import io.kubevirt.cinotify.incident.Thresholds;
import io.kubevirt.cinotify.incident.TimerQueue;
import java.util.Optional;
import java.util.function.Function;

/** What all parts of the notifier share. {@code incidents}: finds an incident by id, as it is now. */
record NotifyContext(
        Thresholds thresholds,
        LaneNames names,
        Function<String, Optional<DetectedIncident>> incidents,
        ResponseRegistry responses,
        PublicIncidents publicOnes,
        TimerQueue timers,
        DecisionBuffer decisions) {
    ResponseState responseTo(DetectedIncident incident) {
        ResponseState response = responses.to(incident);
        if (response.name() == null && incident instanceof LaneIncident lane) {
            response.name(names.unique(
                    lane,
                    responses.all(),
                    other -> !publicOnes.contains(lane)
                            || publicOnes.contains(other.identity().id())));
        }
        return response;
    }
}
