// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import io.kubevirt.cinotify.notify.ChannelCapabilities;
import io.kubevirt.cinotify.notify.SendResult;
import io.kubevirt.cinotify.store.OutboxRow;
import io.kubevirt.cinotify.store.OutboxState;
import io.kubevirt.cinotify.store.OutboxTable;
import io.kubevirt.cinotify.store.RootMessage;
import io.kubevirt.cinotify.store.ThreadKey;
import io.kubevirt.cinotify.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Notes what became of an errand, and leaves its place. */
final class OutcomeRecorder {

    private static final Logger LOG = Logger.getLogger(OutcomeRecorder.class);

    private final Transaction transaction;
    private final OutboxTable outbox;
    private final ChannelCapabilities capabilities;
    private final RetryPolicy retryPolicy;
    private final Instant now;

    OutcomeRecorder(Transaction transaction, ChannelCapabilities can, RetryPolicy patience, Instant now) {
        this.transaction = transaction;
        this.outbox = transaction.outbox();
        this.capabilities = can;
        this.retryPolicy = patience;
        this.now = now;
    }

    /** Does nothing if the lease was over and somebody else is at the place: that one will look. */
    void recordOutcome(ClaimedMessage errand, SendOutcome deed) {
        Instant free = errand.claimedAt().plus(capabilities.minInterval());
        if (transaction
                .destinations()
                .release(errand.key().channel(), errand.key().destination(), errand.claim(), free)) {
            switch (deed) {
                case SendOutcome.Sent(String reference) -> sent(errand, reference);
                case SendOutcome.AlreadySent(String reference) -> found(errand, reference);
                case SendOutcome.NotFound absent -> {
                    outbox.clearUncertainty(errand.key());
                    outbox.markWaiting(errand.row().sequence());
                }
                case SendOutcome.NotFoundYet notYet -> {
                    markUnsettled(errand, Uncertainty.before(errand));
                    outbox.postpone(errand.key(), now, errand.certainFrom());
                }
                case SendOutcome.Failed failed -> failed(errand, failed);
            }
        }
    }

    /** Whatever the row has not written itself shows something older, and is still to be changed. */
    private void found(ClaimedMessage errand, String reference) {
        boolean root = errand.step().action() != SendAction.REPLY;
        if (root) {
            outbox.clearUncertainty(errand.key());
        }
        if (root && errand.row().uncertainSince() == null) {
            outbox.setRoot(
                    errand.key(), new RootMessage(reference, 0, errand.root().deletions()));
            outbox.markWaiting(errand.row().sequence());
        } else {
            sent(errand, reference);
        }
    }

    private void sent(ClaimedMessage errand, String reference) {
        OutboxRow row = errand.row();
        RootMessage root = errand.root();
        switch (errand.step().action()) {
            case POST, FIND_ROOT -> {
                if ((capabilities.supportsEdits() || capabilities.supportsReplies()) && root.reference() == null) {
                    outbox.setRoot(errand.key(), new RootMessage(reference, row.sequence(), root.deletions()));
                }
                outbox.settle(row.sequence(), OutboxState.SENT, reference, now);
            }
            case EDIT -> {
                outbox.setRoot(errand.key(), new RootMessage(reference, row.sequence(), root.deletions()));
                if (row.interrupts() && capabilities.supportsReplies()) {
                    markUnsettled(errand, Uncertainty.before(errand));
                } else {
                    outbox.settle(row.sequence(), OutboxState.SENT, reference, now);
                }
            }
            case REPLY, ANNOUNCE, RETRACT -> outbox.settle(row.sequence(), OutboxState.SENT, reference, now);
        }
    }

    /**
     * Whether something may be there.
     *
     * @param since when the last attempt of the row itself ended that may have written it; null if none may have
     */
    private record Uncertainty(boolean mayBeSent, @Nullable Instant since) {

        static Uncertainty before(ClaimedMessage errand) {
            return new Uncertainty(errand.row().uncertain(), errand.row().uncertainSince());
        }

