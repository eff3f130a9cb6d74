// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.stale;

import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.prow.JobConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells of periodic jobs that do not start. */
final class MissingRunDetector {

    private static final String RULE = "missing-run";

    private final OpenProblems openProblems;
    private final StaleProblemFactory problems;
    private final boolean silent;
    private final Set<String> stalledClusters;

    MissingRunDetector(
            OpenProblems standing, StaleProblemFactory reporting, boolean silent, Set<String> stalledClusters) {
        this.openProblems = standing;
        this.problems = reporting;
        this.silent = silent;
        this.stalledClusters = Set.copyOf(stalledClusters);
    }

    List<StalenessResult> detect(List<ExpectedStart> expectations, JobConfig jobs) {
        Map<String, OpenProblems.OpenProblem> open = new HashMap<>();
        openProblems.open(IncidentKind.MISSING_RUN).forEach(raised -> open.put(raised.subject(), raised));
        List<StalenessResult> sightings = new ArrayList<>();
        for (ExpectedStart expectation : expectations) {
            OpenProblems.OpenProblem raised = open.remove(expectation.job());
            boolean missing = expectation.isMissingAt(problems.now());
            if (raised == null && missing) {
                sightings.addAll(missing(expectation));
            } else if (raised != null && !missing) {
                sightings.add(problems.cleared(raised, expectation.job() + " " + expectation.lastStart()));
            }
        }
        if (jobs.problems().isEmpty() && !jobs.all().isEmpty()) {
            open.values()
                    .forEach(raised -> sightings.add(problems.cleared(
                            raised, raised.subject() + " is not to be started by the clock any more")));
        }
        return sightings;
    }

    private List<StalenessResult> missing(ExpectedStart expectation) {
        if (silent) {
            return problems.suppressed(
                    expectation.deadline(),
                    StaleSuppressionReason.PROW_SILENT,
                    "no periodic job starts, so neither does " + expectation.job());
        }
        if (stalledClusters.contains(expectation.cluster())) {
            return problems.suppressed(
                    expectation.deadline(),
                    StaleSuppressionReason.CLUSTER_STALLED,
                    expectation.cluster() + " starts nothing, so neither does it start " + expectation.job());
        }
        return List.of(problems.raised(
                IncidentKind.MISSING_RUN,
                expectation.job(),
                RULE,
                List.of(
                        expectation.job() + " (schedule: "
                                + expectation.periodic().schedule().expression() + ") " + expectation.lastStart(),
                        "counted from " + expectation.from() + " it was due at " + expectation.due()
                                + ", and is missing since " + expectation.deadline())));
    }
}
