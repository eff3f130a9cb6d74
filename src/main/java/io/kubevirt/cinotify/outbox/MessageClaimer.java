// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.Recipient;
import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.ChannelCapabilities;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.store.MessageThread;
import io.kubevirt.cinotify.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Claims the next destination with a due message and plans the step. */
final class MessageClaimer {
    private static final Logger LOG = Logger.getLogger(MessageClaimer.class);

    /** Longer than two calls to a channel. The claims of a dead process end earlier. */
    static final Duration LEASE = Duration.ofMinutes(3);

    private static final int BATCH = 20;

    /** Far below the limits of the services, which are per minute. */
    static final int READ_BACKS_PER_HOUR = 120;

    private static final Duration READ_BACK_PAUSE = Duration.ofMinutes(5);

    private final Transaction transaction;
    private final Channel channel;
    private final Instant now;
    private final String claim;

    MessageClaimer(Transaction transaction, Channel channel, String process, Instant now) {
        this.transaction = transaction;
        this.channel = channel;
        this.claim = process + "/" + UUID.randomUUID();
        this.now = now;
    }

    /**
     * A step and the claim on its destination.
     *
     * @param claim unique name of the claim
     * @param root the root at {@code claimedAt}
     * @param certainFrom from this instant on, a lookup that finds nothing is conclusive
     * @param message null if the stored message is unreadable
     */
    record ClaimedMessage(
            String claim,
            Instant claimedAt,
            MessageThread.Key key,
            SendPlanner.Step step,
            MessageThread.Root root,
            Instant certainFrom,
            @Nullable OutgoingMessage message) {
        MessageThread.Row row() {
            return step.row();
        }

        /** Whether its writing requests edit the root. */
        boolean changesRoot() {
            return step.action() == SendPlanner.Action.EDIT || step.action() == SendPlanner.Action.VERIFY;
        }

        /** Whether a lookup that finds nothing is conclusive. */
        boolean isCertain() {
            return !claimedAt.isBefore(certainFrom);
        }
    }

    Optional<ClaimedMessage> next() {
        for (String destination : transaction.destinations().ready(channel.name(), now, BATCH)) {
            if (transaction.destinations().claim(channel.name(), destination, claim, now, LEASE)) {
                Optional<ClaimedMessage> claimed = nextAt(destination);
                if (claimed.isPresent()) {
                    return claimed;
                }
                transaction.destinations().release(channel.name(), destination, claim, now);
            }
        }
        return Optional.empty();
    }

    private Optional<ClaimedMessage> nextAt(String destination) {
        List<String> threads = transaction.outbox().threads(channel.name(), destination, now, BATCH);
        while (!threads.isEmpty()) {
            for (String thread : threads) {
                Optional<ClaimedMessage> claimed = nextIn(new MessageThread.Key(channel.name(), destination, thread));
                if (claimed.isPresent()) {
                    return claimed;
                }
            }
            threads = transaction.outbox().threads(channel.name(), destination, now, BATCH);
        }
        return Optional.empty();
    }

    private Optional<ClaimedMessage> nextIn(MessageThread.Key key) {
        MessageThread thread = transaction.outbox().get(key, now);
        Instant uncertainUntil = uncertainUntil(thread, channel.capabilities());
        if (uncertainUntil.isAfter(now)) {
            transaction.outbox().delay(key, null, now, uncertainUntil);
            return Optional.empty();
        }
        SendPlanner.Plan plan = SendPlanner.of(thread, channel);
        plan.settled().forEach((sequence, event) -> transaction.outbox().apply(sequence, event, null, null, now));
        SendPlanner.Step step = plan.step();
        if (step == null || isReadBackPostponed(key, step)) {
            return Optional.empty();
        }
        Instant certain = certainFrom(thread, step.row(), channel.capabilities());
        return Optional.of(new ClaimedMessage(claim, now, key, step, thread.root(), certain, message(key, step)));
    }

    /** Reading back an outage's many edits at once would reach the limits of the service. */
    private boolean isReadBackPostponed(MessageThread.Key key, SendPlanner.Step step) {
        if (step.action() != SendPlanner.Action.VERIFY
                || transaction
                        .destinations()
                        .countReadBack(key.channel(), key.destination(), now, READ_BACKS_PER_HOUR)) {
            return false;
        }
        transaction.outbox().postponeVerification(key, now.plus(READ_BACK_PAUSE));
        return true;
    }

    /**
     * Before a writing request: it may be visible from now on.
     *
     * @return false if the claim was ended or the message withdrawn
     */
    static boolean startWrite(Transaction transaction, ClaimedMessage claimed, Instant now) {
        MessageThread.Key key = claimed.key();
        if (!transaction.destinations().isHeldBy(key.channel(), key.destination(), claimed.claim())) {
            return false;
        }
        if (claimed.changesRoot()) {
            transaction.outbox().setRoot(key, OutcomeTable.uncertainRoot(claimed.root(), now));
        }
        long sequence = claimed.row().sequence();
        return switch (claimed.step().action()) {
            case VERIFY, FIND_ROOT -> true;
            case EDIT, ANNOUNCE, RETRACT -> transaction.outbox().startWrite(sequence, null);
            case OPEN, POST, COMMENT, REPLY -> transaction.outbox().startWrite(sequence, now);
        };
    }

    /**
     * Until when a thread waits: without a lookup, what is sent would be overtaken by an earlier request that is carried out
     * late, and could not be corrected.
     */
    static Instant uncertainUntil(MessageThread thread, ChannelCapabilities capabilities) {
        return capabilities.needsLookup()
                ? Instant.EPOCH
                : thread.rows().stream()
                        .map(row -> certainFrom(thread, row, capabilities))
                        .max(Comparator.naturalOrder())
                        .orElse(Instant.EPOCH);
    }

    /** From when on no earlier request for a row may be carried out any more. */
    static Instant certainFrom(MessageThread thread, MessageThread.Row row, ChannelCapabilities capabilities) {
        return Stream.of(Optional.ofNullable(thread.uncertainSince()), Optional.ofNullable(row.uncertainSince()))
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder())
                .map(since -> since.plus(capabilities.visibilityDelay()))
                .orElse(Instant.EPOCH);
    }

    private @Nullable OutgoingMessage message(MessageThread.Key key, SendPlanner.Step step) {
        MessageThread.Row row = step.row();
        try {
            return firstAsOpened(step.action(), transaction.messages().get(row.messageId()), () -> transaction
                    .messages()
                    .newestOpened(key.thread()));
        } catch (IllegalStateException e) {
            LOG.errorf(e, "cannot read message %s", row.messageId());
            return null;
        }
    }

    /** The first message about an open incident is of one kind, and names whom the incident is assigned to. */
    static OutgoingMessage firstAsOpened(
            SendPlanner.Action action, OutgoingMessage message, Supplier<Optional<Recipient>> assignee) {
        if (action != SendPlanner.Action.OPEN
                || !(message instanceof OutgoingMessage.IncidentMessage(Notification notification, var reasons))
                || notification.kind() == NotificationKind.DIGEST) {
            return message;
        }
        Recipient to = notification.to();
        return new OutgoingMessage.IncidentMessage(
                notification.asOpened(to == null ? assignee.get().orElse(null) : to), reasons);
    }
}
