// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.util.Locale;

/** State of a message at a destination. */
public enum OutboxState {
    /** Not sent. */
    WAITING,
    SENDING,
    /** May be sent: the response was lost or the sender crashed. */
    UNKNOWN,
    SENT,
    /** A newer message contains it. */
    REPLACED,
    /** Resolved before it was sent. */
    STALE,
    /** Part of a rate-limit digest. */
    BATCHED,
    WITHDRAWN,
    /** Given up. */
    DEAD;

    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }
}