        /** @param now when the attempt has ended: a call that hung until then may be carried out still later */
        static Uncertainty after(ClaimedMessage errand, SendOutcome.Failed failed, Instant now) {
            if (errand.step().action() == SendAction.EDIT) {
                return before(errand);
            }
            return failed.result() instanceof SendResult.Unknown
                    ? new Uncertainty(true, now)
                    : new Uncertainty(failed.uncertain(), errand.row().uncertainSince());
        }
    }

    private void failed(ClaimedMessage errand, SendOutcome.Failed failed) {
        Uncertainty doubt = Uncertainty.after(errand, failed, now);
        switch (failed.result()) {
            case SendResult.Sent written -> throw new IllegalStateException("what was written has not failed");
            case SendResult.RetryLater later -> retryLater(errand, later, now, doubt);
            case SendResult.Unknown(String why) ->
                retryLater(errand, new SendResult.RetryLater(Duration.ZERO, why), nextLookup(errand), doubt);
            case SendResult.TargetGone(String why) -> rootDeleted(errand, why);
            case SendResult.Rejected(String why) -> giveUp(errand, doubt, why);
        }
    }

    /** An edit may have left a word beside the root, for which it looks before it writes it again; all others look at once. */
    private Instant nextLookup(ClaimedMessage errand) {
        return errand.step().action() == SendAction.EDIT ? now.plus(capabilities.visibilityDelay()) : now;
    }

    private void retryLater(ClaimedMessage errand, SendResult.RetryLater receipt, Instant earliest, Uncertainty doubt) {
        Duration after = receipt.retryAfter();
        String why = receipt.reason();
        pause(errand.key(), receipt);
        OutboxTable.Attempts tries = outbox.attempts(errand.row().sequence());
        if (retryPolicy.isExhausted(tries, now)) {
            giveUp(
                    errand,
                    doubt,
                    "given up after " + (tries.count() + 1) + " attempts since " + tries.firstDueAt() + ": " + why);
            return;
        }
        if (tries.count() == 0) {
            LOG.warnf(
                    "%s does not take a message at %s, it is tried again: %s",
                    errand.key().channel(), errand.key().destination(), why);
        }
        Duration pause = retryPolicy.delay(tries.count());
        Instant due = now.plus(pause.compareTo(after) > 0 ? pause : after);
        outbox.retry(errand.key(), why, now, due.isBefore(earliest) ? earliest : due);
        markUnsettled(errand, doubt);
    }

    private void markUnsettled(ClaimedMessage errand, Uncertainty doubt) {
        long sequence = errand.row().sequence();
        if (doubt.mayBeSent()) {
            outbox.markUncertain(sequence, doubt.since());
        } else {
            outbox.markWaiting(sequence);
        }
    }

    private void pause(ThreadKey key, SendResult.RetryLater receipt) {
        if (receipt.retryAfter().isPositive()) {
            Instant free = now.plus(receipt.retryAfter());
            switch (receipt.scope()) {
                case DESTINATION -> transaction.destinations().pause(key.channel(), key.destination(), free);
                case CHANNEL -> transaction.destinations().pause(key.channel(), free);
            }
        }
    }

    /**
     * What was to be changed or answered is no longer there: what comes next begins anew, if it is not over. Somebody may be
     * wrong about that, so it is looked for first.
     */
    private void rootDeleted(ClaimedMessage errand, String why) {
        RootMessage root = errand.root();
        if (root.reference() == null) {
            giveUp(errand, Uncertainty.before(errand), why);
            return;
        }
        outbox.setRoot(errand.key(), new RootMessage(null, 0, root.deletions() + 1));
        markUnsettled(errand, new Uncertainty(capabilities.needsLookup(), null));
    }

    private void giveUp(ClaimedMessage errand, Uncertainty doubt, String why) {
        LOG.warnf(
                "a message at %s of %s will not be written: %s",
                errand.key().destination(), errand.key().channel(), why);
        long sequence = errand.row().sequence();
        if (doubt.mayBeSent()) {
            outbox.giveUp(sequence, Objects.requireNonNullElse(doubt.since(), Instant.EPOCH), why, now);
        } else {
            outbox.settle(sequence, OutboxState.DEAD, why, now);
        }
    }
}
