// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

public enum IncidentState {
    OPEN,
    RESOLVED,
    /** A late event shows that there never was a problem. */
    RETRACTED;

    public boolean isOver() {
        return this != OPEN;
    }

    /** In lower case, as stored and shown. */
    @JsonValue
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }
}
