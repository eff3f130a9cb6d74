// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.stale;

import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.stale.ExpectedStarts.ExpectedStart;
import io.kubevirt.cinotify.incident.stale.OpenProblems.OpenProblem;
import io.kubevirt.cinotify.incident.stale.StalenessDetector.StalenessResult;
import io.kubevirt.cinotify.incident.stale.StalenessDetector.StalenessResult.Reason;
import io.kubevirt.cinotify.prow.JobConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Detects periodic jobs that do not start. */
final class MissingRunDetector {
    private static final String RULE = "missing-run";

    private final StaleProblemFactory problems;
    private final boolean silent;
    private final Set<String> stalledClusters;

    MissingRunDetector(StaleProblemFactory problems, boolean silent, Set<String> stalledClusters) {
        this.problems = problems;
        this.silent = silent;
        this.stalledClusters = Set.copyOf(stalledClusters);
    }

    List<StalenessResult> detect(List<ExpectedStart> expectedStarts, JobConfig jobs) {
        Map<String, OpenProblem> open = problems.open(IncidentKind.MISSING_RUN);
        List<StalenessResult> results = new ArrayList<>();
        for (ExpectedStart expected : expectedStarts) {
            OpenProblem raised = open.remove(expected.job());
            boolean missing = expected.isMissingAt(problems.now());
            if (raised == null && missing) {
                results.addAll(missing(expected));
            } else if (raised != null && !missing) {
                results.add(problems.cleared(raised, expected.job() + " " + expected.lastStart()));
            }
        }
        if (jobs.problems().isEmpty() && !jobs.all().isEmpty()) {
            open.values()
                    .forEach(raised ->
                            results.add(problems.cleared(raised, raised.subject() + " is no longer a periodic job")));
        }
        return results;
    }

    private List<StalenessResult> missing(ExpectedStart expected) {
        if (silent) {
            return problems.suppressed(
                    expected.deadline(),
                    Reason.PROW_SILENT,
                    "Prow starts no periodic job, including " + expected.job());
        }
        if (stalledClusters.contains(expected.cluster())) {
            return problems.suppressed(
                    expected.deadline(),
                    Reason.CLUSTER_STALLED,
                    "cluster " + expected.cluster() + " starts no run, including " + expected.job());
        }
        return List.of(problems.raised(
                IncidentKind.MISSING_RUN,
                expected.job(),
                RULE,
                List.of(
                        expected.job() + " (schedule: "
                                + expected.periodic().schedule().expression() + ") " + expected.lastStart(),
                        "it was due at " + expected.due() + ", counted from " + expected.from()
                                + ", and has been missing since " + expected.deadline())));
    }
}
