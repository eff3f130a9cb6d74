// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

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
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Claims the next destination with a due message and plans the step. */
final class MessageClaimer {
    private static final Logger LOG = Logger.getLogger(MessageClaimer.class);

    /** Longer than two calls to a channel. The claims of a dead process end earlier. */
    static final Duration LEASE = Duration.ofMinutes(3);

    private static final int BATCH = 20;

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
        ChannelCapabilities capabilities = channel.capabilities();
        SendPlanner.Plan plan = SendPlanner.of(thread, capabilities);
        plan.settled().forEach((sequence, state) -> transaction.outbox().settle(sequence, state, null, now));
        if (plan.step() == null) {
            return Optional.empty();
        }
        MessageThread.Row row = plan.step().row();
        Instant certain = certainFrom(thread, row, capabilities);
        ClaimedMessage claimed = new ClaimedMessage(claim, now, key, plan.step(), thread.root(), certain, message(row));
        boolean marked = transaction.outbox().markSending(row.sequence(), mayWrite(claimed, capabilities) ? now : null);
        return marked ? Optional.of(claimed) : Optional.empty();
    }

    private static Instant certainFrom(MessageThread thread, MessageThread.Row row, ChannelCapabilities capabilities) {
        return Stream.of(Optional.ofNullable(row.uncertainSince()), Optional.ofNullable(thread.uncertainSince()))
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder())
                .map(since -> since.plus(capabilities.visibilityDelay()))
                .orElse(Instant.EPOCH);
    }

    /** Whether a crash during the step may leave a message that nobody knows of. */
    private static boolean mayWrite(ClaimedMessage claimed, ChannelCapabilities capabilities) {
        return switch (claimed.step().action()) {
            case POST, REPLY -> !claimed.row().uncertain() || !capabilities.needsLookup() || claimed.isCertain();
            case EDIT, FIND_ROOT, ANNOUNCE, RETRACT -> false;
        };
    }

    private @Nullable OutgoingMessage message(MessageThread.Row row) {
        try {
            return transaction.messages().get(row.messageId());
        } catch (IllegalStateException e) {
            LOG.errorf(e, "cannot read message %s", row.messageId());
            return null;
        }
    }
}
