// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import io.kubevirt.cinotify.notify.ChannelCapabilities;
import io.kubevirt.cinotify.notify.SendResult;
import io.kubevirt.cinotify.outbox.MessageClaimer.ClaimedMessage;
import io.kubevirt.cinotify.store.MessageThread;
import io.kubevirt.cinotify.store.OutboxEvent;
import io.kubevirt.cinotify.store.OutboxTable;
import io.kubevirt.cinotify.store.Transaction;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Records the outcome of a step and releases its destination. */
final class OutcomeRecorder {
    private static final Logger LOG = Logger.getLogger(OutcomeRecorder.class);

    private final Transaction transaction;
    private final OutboxTable outbox;
    private final ChannelCapabilities capabilities;
    private final RetryPolicy retryPolicy;
    private final Optional<DeadLetterNotice> notice;
    private final Instant now;

    OutcomeRecorder(
            Transaction transaction,
            ChannelCapabilities capabilities,
            RetryPolicy retryPolicy,
            Optional<DeadLetterNotice> notice,
            Instant now) {
        this.transaction = transaction;
        this.outbox = transaction.outbox();
        this.capabilities = capabilities;
        this.retryPolicy = retryPolicy;
        this.notice = notice;
        this.now = now;
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
            notice.ifPresent(each -> each.add(transaction, key, claimed.row(), reason, now));
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

    private static void log(ClaimedMessage claimed, OutcomeTable.Change change, OutboxTable.Attempts attempts) {
        String channel = claimed.key().channel();
        String destination = claimed.key().destination();
        OutcomeTable.Delay delay = change.delay();
        if (change.event() == OutboxEvent.GIVEN_UP) {
            LOG.warnf("giving up on message to %s of %s (dead letter): %s", destination, channel, change.detail());
        } else if (delay != null && delay.problem() != null && attempts.count() == 0) {
            LOG.warnf("sending to %s %s failed, will retry: %s", channel, destination, delay.problem());
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
