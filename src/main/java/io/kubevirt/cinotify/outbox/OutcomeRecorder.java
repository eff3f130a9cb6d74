// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import io.kubevirt.cinotify.notify.ChannelCapabilities;
import io.kubevirt.cinotify.notify.SendResult;
import io.kubevirt.cinotify.outbox.MessageClaimer.ClaimedMessage;
import io.kubevirt.cinotify.store.MessageThread;
import io.kubevirt.cinotify.store.OutboxState;
import io.kubevirt.cinotify.store.OutboxTable;
import io.kubevirt.cinotify.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Records the outcome of a step and releases its destination. */
final class OutcomeRecorder {
    private static final Logger LOG = Logger.getLogger(OutcomeRecorder.class);

    private final Transaction transaction;
    private final OutboxTable outbox;
    private final ChannelCapabilities capabilities;
    private final RetryPolicy retryPolicy;
    private final Instant now;

    OutcomeRecorder(Transaction transaction, ChannelCapabilities capabilities, RetryPolicy retryPolicy, Instant now) {
        this.transaction = transaction;
        this.outbox = transaction.outbox();
        this.capabilities = capabilities;
        this.retryPolicy = retryPolicy;
        this.now = now;
    }

    /** Does nothing if the claim has expired and another one holds the destination: that one looks the message up. */
    void recordOutcome(ClaimedMessage claimed, ChannelInvoker.Outcome outcome) {
        Instant notBefore = claimed.claimedAt().plus(capabilities.minInterval());
        if (transaction
                .destinations()
                .release(claimed.key().channel(), claimed.key().destination(), claimed.claim(), notBefore)) {
            switch (outcome) {
                case ChannelInvoker.Outcome.Sent(String reference) -> sent(claimed, reference);
                case ChannelInvoker.Outcome.AlreadySent(String reference) -> found(claimed, reference);
                case ChannelInvoker.Outcome.NotFound absent -> {
                    outbox.clearUncertainty(claimed.key());
                    outbox.markWaiting(claimed.row().sequence());
                }
                case ChannelInvoker.Outcome.NotFoundYet notYet -> {
                    markUnsettled(claimed, Uncertainty.before(claimed));
                    outbox.postpone(claimed.key(), now, claimed.certainFrom());
                }
                case ChannelInvoker.Outcome.Failed failed -> failed(claimed, failed);
            }
        }
    }

    /** A root that an earlier row posted shows an older state and still needs an edit. */
    private void found(ClaimedMessage claimed, String reference) {
        boolean root = claimed.step().action() != SendPlanner.Action.REPLY;
        if (root) {
            outbox.clearUncertainty(claimed.key());
        }
        if (root && claimed.row().uncertainSince() == null) {
            outbox.setRoot(
                    claimed.key(),
                    new MessageThread.Root(reference, 0, claimed.root().deletions()));
            outbox.markWaiting(claimed.row().sequence());
        } else {
            sent(claimed, reference);
        }
    }

    private void sent(ClaimedMessage claimed, String reference) {
        MessageThread.Row row = claimed.row();
        MessageThread.Root root = claimed.root();
        switch (claimed.step().action()) {
            case POST, FIND_ROOT -> {
                if ((capabilities.supportsEdits() || capabilities.supportsReplies()) && root.reference() == null) {
                    outbox.setRoot(claimed.key(), new MessageThread.Root(reference, row.sequence(), root.deletions()));
                }
                outbox.settle(row.sequence(), OutboxState.SENT, reference, now);
            }
            case EDIT -> {
                outbox.setRoot(claimed.key(), new MessageThread.Root(reference, row.sequence(), root.deletions()));
                if (row.interrupts() && capabilities.supportsReplies()) {
                    markUnsettled(claimed, Uncertainty.before(claimed));
                } else {
                    outbox.settle(row.sequence(), OutboxState.SENT, reference, now);
                }
            }
            case REPLY, ANNOUNCE, RETRACT -> outbox.settle(row.sequence(), OutboxState.SENT, reference, now);
        }
    }

    /**
     * Whether the message may be sent.
     *
     * @param since end of the last attempt of this row that may have sent it; null if there is none
     */
    private record Uncertainty(boolean mayBeSent, @Nullable Instant since) {
        static Uncertainty before(ClaimedMessage claimed) {
            return new Uncertainty(claimed.row().uncertain(), claimed.row().uncertainSince());
        }

