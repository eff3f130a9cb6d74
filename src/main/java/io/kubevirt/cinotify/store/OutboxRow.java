// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import io.kubevirt.cinotify.incident.NotificationKind;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
public record OutboxRow(
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
