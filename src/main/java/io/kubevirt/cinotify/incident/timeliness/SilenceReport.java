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
import java.util.List;
import java.util.Optional;

/** Tells once that Prow is silent, and once that it is no longer. */
final class SilenceReport {

    private final boolean silent;
    private final List<Sighting> sightings;

    SilenceReport(Silence silence, Standing standing, Reporting reporting) {
        Optional<Standing.Raised> open =
                standing.open(CaseKind.SILENT_PROW).stream().findFirst();
        Optional<Silence.Symptom> symptom = silence.symptom();
        this.silent = open.isPresent() || symptom.isPresent();
        this.sightings = open.isPresent()
                ? open.filter(silence::isOver).map(raised -> reporting.over(raised, "Prow starts runs again")).stream()
                        .toList()
                : symptom
                        .map(found -> reporting.wrong(
                                CaseKind.SILENT_PROW, Timeliness.EVERYWHERE, found.rule(), List.of(found.because())))
                        .stream()
                        .toList();
    }

    /** Whether this explains what else is missing; also at the look that sees the end, before others are counted anew. */
    boolean isSilent() {
        return silent;
    }

    List<Sighting> sightings() {
        return sightings;
    }
}
