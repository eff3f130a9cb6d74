// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import io.kubevirt.cinotify.incident.DetectedIncident.IncidentIdentity;
import java.util.List;

/**
 * The incidents that people know of. They keep their ids, and with them their messages.
 *
 * @param all those that a replay may find again
 * @param continuing those that new events may continue: open ones, and those that late events disproved a short time ago
 */
public record KnownIncidents(List<IncidentIdentity> all, List<IncidentIdentity> continuing) {
    public KnownIncidents {
        all = List.copyOf(all);
        continuing = List.copyOf(continuing);
    }
}
