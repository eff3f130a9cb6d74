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
 * Where a thread stands at a place.
 *
 * @param root what stands there
 * @param resolvedUpTo the sequence of the newest word that it is over; zero if it never was
 * @param shownAsOpen whether the last that was written there, or may have been, says that it is not over
 * @param uncertainSince since when something that was given up may stand there all the same, unknown to us; null if there is none
 * @param rows what is due, in order; at least one
 */
public record MessageThread(
        Key key,
        Root root,
        long resolvedUpTo,
        boolean shownAsOpen,
        @Nullable Instant uncertainSince,
        List<Row> rows) {

    /** Copies the list. */
    public MessageThread {
        rows = List.copyOf(rows);
    }

    /** The same with other rows. */
    public MessageThread with(List<Row> others) {
        return new MessageThread(key, root, resolvedUpTo, shownAsOpen, uncertainSince, others);
    }

    /**
     * What stands at a place for a thread.
     *
     * @param reference by what the channel knows it; null once somebody has deleted it
     * @param shownSequence the sequence of the newest saying that it shows
     * @param deletions how often somebody has deleted it
     */
    public record Root(@Nullable String reference, long shownSequence, int deletions) {

        /** Where nothing has been written. */
        public static final Root NONE = new Root(null, 0, 0);
    }

    /**
     * What is said of one thing at one place, in order.
     *
     * @param thread the incident, or what letters continue
     */
    public record Key(String channel, String destination, String thread) {}

    /**
     * A content that is due at a place.
     *
     * @param sequence the order of the decisions
     * @param kind the kind of message, or {@value #TEXT}
     * @param uncertain it may be there already, or what it changes may
     * @param uncertainSince when the last attempt ended that may have written it, or began if nobody lived to see its end; null if none
     *     may have
     * @param interrupts it is meant to interrupt a person
     */
    public record Row(
            long sequence,
            String messageId,
            MessageForm form,
            String kind,
            boolean uncertain,
            @Nullable Instant uncertainSince,
            boolean interrupts) {

        /** The kind of all letters. */
        public static final String TEXT = "text";

        static final Set<String> INTERRUPTING = Arrays.stream(NotificationKind.values())
                .filter(NotificationKind::interrupts)
                .map(NotificationKind::value)
                .collect(Collectors.toUnmodifiableSet());

        /** Whether it is news of an incident that is to be shown. */
        public boolean isNotification() {
            return !kind.equals(TEXT) && form != MessageForm.ANNOUNCE && form != MessageForm.RETRACT;
        }
    }
}
