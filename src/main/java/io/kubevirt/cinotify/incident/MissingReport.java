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

import io.kubevirt.cinotify.prow.JobConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells of periodic jobs that do not start. */
final class MissingReport {

    private static final String RULE = "missing-run";

    private final Incidents incidents;
    private final Reporting reporting;
    private final boolean silent;
    private final Set<String> stalledClusters;

    MissingReport(Incidents incidents, Reporting reporting, boolean silent, Set<String> stalledClusters) {
        this.incidents = incidents;
        this.reporting = reporting;
        this.silent = silent;
        this.stalledClusters = Set.copyOf(stalledClusters);
    }

    List<Outcome> on(List<Expectation> expectations, JobConfig jobs) {
        Map<String, Incident> open = new HashMap<>();
        incidents
                .open(IncidentKind.MISSING_RUN)
                .forEach(incident -> open.put(incident.key().subject(), incident));
        List<Outcome> outcomes = new ArrayList<>();
        for (Expectation expectation : expectations) {
            Incident incident = open.remove(expectation.job());
            boolean missing = expectation.isMissingAt(reporting.now());
            if (incident == null && missing) {
                outcomes.addAll(missing(expectation));
            } else if (incident != null && !missing) {
                outcomes.add(reporting.close(incident, expectation.job() + " " + expectation.lastStart()));
            }
        }
        if (jobs.problems().isEmpty() && !jobs.all().isEmpty()) {
            open.values()
                    .forEach(incident -> outcomes.add(reporting.close(
                            incident, incident.key().subject() + " is not to be started by the clock any more")));
        }
        return outcomes;
    }

    private List<Outcome> missing(Expectation expectation) {
        if (silent) {
            return reporting.explained(
                    expectation.deadline(),
                    Suppression.PROW_SILENT,
                    "no periodic job starts, so neither does " + expectation.job());
        }
        if (stalledClusters.contains(expectation.cluster())) {
            return reporting.explained(
                    expectation.deadline(),
                    Suppression.CLUSTER_STALLED,
                    expectation.cluster() + " starts nothing, so neither does it start " + expectation.job());
        }
        return List.of(reporting.open(
                IncidentKey.ofMissing(expectation.job()),
                RULE,
                List.of(
                        expectation.job() + " (schedule: "
                                + expectation.periodic().schedule().words() + ") " + expectation.lastStart(),
                        "counted from " + expectation.from() + " it was due at " + expectation.due()
                                + ", and is missing since " + expectation.deadline())));
    }
}
