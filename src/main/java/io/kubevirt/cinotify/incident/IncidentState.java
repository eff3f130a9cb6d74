// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where an incident stands (design.md section 4). */
public enum IncidentState {
    /** Somebody has been told, or will be. */
    OPEN,
    /** Over. */
    RESOLVED,
    /** It turned out not to have been: what was seen late shows that. */
    RETRACTED;

    /** Whether nobody has to do anything about it any more. */
    public boolean isOver() {
        return this != OPEN;
    }

    /** In lower case, as stored and shown. */
    @JsonValue
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }
}
