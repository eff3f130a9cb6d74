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
 * @param shownAsOpen whether the last message that is sent shows an open incident; if the next row is resolved, also a message
 *     that may be sent
 * @param uncertainSince since when a message that was given up may be sent unnoticed; null if there is none
 * @param rows due, in order
 * @param toVerify the row that the root should show, if that is to be read back now; null if not
 */
public record MessageThread(
        Key key,
        Root root,
        long resolvedUpTo,
        boolean shownAsOpen,
        @Nullable Instant uncertainSince,
        List<Row> rows,
        @Nullable Row toVerify) {
    public MessageThread {
        rows = List.copyOf(rows);
    }

    /**
     * The first message of a thread.
     *
     * @param reference id on the channel; null if it was deleted
     * @param shownSequence sequence of the row whose state it shows
     * @param deletions how often people deleted it
     * @param uncertainSince last writing request of an edit that may still be carried out; null if there is none
     * @param verifyAt when to read it back; null if its state is known, or if that was given up until the next edit
     */
    public record Root(
            @Nullable String reference,
            long shownSequence,
            int deletions,
            @Nullable Instant uncertainSince,
            @Nullable Instant verifyAt) {
        public static final Root NONE = new Root(null, 0, 0);

        /** No edit may still be carried out. */
        public Root(@Nullable String reference, long shownSequence, int deletions) {
            this(reference, shownSequence, deletions, null, null);
        }
    }

    /**
     * The newest notifications of a thread, by sequence; zero if there is none.
     *
     * @param possiblySent the newest that may be sent
     * @param resolution the newest resolution that is sent
     */
    public record Newest(long sent, long possiblySent, long resolution) {
        /**
         * Whether the last one shows an open incident. A resolution is sent for what may be seen; what comes next is a change
         * only of what is certainly seen.
         */
        public boolean showsOpen(List<Row> rows, long resolvedUpTo) {
            boolean nextIsOpen = rows.stream()
                    .filter(Row::isNotification)
                    .findFirst()
                    .filter(row -> row.sequence() > resolvedUpTo)
                    .isPresent();
            return (nextIsOpen ? sent : Math.max(sent, possiblySent)) > resolution;
        }
    }

    /** @param thread id of the incident, or of a series of texts */
    public record Key(String channel, String destination, String thread) {}

    /**
     * A message that is due at a destination.
     *
     * @param sequence order of the decisions
     * @param kind kind of the notification, or {@value #TEXT}
     * @param uncertain it, or the root that it edits, may already be sent
     * @param uncertainSince end of the last attempt that may have sent it, or its last writing request after a crash; null if
     *     there is none
     * @param replied whether it was sent as a reply, before the root shows it
     */
    public record Row(
            long sequence,
            String messageId,
            MessageForm form,
            String kind,
            boolean uncertain,
            @Nullable Instant uncertainSince,
            boolean interrupts,
            boolean replied) {
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
