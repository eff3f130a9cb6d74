// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import com.fasterxml.jackson.annotation.JsonValue;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.routing.Cause;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A person's report that the diagnosis of an incident is wrong, with the evidence at that time; stored as JSON.
 *
 * @param run the build id of the latest run; null if the incident has none
 * @param job the job of that run, or else the first lane; null for an incident without lanes
 * @param signature empty if the evidence had none
 */
public record DiagnosisFeedback(
        Instant at,
        String person,
        Kind kind,
        String incident,
        @Nullable String run,
        @Nullable String job,
        String rule,
        Cause cause,
        String sig,
        String area,
        String signature) {
    public static DiagnosisFeedback of(IncidentView incident, Kind kind, String person, Instant at) {
        Diagnosis diagnosis = incident.diagnosis();
        FailedRun latest = incident.latest();
        return new DiagnosisFeedback(
                at,
                person,
                kind,
                incident.id(),
                latest == null ? null : latest.buildId(),
                latest == null ? incident.lanes().stream().findFirst().orElse(null) : latest.job(),
                diagnosis.rule(),
                diagnosis.cause(),
                diagnosis.sig(),
                diagnosis.area(),
                diagnosis.symptoms() == null ? "" : diagnosis.symptoms().signature());
    }

    public enum Kind {
        WRONG_CAUSE,
        NOT_OURS;

        /** The name of the command, too. */
        @JsonValue
        public String value() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** On how many incidents people reported this of a rule. */
    public record RuleCount(String rule, int wrongCause, int notOurs) {
        /** One person may err, or one incident may be special. */
        public static final int OFTEN = 3;

        /** As a line of text; rules are named in the settings. */
        public String sentence() {
            return "rule " + rule + ": wrong cause " + wrongCause + ", not ours " + notOurs
                    + (wrongCause + notOurs >= OFTEN ? " (often: change the rule)" : "");
        }
    }
}
