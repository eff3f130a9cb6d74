// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.util.Locale;

/** How a message appears at a destination. */
public enum MessageForm {
    SEND,
    /** A notification without mention, outside working hours; a text that replaces the current one. */
    SILENT,
    /** Mentions the people of a silent notification. */
    MENTION,
    /** Announces a deferred notification. */
    ANNOUNCE,
    /** Retracts an announcement. */
    RETRACT;

    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }

    static MessageForm parse(String value) {
        return valueOf(value.toUpperCase(Locale.ROOT));
    }
}
