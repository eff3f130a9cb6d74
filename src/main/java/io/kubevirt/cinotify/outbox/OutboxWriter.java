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
            NotificationKind.CHANGED,
            NotificationKind.ESCALATED,
            NotificationKind.REMINDED,
            NotificationKind.WORSE,
            NotificationKind.HANDOFF);

    private final Channels channels;
    private final Transaction transaction;
    private final Instant now;
    private final MessageAddresses visible;

    /** @param channels those that are open now: what is added send goes to those that are open then */
    public OutboxWriter(Channels channels, Transaction transaction, Instant now) {
        this.channels = channels;
        this.transaction = transaction;
        this.now = now;
        this.visible = new MessageAddresses(channels, transaction);
    }

    /** Adds a message, once for each of its destinations; an existing one is not changed. */
    public void add(OutgoingMessage message) {
        if (message instanceof OutgoingMessage.IncidentMessage incident) {
            List<AddressedMessage> ends = visible.withoutDetails(incident);
            ends.stream().findFirst().ifPresent(end -> transaction
                    .messages()
                    .add(
                            end.message(),
                            ends.stream()
                                    .map(each -> entry(MessageForm.SEND, each, now))
                                    .toList(),
                            now));
        }
        OutgoingMessage added =
                message instanceof OutgoingMessage.IncidentMessage incident ? withWarning(incident) : message;
        List<AddressedMessage> addresses = addresses(added);
        List<MessageTable.Entry> entries = Stream.concat(
                        addresses.stream()
                                .flatMap(addressed -> entries(
                                        addressed,
                                        channels.byName(addressed.channel()).orElseThrow())),
                        entriesOfUnaware(added, addresses))
                .toList();
        transaction.messages().add(added, entries, now);
    }

    private List<AddressedMessage> addresses(OutgoingMessage message) {
        return switch (message) {
            case OutgoingMessage.TextMessage text -> channels.address(text);
            case OutgoingMessage.IncidentMessage incident -> visible.of(incident);
        };
    }

    /** An operator finds out once for each incident that it is shown nowhere. */
    private OutgoingMessage.IncidentMessage withWarning(OutgoingMessage.IncidentMessage message) {
        if (message.notification().kind() != NotificationKind.OPENED || !visible.isWithheld(message)) {
            return message;
        }
        if (!transaction.messages().contains(message.id())) {
            MessageAddresses.warn(message);
        }
        return message.because(MessageAddresses.WITHHELD);
    }

    /** Destinations that want only some kinds and know of no open incident: they get it as opened. */
    private Stream<MessageTable.Entry> entriesOfUnaware(OutgoingMessage message, List<AddressedMessage> addresses) {
        if (!(message instanceof OutgoingMessage.IncidentMessage(Notification notification, List<String> reasons))
                || !OF_OPEN_INCIDENTS.contains(notification.kind())) {
            return Stream.empty();
        }
        OutgoingMessage.IncidentMessage opened =
                new OutgoingMessage.IncidentMessage(notification.asOpened(notification.to()), reasons);
        Set<String> addressed = addresses.stream().map(OutboxWriter::where).collect(Collectors.toSet());
        return visible.of(opened).stream()
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
