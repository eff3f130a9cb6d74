// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a message is for. */
public enum NotificationKind {
    /** Somebody must look. */
    OPENED,
    /** What was said before is part of an outage: an edit. */
    FOLDED,
    /** Nobody answered: the next level must look. */
    ESCALATED,
    /** Somebody must look again. */
    REMINDED,
    /** The working hours of whoever has it are over: the next person gets to know how it stands. */
    HANDOFF,
    /** It is over: an edit. */
    RESOLVED,
    /** What was said before is known better by now, or is so again: an edit. */
    CHANGED,
    /** A summary before a meeting. */
    DIGEST;

    /** Whether it interrupts a person. */
    public boolean interrupts() {
        return this == OPENED || this == ESCALATED || this == REMINDED || this == HANDOFF;
    }

    /** In lower case, as stored and shown. */
    @JsonValue
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }
}
