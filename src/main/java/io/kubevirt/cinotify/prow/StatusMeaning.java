// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * The meaning of Prow's state and description of a run.
 *
 * @param kind the kind of outcome
 * @param explanation a clause for the trace
 * @param known whether the description is known; if not, only the state was used
 */
public record StatusMeaning(Kind kind, String explanation, boolean known) {

    /** The kind of outcome of a run. */
    public enum Kind {
        /** Prow or the cluster could not run it. */
        INFRASTRUCTURE,
        /** It exceeded its resources, mostly memory. */
        RESOURCES,
        /** The cluster or Prow rejects its configuration. */
        CONFIGURATION,
        /** Stopped by a user, a newer run, a new push or a time limit. */
        ABORTED,
        /** Its pod ran to completion, successfully or not; the artifacts have the details. */
        RAN,
        /** It has not ended. */
        RUNNING,
        /** It ended with an unknown description. */
        UNKNOWN;

        /** As written in traces. */
        @JsonValue
        public String value() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
