// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.Announcer;
import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.store.MessageForm;
import io.kubevirt.cinotify.store.OutboxEntry;
import io.kubevirt.cinotify.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Takes in what is to be said, in the transaction in which that is decided. */
public final class OutboxWriter {

    private final Channels channels;
    private final Transaction transaction;
    private final Instant now;

    /** @param channels those that are open now: what is added later goes to those that are open then */
    public OutboxWriter(Channels channels, Transaction transaction, Instant now) {
        this.channels = channels;
        this.transaction = transaction;
        this.now = now;
    }

    /** Adds a content, once for each of its places; one that is there already stays as it is. */
    public void add(OutgoingMessage content) {
        List<OutboxEntry> places = channels.address(content).stream()
                .flatMap(saying ->
                        entries(saying, channels.byName(saying.channel()).orElseThrow()))
                .toList();
        transaction.messages().add(content, places, now);
    }

    /**
     * Takes out whatever of a content has not been written.
     *
     * @return whether nobody has seen any of it, nor will
     */
    public boolean withdraw(String contentId) {
        return transaction.messages().withdraw(contentId, now);
    }

    private Stream<OutboxEntry> entries(AddressedMessage saying, Channel channel) {
        return switch (saying.message()) {
            case OutgoingMessage.TextMessage letter ->
                Stream.of(entry(letter.replaces() ? MessageForm.SILENT : MessageForm.SEND, saying, now));
            case OutgoingMessage.IncidentMessage(Notification message, List<String> why) ->
                notificationEntries(saying, channel, message);
        };
    }

    private Stream<OutboxEntry> notificationEntries(AddressedMessage saying, Channel channel, Notification message) {
        Instant seen = message.firstSeenAt();
        if (seen.isAfter(now)) {
            OutboxEntry later = entry(MessageForm.SEND, saying, seen);
            return channel instanceof Announcer
                    ? Stream.of(entry(MessageForm.ANNOUNCE, saying, now), later)
                    : Stream.of(later);
        }
        return message.at().isAfter(now) && channel.capabilities().supportsReplies()
                ? Stream.of(entry(MessageForm.SILENT, saying, now), entry(MessageForm.MENTION, saying, message.at()))
                : Stream.of(entry(MessageForm.SEND, saying, now));
    }

    private static OutboxEntry entry(MessageForm form, AddressedMessage saying, Instant due) {
        return new OutboxEntry(saying.channel(), saying.destination(), form, due);
    }
}
