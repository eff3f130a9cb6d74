// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a thread stands at a place.
 *
 * @param root what stands there
 * @param resolvedUpTo the sequence of the newest word that it is over; zero if it never was
 * @param shownAsOpen whether the last that was written there, or may have been, says that it is not over
 * @param uncertainSince since when something that was given up may stand there all the same, unknown to us; null if there is none
 * @param rows what is due, in order; at least one
 */
public record MessageThread(
        ThreadKey key,
        RootMessage root,
        long resolvedUpTo,
        boolean shownAsOpen,
        @Nullable Instant uncertainSince,
        List<OutboxRow> rows) {

    /** Copies the list. */
    public MessageThread {
        rows = List.copyOf(rows);
    }

    /** The same with other rows. */
    public MessageThread with(List<OutboxRow> others) {
        return new MessageThread(key, root, resolvedUpTo, shownAsOpen, uncertainSince, others);
    }
}
