// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.prow.JobRun;
import java.time.Instant;
import java.util.Comparator;

/**
 * An input of detection. Events are applied in {@link #ORDER}, however late and in whatever order they arrive, so that
 * the same events always lead to the same incidents.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "input")
@JsonSubTypes({
    @JsonSubTypes.Type(value = IncidentEvent.RunFinished.class, name = "ran"),
    @JsonSubTypes.Type(value = IncidentEvent.DiagnosisRevised.class, name = "learned"),
    @JsonSubTypes.Type(value = IncidentEvent.ProblemRaised.class, name = "raised"),
    @JsonSubTypes.Type(value = IncidentEvent.ProblemCleared.class, name = "cleared"),
    @JsonSubTypes.Type(value = IncidentEvent.IncidentResolved.class, name = "resolved")
})
public sealed interface IncidentEvent {
    /** By time; at the same instant runs come first, by job, pull request and id. */
    Comparator<IncidentEvent> ORDER =
            Comparator.<IncidentEvent, Instant>comparing(IncidentEvent::at).thenComparing(IncidentEvent::sortKey);

    /** When the event happened, which may be long before it arrives. */
    Instant at();

    /** The same event at another instant, for events that are too old to be replayed. */
    IncidentEvent at(Instant other);

    /**
     * The order among events of the same instant, and the identity of the event there. Stored: do not change the
     * format.
     */
    String sortKey();

    record RunFinished(Instant at, ObservedRun run) implements IncidentEvent {
        private static final int PULL_DIGITS = 10;

        @Override
        public IncidentEvent at(Instant other) {
            return new RunFinished(other, run);
        }

        @Override
        public String sortKey() {
            return rank(run.diagnosedRun().run(), run.id());
        }

        public static String rank(JobRun run, String identity) {
            String pull = run.pulls().stream()
                    .map(first -> Integer.toString(first.number()))
                    .findFirst()
                    .orElse("0");
            return "0 " + run.job() + " " + "0".repeat(PULL_DIGITS - pull.length()) + pull + " " + identity + " "
                    + run.state().ordinal();
        }
    }

    record DiagnosisRevised(Instant at, String run, Diagnosis diagnosis) implements IncidentEvent {
        @Override
        public IncidentEvent at(Instant other) {
            return new DiagnosisRevised(other, run, diagnosis);
        }

        @Override
        public String sortKey() {
            return "1 " + run;
        }
    }

    /** A detector outside this package reports a problem. */
    record ProblemRaised(Instant at, ReportedProblem problem) implements IncidentEvent {
        @Override
        public IncidentEvent at(Instant other) {
            return new ProblemRaised(other, problem);
        }

        @Override
        public String sortKey() {
            return "2 " + problem.key();
        }
    }

    record ProblemCleared(Instant at, String key, String why) implements IncidentEvent {
        @Override
        public IncidentEvent at(Instant other) {
            return new ProblemCleared(other, key, why);
        }

        @Override
        public String sortKey() {
            return "3 " + key;
        }
    }

    record IncidentResolved(Instant at, String incident, String by) implements IncidentEvent {
        @Override
        public IncidentEvent at(Instant other) {
            return new IncidentResolved(other, incident, by);
        }

        @Override
        public String sortKey() {
            return "4 " + incident;
        }
    }
}
