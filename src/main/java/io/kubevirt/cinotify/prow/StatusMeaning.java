// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
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
public record StatusMeaning(Kind kind, String explanation, boolean known) {

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
        public String value() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
