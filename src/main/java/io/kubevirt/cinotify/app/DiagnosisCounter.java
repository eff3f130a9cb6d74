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
package io.kubevirt.cinotify.app;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.policy.Input;
import io.micrometer.core.instrument.Metrics;
import java.util.List;

/** Counts what red runs were read as, as {@code ci_notify_diagnoses_total{cause,area,basis}}. */
final class DiagnosisCounter {

    private DiagnosisCounter() {}

    /** Of those that are red, by Prow's words and the job alone. */
    static void seen(List<Input.Ran> runs) {
        for (Input.Ran ran : runs) {
            Diagnosis diagnosis = ran.run().finding().diagnosis();
            if (diagnosis != null) {
                count(diagnosis, "run");
            }
        }
    }

    /** By what the run left behind, if it could be read. */
    static void learned(Diagnosis diagnosis) {
        if (diagnosis.symptoms() != null) {
            count(diagnosis, "artifacts");
        }
    }

    private static void count(Diagnosis diagnosis, String basis) {
        Metrics.counter(
                        "ci_notify.diagnoses",
                        "cause",
                        diagnosis.cause().word(),
                        "area",
                        diagnosis.area(),
                        "basis",
                        basis)
                .increment();
    }
}
