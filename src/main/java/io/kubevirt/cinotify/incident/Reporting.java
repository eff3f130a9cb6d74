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

import io.kubevirt.cinotify.diagnosis.Cause;
import io.kubevirt.cinotify.diagnosis.Confidence;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import java.time.Instant;
import java.util.List;

/** Makes incidents of what does not happen: no SIG can mend it, and there is no run to show. */
final class Reporting {

    private final TimelinessRules.Areas areas;
    private final Lifecycle lifecycle;
    private final Watch watch;
    private final Instant now;

    Reporting(TimelinessRules.Areas areas, Lifecycle lifecycle, Watch watch, Instant now) {
        this.areas = areas;
        this.lifecycle = lifecycle;
        this.watch = watch;
        this.now = now;
    }

    Instant now() {
        return now;
    }

    /** Opens an incident; {@code facts} are the sentences of its trace. */
    Outcome open(IncidentKey key, String rule, List<String> facts) {
        Diagnosis diagnosis =
                new Diagnosis(Cause.INFRASTRUCTURE, Diagnosis.NO_SIG, area(key.kind()), Confidence.HIGH, rule, facts);
        return lifecycle.open(
                new Opening(key, diagnosis, isBlocking(key.kind()), null),
                "rule " + rule + ": " + key + ": an incident opens",
                now);
    }

    Outcome close(Incident incident, String because) {
        return Lifecycle.close(incident, null, because + ": incident " + incident.id() + " closes", now);
    }

    /** Says nothing because something wider is told; counted when it came about, not at every look. */
    List<Outcome> explained(Instant reached, Suppression why, String reason) {
        return watch.isNew(reached) ? List.of(Outcome.suppressed(why, reason)) : List.of();
    }

    private String area(IncidentKind kind) {
        return switch (kind) {
            case STALLED_CLUSTER -> areas.stalledCluster();
            case SILENT_PROW -> areas.silentProw();
            case MISSING_RUN, LANE -> areas.missingRun();
        };
    }

    /** Where no pod starts, no pull request merges. */
    private static boolean isBlocking(IncidentKind kind) {
        return kind == IncidentKind.STALLED_CLUSTER || kind == IncidentKind.SILENT_PROW;
    }
}
