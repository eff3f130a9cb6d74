// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.stale;

import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.stale.ClusterQueues.ClusterQueue;
import io.kubevirt.cinotify.incident.stale.OpenProblems.OpenProblem;
import io.kubevirt.cinotify.incident.stale.StalenessDetector.StalenessResult;
import io.kubevirt.cinotify.prow.GoDuration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Detects clusters that do not start pending runs. */
final class StalledClusterDetector {
    private static final String RULE = "stalled-cluster";

    private final StaleProblemFactory problems;
    private final boolean silent;
    private final Set<String> clusters = new HashSet<>();

    StalledClusterDetector(StaleProblemFactory problems, boolean silent) {
        this.problems = problems;
        this.silent = silent;
    }

    List<StalenessResult> detect(List<ClusterQueue> queues) {
        Map<String, OpenProblem> open = problems.open(IncidentKind.STALLED_CLUSTER);
        clusters.addAll(open.keySet());
        List<StalenessResult> results = new ArrayList<>();
        for (ClusterQueue queue : queues) {
            OpenProblem raised = open.remove(queue.cluster());
            results.addAll(raised == null ? unreported(queue) : reported(queue, raised));
        }
        open.values().forEach(raised -> results.add(problems.cleared(raised, "no run waits on " + raised.subject())));
        return results;
    }

    /** The stalled clusters; valid after {@link #detect}. */
    Set<String> clusters() {
        return clusters;
    }

    private List<StalenessResult> unreported(ClusterQueue queue) {
        if (!queue.isStalledAt(problems.now())) {
            return List.of();
        }
        if (silent) {
            return problems.suppressed(
                    queue.limitReached(),
                    StalenessResult.Reason.PROW_SILENT,
                    "Prow starts nothing on any cluster, including " + queue.cluster());
        }
        clusters.add(queue.cluster());
        return List.of(problems.raised(
                IncidentKind.STALLED_CLUSTER,
                queue.cluster(),
                RULE,
                List.of(
                        queue.describe(),
                        "a run may wait " + GoDuration.format(queue.limit()) + " there, until "
                                + queue.limitReached())));
    }

    private List<StalenessResult> reported(ClusterQueue queue, OpenProblem raised) {
        return queue.hasRecovered(raised.openedAt(), problems.now())
                ? List.of(problems.cleared(raised, queue.cluster() + " starts pods again: " + queue.describe()))
                : List.of();
    }
}
