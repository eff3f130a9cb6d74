// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.stale;

import io.kubevirt.cinotify.incident.IncidentKind;
import java.util.List;
import java.util.Optional;

/** Tells once that Prow is silent, and once that it is no longer. */
final class ProwSilenceDetector {

    private final boolean silent;
    private final List<StalenessResult> results;

    ProwSilenceDetector(ProwSilence silence, OpenProblems standing, StaleProblemFactory reporting) {
        Optional<OpenProblems.OpenProblem> open =
                standing.open(IncidentKind.SILENT_PROW).stream().findFirst();
        Optional<ProwSilence.Symptom> symptom = silence.symptom();
        this.silent = open.isPresent() || symptom.isPresent();
        this.results = open.isPresent()
                ? open
                        .filter(silence::isOver)
                        .map(raised -> reporting.cleared(raised, "Prow starts runs again"))
                        .stream()
                        .toList()
                : symptom
                        .map(found -> reporting.raised(
                                IncidentKind.SILENT_PROW,
                                StalenessDetector.EVERYWHERE,
                                found.rule(),
                                List.of(found.because())))
                        .stream()
                        .toList();
    }

    /** Whether this explains what else is missing; also at the look that sees the end, before others are counted anew. */
    boolean isSilent() {
        return silent;
    }

    List<StalenessResult> results() {
        return results;
    }
}
