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
package io.kubevirt.cinotify.incident;

import io.kubevirt.cinotify.prow.GoDuration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells of clusters that do not start what waits. */
final class StalledReport {

    private static final String RULE = "stalled-cluster";

    private final Incidents incidents;
    private final Reporting reporting;
    private final boolean silent;
    private final Set<String> clusters = new HashSet<>();

    StalledReport(Incidents incidents, Reporting reporting, boolean silent) {
        this.incidents = incidents;
        this.reporting = reporting;
        this.silent = silent;
    }

    List<Outcome> on(List<ClusterQueue> queues) {
        Map<String, Incident> open = new HashMap<>();
        incidents
                .open(IncidentKind.STALLED_CLUSTER)
                .forEach(incident -> open.put(incident.key().subject(), incident));
        clusters.addAll(open.keySet());
        List<Outcome> outcomes = new ArrayList<>();
        for (ClusterQueue queue : queues) {
            Incident incident = open.remove(queue.cluster());
            outcomes.addAll(incident == null ? unreported(queue) : reported(queue, incident));
        }
        open.values()
                .forEach(incident -> outcomes.add(reporting.close(
                        incident, "nothing waits on " + incident.key().subject() + " any more")));
        return outcomes;
    }

    /** The clusters whose stall is told; once {@link #on} has looked. */
    Set<String> clusters() {
        return clusters;
    }

    private List<Outcome> unreported(ClusterQueue queue) {
        if (!queue.isStalledAt(reporting.now())) {
            return List.of();
        }
        if (silent) {
            return reporting.explained(
                    queue.limitReached(),
                    Suppression.PROW_SILENT,
                    "nothing starts anywhere, so not on " + queue.cluster() + " either");
        }
        clusters.add(queue.cluster());
        return List.of(reporting.open(
                IncidentKey.ofStalled(queue.cluster()),
                RULE,
                List.of(
                        queue.describe(),
                        "a run may wait " + GoDuration.format(queue.limit()) + " there, until "
                                + queue.limitReached())));
    }

    private List<Outcome> reported(ClusterQueue queue, Incident incident) {
        return queue.hasRecovered(incident.openedAt(), reporting.now())
                ? List.of(reporting.close(incident, queue.cluster() + " starts pods again: " + queue.describe()))
                : List.of();
    }
}
