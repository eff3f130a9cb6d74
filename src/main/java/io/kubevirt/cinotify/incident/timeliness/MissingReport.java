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
import io.kubevirt.cinotify.prow.JobConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells of periodic jobs that do not start. */
final class MissingReport {

    private static final String RULE = "missing-run";

    private final Standing standing;
    private final Reporting reporting;
    private final boolean silent;
    private final Set<String> stalledClusters;

    MissingReport(Standing standing, Reporting reporting, boolean silent, Set<String> stalledClusters) {
        this.standing = standing;
        this.reporting = reporting;
        this.silent = silent;
        this.stalledClusters = Set.copyOf(stalledClusters);
    }

    List<Sighting> on(List<Expectation> expectations, JobConfig jobs) {
        Map<String, Standing.Raised> open = new HashMap<>();
        standing.open(CaseKind.MISSING_RUN).forEach(raised -> open.put(raised.subject(), raised));
        List<Sighting> sightings = new ArrayList<>();
        for (Expectation expectation : expectations) {
            Standing.Raised raised = open.remove(expectation.job());
            boolean missing = expectation.isMissingAt(reporting.now());
            if (raised == null && missing) {
                sightings.addAll(missing(expectation));
            } else if (raised != null && !missing) {
                sightings.add(reporting.over(raised, expectation.job() + " " + expectation.lastStart()));
            }
        }
        if (jobs.problems().isEmpty() && !jobs.all().isEmpty()) {
            open.values()
                    .forEach(raised -> sightings.add(
                            reporting.over(raised, raised.subject() + " is not to be started by the clock any more")));
        }
        return sightings;
    }

    private List<Sighting> missing(Expectation expectation) {
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
        return List.of(reporting.wrong(
                CaseKind.MISSING_RUN,
                expectation.job(),
                RULE,
                List.of(
                        expectation.job() + " (schedule: "
                                + expectation.periodic().schedule().words() + ") " + expectation.lastStart(),
                        "counted from " + expectation.from() + " it was due at " + expectation.due()
                                + ", and is missing since " + expectation.deadline())));
    }
}
