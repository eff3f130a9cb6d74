// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import io.kubevirt.cinotify.incident.NotificationKind;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * State of a thread at a destination.
 *
 * @param resolvedUpTo sequence of the latest resolution; zero if there is none
 * @param shownAsOpen whether the last message that is, or may be, sent shows an open incident
 * @param uncertainSince since when a message that was given up may be sent unnoticed; null if there is none
 * @param rows due, in order; at least one
 */
public record MessageThread(
        Key key,
        Root root,
        long resolvedUpTo,
        boolean shownAsOpen,
        @Nullable Instant uncertainSince,
        List<Row> rows) {
    public MessageThread {
        rows = List.copyOf(rows);
    }

    public MessageThread with(List<Row> newRows) {
        return new MessageThread(key, root, resolvedUpTo, shownAsOpen, uncertainSince, newRows);
    }

    /**
     * The first message of a thread.
     *
     * @param reference id on the channel; null if it was deleted
     * @param shownSequence sequence of the row whose state it shows
     * @param deletions how often people deleted it
     */
    public record Root(@Nullable String reference, long shownSequence, int deletions) {
        public static final Root NONE = new Root(null, 0, 0);
    }

    /** @param thread id of the incident, or of a series of texts */
    public record Key(String channel, String destination, String thread) {}

    /**
     * A message that is due at a destination.
     *
     * @param sequence order of the decisions
     * @param kind kind of the notification, or {@value #TEXT}
     * @param uncertain it, or the root that it edits, may already be sent
     * @param uncertainSince end of the last attempt that may have sent it, or its start after a crash; null if there is none
     */
    public record Row(
            long sequence,
            String messageId,
            MessageForm form,
            String kind,
            boolean uncertain,
            @Nullable Instant uncertainSince,
            boolean interrupts) {
        public static final String TEXT = "text";

        static final Set<String> INTERRUPTING = Arrays.stream(NotificationKind.values())
                .filter(NotificationKind::interrupts)
                .map(NotificationKind::value)
                .collect(Collectors.toUnmodifiableSet());

        public boolean isNotification() {
            return !kind.equals(TEXT) && form != MessageForm.ANNOUNCE && form != MessageForm.RETRACT;
        }
    }
}
