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
package io.kubevirt.cinotify.prow;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * What Prow itself says about a run.
 *
 * @param kind what sort of end, or of standing, it is
 * @param explanation the same as a clause for a trace
 * @param known whether the words are in the table; if not, only the state speaks
 */
public record ProwWord(Kind kind, String explanation, boolean known) {

    /** What sort of end, or of standing, a run has come to. */
    public enum Kind {
        /** Prow or the cluster could not run it. */
        INFRASTRUCTURE,
        /** It was given too little, memory above all. */
        RESOURCES,
        /** The cluster or Prow refuses it as it is configured. */
        CONFIGURATION,
        /** Stopped by a person, a newer run, a new push or a time limit. */
        ABORTED,
        /** Its pod ran to its end, for better or worse: the artifacts tell more. */
        RAN,
        /** It has not ended. */
        RUNNING,
        /** It ended, with words that are not in the table. */
        UNKNOWN;

        /** As written in traces. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
