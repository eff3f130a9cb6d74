// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.routing;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far to trust a diagnosis. */
public enum Confidence {
    /** Only the default applied, or the evidence is ambiguous. */
    LOW,
    /** Based on the job's name or configuration, or on a hint in the log. */
    MEDIUM,
    /** Based on Prow's own description, the artifacts, or the annotations of the job. */
    HIGH;

    @JsonValue
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }
}
