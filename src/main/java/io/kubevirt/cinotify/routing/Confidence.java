// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.routing;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far to trust a diagnosis. */
public enum Confidence {
    /** Nothing but the default spoke, or what spoke is unclear. */
    LOW,
    /** The job's name or configuration spoke, or a hint in its log. */
    MEDIUM,
    /** Prow itself, the run's artifacts, or the job's owner by annotation spoke. */
    HIGH;

    /** In lower case, as in output. */
    @JsonValue
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }
}
