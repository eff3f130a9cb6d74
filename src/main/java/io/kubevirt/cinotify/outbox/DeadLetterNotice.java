// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import io.kubevirt.cinotify.digest.DigestConfig.Destination;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.template.GitHubMarkdown;
import io.kubevirt.cinotify.store.MessageThread;
import io.kubevirt.cinotify.store.Transaction;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reports to the operators that a message was given up: once for each message and destination, and never about a notice. */
record DeadLetterNotice(Channels channels, Destination operators) {
    private static final String ID = "dead-letter-";

    /** Adds the notice in the transaction that records the outcome. */
    void add(Transaction transaction, MessageThread.Key key, MessageThread.Row row, String reason, Instant now) {
        if (!row.messageId().startsWith(ID)) {
            boolean isPublic = new MessageAddresses(channels, transaction).isPublic(key.channel(), key.destination());
            new OutboxWriter(channels, transaction, now).add(message(key, row, isPublic ? reason : null));
        }
    }

    /**
     * Without what the message says: it may be private.
     *
     * @param reason null for a destination that not everybody reads, which is not named either
     */
    OutgoingMessage.TextMessage message(MessageThread.Key key, MessageThread.Row row, @Nullable String reason) {
        GitHubMarkdown markdown = new GitHubMarkdown();
        String where = key.channel() + " " + key.destination();
        String id = ID + row.messageId() + "-" + Integer.toHexString(where.hashCode());
        return new OutgoingMessage.TextMessage(
                id,
                id,
                operators.channel(),
                operators.destination(),
                "Not sent to " + (reason == null ? "a restricted destination" : key.destination()) + " of "
                        + key.channel() + ": a message was given up",
                "Message: " + markdown.code(row.messageId()) + " (" + row.kind() + ")"
                        + (reason == null ? "" : "\nReason: " + markdown.text(reason))
                        + "\n**Next:** fix the cause, then run `ci-notify outbox retry`; `ci-notify outbox list` shows it.");
    }
}
