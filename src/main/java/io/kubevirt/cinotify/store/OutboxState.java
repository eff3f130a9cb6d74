// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.util.Locale;
import java.util.Set;

/** State of a message at a destination; {@link OutboxEvent} has the transitions. */
public enum OutboxState {
    /** Not sent. */
    WAITING,
    /** A writing request may be on its way. */
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

    /** States of messages that are still to be sent. */
    static final Set<OutboxState> UNSETTLED = Set.of(WAITING, SENDING, UNKNOWN);

    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }
}
