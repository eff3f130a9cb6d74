// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.notify.OutgoingMessage.TextMessage;
import io.kubevirt.cinotify.outbox.MessageClaimer.ClaimedMessage;
import io.kubevirt.cinotify.store.OutboxEntries.OutboxEntry;
import io.kubevirt.cinotify.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Sends one message as the plugin does, once, through an outbox of its own. */
public record TestNotification(Store store, InstantSource clock) {
    /** What it was found to be; empty if the channel has no such destination. */
    public Optional<OutboxEntry> send(Channel channel, String destination) {
        Instant now = clock.instant();
        String id = "test-notification-" + now.toEpochMilli();
        TextMessage message = new TextMessage(
                id,
                id,
                channel.name(),
                destination,
                "TEST: a test notification of ci-notify",
                "Nothing is broken: somebody ran `ci-notify test-notification`. No action is needed.");
        store.inTransaction(transaction -> {
            new OutboxWriter(new Channels(List.of(channel)), transaction, now).add(message);
            return true;
        });
        // A policy that does not give up keeps the reason as it is; nobody sends again from this store.
        MessageSender sender =
                new MessageSender(store, clock, () -> new RetryPolicy(2, Duration.ofDays(1), new Random()));
        sender.refreshLiveness();
        Optional<ClaimedMessage> claimed = sender.claim(channel);
        claimed.ifPresent(each -> sender.send(channel, each));
        return claimed.flatMap(each -> store.inTransaction(
                transaction -> transaction.outboxEntries().find(each.row().sequence())));
    }
}
