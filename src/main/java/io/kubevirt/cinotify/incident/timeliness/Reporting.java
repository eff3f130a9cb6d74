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

import io.kubevirt.cinotify.diagnosis.Cause;
import io.kubevirt.cinotify.diagnosis.Confidence;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.policy.CaseKind;
import io.kubevirt.cinotify.incident.policy.Problem;
import java.time.Instant;
import java.util.List;

/** Makes problems of what does not happen: no SIG can mend it, and there is no run to show. */
final class Reporting {

    private final TimelinessRules.Areas areas;
    private final Watch watch;
    private final Instant now;

    Reporting(TimelinessRules.Areas areas, Watch watch, Instant now) {
        this.areas = areas;
        this.watch = watch;
        this.now = now;
    }

    Instant now() {
        return now;
    }

    /** Something is wrong with a job or cluster; {@code facts} are the sentences of its trace. */
    Sighting wrong(CaseKind kind, String subject, String rule, List<String> facts) {
        Diagnosis diagnosis =
                new Diagnosis(Cause.INFRASTRUCTURE, Diagnosis.NO_SIG, area(kind), Confidence.HIGH, rule, facts);
        List<String> lanes = kind == CaseKind.MISSING_RUN ? List.of(subject) : List.of();
        String key = key(kind, subject);
        String why = sentence(kind, subject) + ": " + facts.getFirst();
        return new Sighting.Wrong(new Problem(kind, key, key, diagnosis, isBlocking(kind), why, lanes));
    }

    Sighting over(Standing.Raised raised, String because) {
        return new Sighting.Over(key(raised.kind(), raised.subject()), because);
    }

    /** By what the problem is known, also as its title. */
    static String key(CaseKind kind, String subject) {
        return kind.word() + " " + subject;
    }

    /** Says nothing because something wider is told; counted when it came about, not at every look. */
    List<Sighting> explained(Instant reached, Suppression why, String reason) {
        return watch.isNew(reached) ? List.of(new Sighting.Explained(why, reason)) : List.of();
    }

    private static String sentence(CaseKind kind, String subject) {
        return switch (kind) {
            case MISSING_RUN -> "the job " + subject + " does not start when it should";
            case STALLED_CLUSTER -> "the cluster " + subject + " does not start the runs that wait for it";
            case SILENT_PROW -> "Prow starts nothing on any cluster";
            default -> throw new IllegalArgumentException(kind + " is not seen by waiting");
        };
    }

    private String area(CaseKind kind) {
        return switch (kind) {
            case STALLED_CLUSTER -> areas.stalledCluster();
            case SILENT_PROW -> areas.silentProw();
            default -> areas.missingRun();
        };
    }

    /** Where no pod starts, no pull request merges. */
    private static boolean isBlocking(CaseKind kind) {
        return kind == CaseKind.STALLED_CLUSTER || kind == CaseKind.SILENT_PROW;
    }
}
