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
package io.kubevirt.cinotify.incident.policy;

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
    @JsonSubTypes.Type(value = Input.Ran.class, name = "ran"),
    @JsonSubTypes.Type(value = Input.Learned.class, name = "learned"),
    @JsonSubTypes.Type(value = Input.Raised.class, name = "raised"),
    @JsonSubTypes.Type(value = Input.Cleared.class, name = "cleared"),
    @JsonSubTypes.Type(value = Input.Resolved.class, name = "resolved")
})
public sealed interface Input {

    /** By time; at the same instant runs first, by job, pull request and identity. */
    Comparator<Input> ORDER = Comparator.<Input, Instant>comparing(Input::at).thenComparing(Input::rank);

    /** When it happened. */
    Instant at();

    /** The same at another instant, where its own is too old to be counted at. */
    Input at(Instant other);

    /** Its place among what happened at the same instant; also its identity there. */
    String rank();

    /** A run came to its end. */
    record Ran(Instant at, RunFinished run) implements Input {

        private static final int PULL_DIGITS = 10;

        @Override
        public Input at(Instant other) {
            return new Ran(other, run);
        }

        @Override
        public String rank() {
            return rank(run.finding().run(), run.id());
        }

        /**
         * The place of a run among those that ended at the same instant.
         *
         * @param identity see {@link RunFinished#id}
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
    record Learned(Instant at, String run, Diagnosis diagnosis) implements Input {
        @Override
        public Input at(Instant other) {
            return new Learned(other, run, diagnosis);
        }

        @Override
        public String rank() {
            return "1 " + run;
        }
    }

    /** Others see a problem. */
    record Raised(Instant at, Problem problem) implements Input {
        @Override
        public Input at(Instant other) {
            return new Raised(other, problem);
        }

        @Override
        public String rank() {
            return "2 " + problem.key();
        }
    }

    /** They see it no more. */
    record Cleared(Instant at, String key, String why) implements Input {
        @Override
        public Input at(Instant other) {
            return new Cleared(other, key, why);
        }

        @Override
        public String rank() {
            return "3 " + key;
        }
    }

    /**
     * A person says that it is over.
     *
     * @param incident its identity
     */
    record Resolved(Instant at, String incident, String by) implements Input {
        @Override
        public Input at(Instant other) {
            return new Resolved(other, incident, by);
        }

        @Override
        public String rank() {
            return "4 " + incident;
        }
    }
}
