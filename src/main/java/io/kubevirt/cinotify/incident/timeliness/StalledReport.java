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
package io.kubevirt.cinotify.incident.timeliness;

import io.kubevirt.cinotify.incident.policy.CaseKind;
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

    private final Standing standing;
    private final Reporting reporting;
    private final boolean silent;
    private final Set<String> clusters = new HashSet<>();

    StalledReport(Standing standing, Reporting reporting, boolean silent) {
        this.standing = standing;
        this.reporting = reporting;
        this.silent = silent;
    }

    List<Sighting> on(List<ClusterQueue> queues) {
        Map<String, Standing.Raised> open = new HashMap<>();
        standing.open(CaseKind.STALLED_CLUSTER).forEach(raised -> open.put(raised.subject(), raised));
        clusters.addAll(open.keySet());
        List<Sighting> sightings = new ArrayList<>();
        for (ClusterQueue queue : queues) {
            Standing.Raised raised = open.remove(queue.cluster());
            sightings.addAll(raised == null ? unreported(queue) : reported(queue, raised));
        }
        open.values()
                .forEach(raised ->
                        sightings.add(reporting.over(raised, "nothing waits on " + raised.subject() + " any more")));
        return sightings;
    }

    /** The clusters whose stall is told; once {@link #on} has looked. */
    Set<String> clusters() {
        return clusters;
    }

    private List<Sighting> unreported(ClusterQueue queue) {
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
        return List.of(reporting.wrong(
                CaseKind.STALLED_CLUSTER,
                queue.cluster(),
                RULE,
                List.of(
                        queue.describe(),
                        "a run may wait " + GoDuration.format(queue.limit()) + " there, until "
                                + queue.limitReached())));
    }

    private List<Sighting> reported(ClusterQueue queue, Standing.Raised raised) {
        return queue.hasRecovered(raised.openedAt(), reporting.now())
                ? List.of(reporting.over(raised, queue.cluster() + " starts pods again: " + queue.describe()))
                : List.of();
    }
}
