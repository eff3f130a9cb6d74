// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

public enum NotificationKind {
    OPENED,
    /** The incident is part of an outage: an edit. */
    FOLDED,
    /** Nobody acknowledged in time: notifies the next level. */
    ESCALATED,
    /** The incident needs attention again. */
    REMINDED,
    /** An announced incident got clearly worse. */
    WORSE,
    /** The assignee's working hours are over: the next person gets the current state. */
    HANDOFF,
    /** The incident is over: an edit. */
    RESOLVED,
    /** Diagnosis or response changed, or the problem is back: an edit. */
    CHANGED,
    /** A summary before a meeting. */
    DIGEST;

    public boolean interrupts() {
        return this == OPENED || this == ESCALATED || this == REMINDED || this == WORSE || this == HANDOFF;
    }

    /** In lower case, as stored and shown. */
    @JsonValue
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }
}
