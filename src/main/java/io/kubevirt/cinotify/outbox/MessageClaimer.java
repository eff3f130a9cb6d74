// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.ChannelCapabilities;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.store.MessageThread;
import io.kubevirt.cinotify.store.OutboxRow;
import io.kubevirt.cinotify.store.ThreadKey;
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

/** Takes the next place at which something is to be said, and says what. */
final class MessageClaimer {

    private static final Logger LOG = Logger.getLogger(MessageClaimer.class);

    /** Longer than two calls to a channel take. Whoever is known to be dead has none any more. */
    static final Duration LEASE = Duration.ofMinutes(3);

    private static final int BATCH = 20;

    private final Transaction transaction;
    private final Channel channel;
    private final Instant now;
    private final String claim;

    /** @param process who takes them */
    MessageClaimer(Transaction transaction, Channel channel, String process, Instant now) {
        this.transaction = transaction;
        this.channel = channel;
        this.claim = process + "/" + UUID.randomUUID();
        this.now = now;
    }

    /** The next errand, its place taken; empty if there is nothing to do now. */
    Optional<ClaimedMessage> next() {
        for (String place : transaction.destinations().ready(channel.name(), now, BATCH)) {
            if (transaction.destinations().claim(channel.name(), place, claim, now, LEASE)) {
                Optional<ClaimedMessage> errand = nextAt(place);
                if (errand.isPresent()) {
                    return errand;
                }
                transaction.destinations().release(channel.name(), place, claim, now);
            }
        }
        return Optional.empty();
    }

    private Optional<ClaimedMessage> nextAt(String place) {
        List<String> threads = transaction.outbox().threads(channel.name(), place, now, BATCH);
        while (!threads.isEmpty()) {
            for (String thread : threads) {
                Optional<ClaimedMessage> errand = nextIn(new ThreadKey(channel.name(), place, thread));
                if (errand.isPresent()) {
                    return errand;
                }
            }
            threads = transaction.outbox().threads(channel.name(), place, now, BATCH);
        }
        return Optional.empty();
    }

    private Optional<ClaimedMessage> nextIn(ThreadKey key) {
        MessageThread strand = transaction.outbox().get(key, now);
        ChannelCapabilities can = channel.capabilities();
        SendPlan plan = SendPlanner.of(strand, can);
        plan.settled().forEach((sequence, state) -> transaction.outbox().settle(sequence, state, null, now));
        if (plan.step() == null) {
            return Optional.empty();
        }
        OutboxRow row = plan.step().row();
        Instant certain = certainFrom(strand, row, can);
        ClaimedMessage errand = new ClaimedMessage(claim, now, key, plan.step(), strand.root(), certain, message(row));
        boolean begun = transaction.outbox().markSending(row.sequence(), mayWrite(errand, can) ? now : null);
        return begun ? Optional.of(errand) : Optional.empty();
    }

    private static Instant certainFrom(MessageThread strand, OutboxRow row, ChannelCapabilities can) {
        return Stream.of(Optional.ofNullable(row.uncertainSince()), Optional.ofNullable(strand.uncertainSince()))
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder())
                .map(since -> since.plus(can.visibilityDelay()))
                .orElse(Instant.EPOCH);
    }

    /** Whether an errand may leave something of which nobody knows, if whoever does it dies. */
    private static boolean mayWrite(ClaimedMessage errand, ChannelCapabilities can) {
        return switch (errand.step().action()) {
            case POST, REPLY -> !errand.row().uncertain() || !can.needsLookup() || errand.isCertain();
            case EDIT, FIND_ROOT, ANNOUNCE, RETRACT -> false;
        };
    }

    private @Nullable OutgoingMessage message(OutboxRow row) {
        try {
            return transaction.messages().get(row.messageId());
        } catch (IllegalStateException e) {
            LOG.errorf(e, "%s cannot be read", row.messageId());
            return null;
        }
    }
}
