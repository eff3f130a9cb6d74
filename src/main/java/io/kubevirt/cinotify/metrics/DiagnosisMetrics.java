// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.metrics;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.IncidentEvent;
import io.micrometer.core.instrument.Metrics;
import java.util.List;

/** Counts what red runs were read as, as {@code ci_notify_diagnoses_total{cause,area,basis}}. */
public final class DiagnosisMetrics {

    private DiagnosisMetrics() {}

    /** Of those that are red, by Prow's words and the job alone. */
    public static void countRuns(List<IncidentEvent.RunFinished> runs) {
        for (IncidentEvent.RunFinished ran : runs) {
            Diagnosis diagnosis = ran.run().diagnosedRun().diagnosis();
            if (diagnosis != null) {
                count(diagnosis, "run");
            }
        }
    }

    /** By what the run left behind, if it could be read. */
    public static void countArtifacts(Diagnosis diagnosis) {
        if (diagnosis.symptoms() != null) {
            count(diagnosis, "artifacts");
        }
    }

    private static void count(Diagnosis diagnosis, String basis) {
        Metrics.counter(
                        "ci_notify.diagnoses",
                        "cause",
                        diagnosis.cause().value(),
                        "area",
                        diagnosis.area(),
                        "basis",
                        basis)
                .increment();
    }
}
