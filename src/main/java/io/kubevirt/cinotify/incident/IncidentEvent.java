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
 * Something that happened, from which the incidents follow. Counted in {@link #ORDER}, however late and in whatever order
 * it was seen, so that the same things make the same incidents.
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

    /** By time; at the same instant runs first, by job, pull request and identity. */
    Comparator<IncidentEvent> ORDER =
            Comparator.<IncidentEvent, Instant>comparing(IncidentEvent::at).thenComparing(IncidentEvent::sortKey);

    /** When it happened. */
    Instant at();

    /** The same at another instant, where its own is too old to be counted at. */
    IncidentEvent at(Instant other);

    /** Its place among what happened at the same instant; also its identity there. */
    String sortKey();

    /** A run came to its end. */
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

        /**
         * The place of a run among those that ended at the same instant.
         *
         * @param identity see {@link ObservedRun#id}
         */
        public static String rank(JobRun run, String identity) {
            String pull = run.pulls().stream()
                    .map(first -> Integer.toString(first.number()))
                    .findFirst()
                    .orElse("0");
            return "0 " + run.job() + " " + "0".repeat(PULL_DIGITS - pull.length()) + pull + " " + identity + " "
                    + run.state().ordinal();
        }
    }

    /**
     * Its artifacts say more of a run than was known.
     *
     * @param run the identity of the run
     */
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

    /** Others see a problem. */
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

    /** They see it no more. */
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

    /**
     * A person says that it is over.
     *
     * @param incident its identity
     */
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
