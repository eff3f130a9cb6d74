// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.util.Locale;

/** What has become of a content at one place. */
public enum OutboxState {
    /** It has not been said, for sure. */
    WAITING,
    /** Somebody is at it. */
    SENDING,
    /** It may be there: the answer was lost, or whoever was at it. */
    UNKNOWN,
    /** It is there. */
    SENT,
    /** Something newer that is there tells as much. */
    REPLACED,
    /** It was over before it could be said. */
    STALE,
    /** A digest says it. */
    BATCHED,
    /** It was taken back before it was said. */
    WITHDRAWN,
    /** It will never be said. */
    DEAD;

    /** In lower case, as stored and shown. */
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }
}
