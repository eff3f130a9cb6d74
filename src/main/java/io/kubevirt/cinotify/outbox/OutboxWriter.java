// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.Announcer;
import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.store.MessageForm;
import io.kubevirt.cinotify.store.MessageTable;
import io.kubevirt.cinotify.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Adds messages to the outbox, in the transaction of the decision. */
public final class OutboxWriter {
    private static final Set<NotificationKind> OF_OPEN_INCIDENTS = Set.of(
            NotificationKind.CHANGED, NotificationKind.ESCALATED, NotificationKind.REMINDED, NotificationKind.HANDOFF);

    private final Channels channels;
    private final Transaction transaction;
    private final Instant now;

    /** @param channels those that are open now: what is added send goes to those that are open then */
    public OutboxWriter(Channels channels, Transaction transaction, Instant now) {
        this.channels = channels;
        this.transaction = transaction;
        this.now = now;
    }

    /** Adds a message, once for each of its destinations; an existing one is not changed. */
    public void add(OutgoingMessage message) {
        List<MessageTable.Entry> entries = Stream.concat(
                        channels.address(message).stream()
                                .flatMap(addressed -> entries(
                                        addressed,
                                        channels.byName(addressed.channel()).orElseThrow())),
                        entriesOfUnaware(message))
                .toList();
        transaction.messages().add(message, entries, now);
    }

    /** Destinations that want only some kinds and know of no open incident: they get it as opened. */
    private Stream<MessageTable.Entry> entriesOfUnaware(OutgoingMessage message) {
        if (!(message instanceof OutgoingMessage.IncidentMessage(Notification notification, List<String> reasons))
                || !OF_OPEN_INCIDENTS.contains(notification.kind())) {
            return Stream.empty();
        }
        OutgoingMessage opened = new OutgoingMessage.IncidentMessage(notification.asOpened(notification.to()), reasons);
        Set<String> addressed =
                channels.address(message).stream().map(OutboxWriter::where).collect(Collectors.toSet());
        return channels.address(opened).stream()
                .filter(other -> !addressed.contains(where(other)))
                .filter(other ->
                        transaction.messages().isUnaware(other.channel(), other.destination(), message.thread()))
                .map(other -> entry(MessageForm.SEND, other, notification.firstSeenAt()));
    }

    private static String where(AddressedMessage message) {
        return message.channel() + " " + message.destination();
    }

    /**
     * Removes whatever of a message is not sent.
     *
     * @return true if nothing of it is or will be visible
     */
    public boolean withdraw(String id) {
        return transaction.messages().withdraw(id, now);
    }

    private Stream<MessageTable.Entry> entries(AddressedMessage message, Channel channel) {
        return switch (message.message()) {
            case OutgoingMessage.TextMessage text ->
                Stream.of(entry(text.replaces() ? MessageForm.SILENT : MessageForm.SEND, message, now));
            case OutgoingMessage.IncidentMessage(Notification notification, List<String> reasons) ->
                notificationEntries(message, channel, notification);
        };
    }

    private Stream<MessageTable.Entry> notificationEntries(
            AddressedMessage message, Channel channel, Notification notification) {
        Instant firstSeen = notification.firstSeenAt();
        if (firstSeen.isAfter(now)) {
            MessageTable.Entry send = entry(MessageForm.SEND, message, firstSeen);
            return channel instanceof Announcer
                    ? Stream.of(entry(MessageForm.ANNOUNCE, message, now), send)
                    : Stream.of(send);
        }
        return notification.at().isAfter(now) && channel.capabilities().supportsReplies()
                ? Stream.of(
                        entry(MessageForm.SILENT, message, now), entry(MessageForm.MENTION, message, notification.at()))
                : Stream.of(entry(MessageForm.SEND, message, now));
    }

    private static MessageTable.Entry entry(MessageForm form, AddressedMessage message, Instant due) {
        return new MessageTable.Entry(message.channel(), message.destination(), form, due);
    }
}
