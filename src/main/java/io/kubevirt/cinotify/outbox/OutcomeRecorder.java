// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import io.kubevirt.cinotify.digest.DigestConfig.Destination;
import io.kubevirt.cinotify.notify.ChannelCapabilities;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.notify.SendResult;
import io.kubevirt.cinotify.outbox.MessageClaimer.ClaimedMessage;
import io.kubevirt.cinotify.store.MessageThread;
import io.kubevirt.cinotify.store.OutboxEvent;
import io.kubevirt.cinotify.store.OutboxTable;
import io.kubevirt.cinotify.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Records the outcome of a step and releases its destination. */
final class OutcomeRecorder {
    private static final Logger LOG = Logger.getLogger(OutcomeRecorder.class);

    private final Transaction transaction;
    private final OutboxTable outbox;
    private final ChannelCapabilities capabilities;
    private final RetryPolicy retryPolicy;
    private final Reports reports;
    private final Instant now;

    OutcomeRecorder(
            Transaction transaction,
            ChannelCapabilities capabilities,
            RetryPolicy retryPolicy,
            Reports reports,
            Instant now) {
        this.transaction = transaction;
        this.outbox = transaction.outbox();
        this.capabilities = capabilities;
        this.retryPolicy = retryPolicy;
        this.reports = reports;
        this.now = now;
    }

    /**
     * How failures are reported.
     *
     * @param channels who can read their destinations
     * @param operators who gets notices of messages that are given up; empty for nobody
     */
    record Reports(Channels channels, Supplier<Optional<Destination>> operators) {
        static final Reports LOG_ONLY = new Reports(new Channels(List.of()), Optional::empty);
    }

    /**
     * Does nothing if the claim has expired and another one holds the destination: that one looks the message up.
     *
     * @return false if it did nothing
     */
    boolean recordOutcome(ClaimedMessage claimed, ChannelInvoker.Outcome outcome) {
        MessageThread.Key key = claimed.key();
        Instant notBefore = claimed.claimedAt().plus(capabilities.minInterval());
        if (!transaction.destinations().release(key.channel(), key.destination(), claimed.claim(), notBefore)) {
            return false;
        }
        OutboxTable.Attempts attempts = outbox.attempts(claimed.row().sequence());
        OutcomeTable.Change change = new OutcomeTable(claimed, capabilities, retryPolicy, attempts, now).after(outcome);
        log(claimed, change, attempts);
        apply(claimed, change);
        if (change.event() == OutboxEvent.GIVEN_UP) {
            String reason = Objects.requireNonNullElse(change.detail(), "unknown");
            reports.operators().get().ifPresent(to -> new DeadLetterNotice(reports.channels(), to)
                    .add(transaction, key, claimed.row(), reason, now));
        }
        return true;
    }

    private void apply(ClaimedMessage claimed, OutcomeTable.Change change) {
        MessageThread.Key key = claimed.key();
        if (change.conclusive()) {
            outbox.clearUncertainty(key);
        }
        if (claimed.changesRoot() || !change.root().equals(claimed.root())) {
            outbox.setRoot(key, change.root());
        }
        OutcomeTable.Delay delay = change.delay();
        if (delay != null) {
            outbox.delay(key, delay.problem(), now, delay.until());
        }
        if (change.event() != null) {
            outbox.apply(
                    claimed.row().sequence(),
                    change.event(),
                    change.uncertainty().since(),
                    change.detail(),
                    now);
        }
        pause(key, change.pause());
    }

    /** What a restricted destination answers may name what is private; the store has it. */
    private void log(ClaimedMessage claimed, OutcomeTable.Change change, OutboxTable.Attempts attempts) {
        String channel = claimed.key().channel();
        MessageAddresses addresses = new MessageAddresses(reports.channels(), transaction);
        String destination = addresses.name(channel, claimed.key().destination());
        boolean isPublic = addresses.isPublic(channel, claimed.key().destination());
        String elsewhere = "see ci-notify outbox list";
        OutcomeTable.Delay delay = change.delay();
        if (change.event() == OutboxEvent.GIVEN_UP) {
            LOG.warnf(
                    "giving up on message to %s of %s (dead letter): %s",
                    destination, channel, isPublic ? change.detail() : elsewhere);
        } else if (delay != null && delay.problem() != null && attempts.count() == 0) {
            LOG.warnf(
                    "sending to %s %s failed, will retry: %s",
                    channel, destination, isPublic ? delay.problem() : elsewhere);
        }
    }

    private void pause(MessageThread.Key key, SendResult.@Nullable RetryLater retry) {
        if (retry != null) {
            Instant notBefore = now.plus(retry.retryAfter());
            switch (retry.scope()) {
                case DESTINATION -> transaction.destinations().pause(key.channel(), key.destination(), notBefore);
                case CHANNEL -> transaction.destinations().pause(key.channel(), notBefore);
            }
        }
    }
}
