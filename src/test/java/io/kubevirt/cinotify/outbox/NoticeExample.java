// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import io.kubevirt.cinotify.digest.DigestConfig.Destination;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.store.MessageForm;
import io.kubevirt.cinotify.store.MessageThread;
import java.util.List;

/** A notice of a message that was given up, for its picture. */
public final class NoticeExample {
    private NoticeExample() {}

    public static OutgoingMessage.TextMessage create() {
        return new DeadLetterNotice(new Channels(List.of()), new Destination("slack", "ci-operators"))
                .message(
                        new MessageThread.Key("slack", "ci-alerts", "1ad63e38ed"),
                        new MessageThread.Row(
                                1, "1ad63e38ed-opened-1", MessageForm.SEND, "opened", false, null, true, false),
                        "given up after 10 attempts since 2026-11-16T09:30:00Z: the channel ci-alerts is archived: unarchive"
                                + " it, or configure another one");
    }
}
