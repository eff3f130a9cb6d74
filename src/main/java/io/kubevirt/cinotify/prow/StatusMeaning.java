// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The meaning of Prow's state and description of a run; of the state alone if the description is not known. */
public record StatusMeaning(Kind kind, String explanation, boolean known) {

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

        @JsonValue
        public String value() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