        /** @param now end of the attempt; the other side may still execute a call that timed out */
        static Uncertainty after(ClaimedMessage claimed, ChannelInvoker.Outcome.Failed failed, Instant now) {
            if (claimed.step().action() == SendPlanner.Action.EDIT) {
                return before(claimed);
            }
            return failed.result() instanceof SendResult.Unknown
                    ? new Uncertainty(true, now)
                    : new Uncertainty(failed.uncertain(), claimed.row().uncertainSince());
        }
    }

    private void failed(ClaimedMessage claimed, ChannelInvoker.Outcome.Failed failed) {
        Uncertainty uncertainty = Uncertainty.after(claimed, failed, now);
        switch (failed.result()) {
            case SendResult.Sent sent -> throw new IllegalStateException("a sent message has not failed");
            case SendResult.RetryLater later -> retryLater(claimed, later, now, uncertainty);
            case SendResult.Unknown(String reason) ->
                retryLater(claimed, new SendResult.RetryLater(Duration.ZERO, reason), nextLookup(claimed), uncertainty);
            case SendResult.TargetGone(String reason) -> rootDeleted(claimed, reason);
            case SendResult.Rejected(String reason) -> giveUp(claimed, uncertainty, reason);
        }
    }

    /** An edit may have been posted as a new message, which is found only after the visibility delay. */
    private Instant nextLookup(ClaimedMessage claimed) {
        return claimed.step().action() == SendPlanner.Action.EDIT ? now.plus(capabilities.visibilityDelay()) : now;
    }

    private void retryLater(
            ClaimedMessage claimed, SendResult.RetryLater retry, Instant earliest, Uncertainty uncertainty) {
        Duration requested = retry.retryAfter();
        String reason = retry.reason();
        pause(claimed.key(), retry);
        OutboxTable.Attempts attempts = outbox.attempts(claimed.row().sequence());
        if (retryPolicy.isExhausted(attempts, now)) {
            giveUp(
                    claimed,
                    uncertainty,
                    "given up after " + (attempts.count() + 1) + " attempts since " + attempts.firstDueAt() + ": "
                            + reason);
            return;
        }
        if (attempts.count() == 0) {
            LOG.warnf(
                    "sending to %s %s failed, will retry: %s",
                    claimed.key().channel(), claimed.key().destination(), reason);
        }
        Duration pause = retryPolicy.delay(attempts.count());
        Instant due = now.plus(pause.compareTo(requested) > 0 ? pause : requested);
        outbox.retry(claimed.key(), reason, now, due.isBefore(earliest) ? earliest : due);
        markUnsettled(claimed, uncertainty);
    }

    private void markUnsettled(ClaimedMessage claimed, Uncertainty uncertainty) {
        long sequence = claimed.row().sequence();
        if (uncertainty.mayBeSent()) {
            outbox.markUncertain(sequence, uncertainty.since());
        } else {
            outbox.markWaiting(sequence);
        }
    }

    private void pause(MessageThread.Key key, SendResult.RetryLater retry) {
        if (retry.retryAfter().isPositive()) {
            Instant notBefore = now.plus(retry.retryAfter());
            switch (retry.scope()) {
                case DESTINATION -> transaction.destinations().pause(key.channel(), key.destination(), notBefore);
                case CHANNEL -> transaction.destinations().pause(key.channel(), notBefore);
            }
        }
    }

    /** The root was deleted, so the next step posts a new one unless the incident is resolved. It is looked up first. */
    private void rootDeleted(ClaimedMessage claimed, String reason) {
        MessageThread.Root root = claimed.root();
        if (root.reference() == null) {
            giveUp(claimed, Uncertainty.before(claimed), reason);
            return;
        }
        outbox.setRoot(claimed.key(), new MessageThread.Root(null, 0, root.deletions() + 1));
        markUnsettled(claimed, new Uncertainty(capabilities.needsLookup(), null));
    }

    private void giveUp(ClaimedMessage claimed, Uncertainty uncertainty, String reason) {
        LOG.warnf(
                "giving up on message to %s of %s (dead letter): %s",
                claimed.key().destination(), claimed.key().channel(), reason);
        long sequence = claimed.row().sequence();
        if (uncertainty.mayBeSent()) {
            outbox.giveUp(sequence, Objects.requireNonNullElse(uncertainty.since(), Instant.EPOCH), reason, now);
        } else {
            outbox.settle(sequence, OutboxState.DEAD, reason, now);
        }
    }
}
