// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import io.kubevirt.cinotify.notify.ChannelCapabilities;
import io.kubevirt.cinotify.notify.SendResult;
import io.kubevirt.cinotify.outbox.MessageClaimer.ClaimedMessage;
import io.kubevirt.cinotify.store.MessageThread;
import io.kubevirt.cinotify.store.OutboxEvent;
import io.kubevirt.cinotify.store.OutboxTable;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the outcome of a step changes: its row, the root, and when its thread goes on. Pure, like {@link SendPlanner}. */
final class OutcomeTable {
    /** A late edit is corrected soon if it was carried out by then, and for certain after the visibility delay. */
    static final Duration FIRST_READ_BACK = Duration.ofSeconds(10);

    private static final Duration MIN_READ_BACK_DELAY = Duration.ofSeconds(30);
    private static final Duration MAX_READ_BACK_DELAY = Duration.ofMinutes(10);

    private final ClaimedMessage claimed;
    private final ChannelCapabilities capabilities;
    private final RetryPolicy retryPolicy;
    private final OutboxTable.Attempts attempts;
    private final Instant now;

    /** @param now end of the attempt; the other side may still execute a call that timed out */
    OutcomeTable(
            ClaimedMessage claimed,
            ChannelCapabilities capabilities,
            RetryPolicy retryPolicy,
            OutboxTable.Attempts attempts,
            Instant now) {
        this.claimed = claimed;
        this.capabilities = capabilities;
        this.retryPolicy = retryPolicy;
        this.attempts = attempts;
        this.now = now;
    }

    /**
     * The changes after a step.
     *
     * @param event of the row; null leaves it unchanged
     * @param detail reference or problem
     * @param conclusive whether it is known now which messages of the thread are visible
     * @param delay null to go on at once
     * @param pause what the service asked to wait for; null if nothing
     */
    record Change(
            @Nullable OutboxEvent event,
            Uncertainty uncertainty,
            @Nullable String detail,
            MessageThread.Root root,
            boolean conclusive,
            @Nullable Delay delay,
            SendResult.@Nullable RetryLater pause) {
        private Change with(MessageThread.Root newRoot) {
            return new Change(event, uncertainty, detail, newRoot, conclusive, delay, pause);
        }

        private Change withDelay(@Nullable Delay newDelay, SendResult.@Nullable RetryLater newPause) {
            return new Change(event, uncertainty, detail, root, conclusive, newDelay, newPause);
        }

        private Change asConclusive() {
            return new Change(event, uncertainty, detail, root, true, delay, pause);
        }
    }

    /**
     * The due rows of the thread wait.
     *
     * @param problem of a failed attempt; null if this is none
     */
    record Delay(Instant until, @Nullable String problem) {}

    /**
     * Whether the message may be sent.
     *
     * @param since end of the last attempt of this row that may have sent it; null if there is none
     */
    record Uncertainty(boolean mayBeSent, @Nullable Instant since) {
        static final Uncertainty NONE = new Uncertainty(false, null);
    }

    Change after(ChannelInvoker.Outcome outcome) {
        return switch (outcome) {
            case ChannelInvoker.Outcome.Sent(String reference) -> sent(OutboxEvent.SENT, reference);
            case ChannelInvoker.Outcome.AlreadySent(String reference) -> found(reference);
            case ChannelInvoker.Outcome.NotFound absent ->
                change(OutboxEvent.NOT_SENT, null).asConclusive();
            case ChannelInvoker.Outcome.NotFoundYet notYet ->
                unsettled(before()).withDelay(new Delay(claimed.certainFrom(), null), null);
            case ChannelInvoker.Outcome.Verified verified -> verified(true);
            case ChannelInvoker.Outcome.Inconclusive(SendResult.RetryLater later) ->
                // Only this thread waits: other messages of the destination need no lookup.
                retryLater(
                        later,
                        later.scope() == SendResult.Scope.CHANNEL
                                        && later.retryAfter().isPositive()
                                ? later
                                : null,
                        before());
            case ChannelInvoker.Outcome.Failed failed -> failed(failed);
        };
    }

    private Change change(@Nullable OutboxEvent event, @Nullable String detail) {
        return new Change(event, Uncertainty.NONE, detail, claimed.root(), false, null, null);
    }

    private Change unsettled(Uncertainty uncertainty) {
        OutboxEvent event = uncertainty.mayBeSent() ? OutboxEvent.OUTCOME_UNKNOWN : OutboxEvent.NOT_SENT;
        return new Change(event, uncertainty, null, claimed.root(), false, null, null);
    }

    private Uncertainty before() {
        return new Uncertainty(claimed.row().uncertain(), claimed.row().uncertainSince());
    }

    /** A root that an earlier row posted shows an older state and still needs an edit. */
    private Change found(String reference) {
        boolean reply = claimed.step().action() == SendPlanner.Action.REPLY
                || claimed.step().action() == SendPlanner.Action.COMMENT;
        if (reply) {
            return sent(OutboxEvent.FOUND, reference);
        }
        return claimed.row().uncertainSince() == null
                ? change(OutboxEvent.NOT_SENT, null)
                        .with(new MessageThread.Root(
                                reference, 0, claimed.root().deletions()))
                        .asConclusive()
                : sent(OutboxEvent.FOUND, reference).asConclusive();
    }

    private Change sent(OutboxEvent event, String reference) {
        MessageThread.Row row = claimed.row();
        MessageThread.Root root = claimed.root();
        return switch (claimed.step().action()) {
            case OPEN, POST, FIND_ROOT -> {
                boolean first =
                        (capabilities.supportsEdits() || capabilities.supportsReplies()) && root.reference() == null;
                yield change(event, reference)
                        .with(first ? new MessageThread.Root(reference, row.sequence(), root.deletions()) : root);
            }
            case COMMENT -> change(OutboxEvent.NOT_SENT, reference);
            case EDIT -> {
                boolean notifies = row.interrupts() && capabilities.supportsReplies();
                // One that was given up is verified with the next.
                Instant verifyAt = root.uncertainSince() != null && root.verifyAt() == null
                        ? now.plus(FIRST_READ_BACK)
                        : root.verifyAt();
                yield (notifies ? unsettled(before()) : change(event, reference))
                        .with(new MessageThread.Root(
                                reference, row.sequence(), root.deletions(), root.uncertainSince(), verifyAt));
            }
            case VERIFY -> verified(true);
            case REPLY, ANNOUNCE, RETRACT -> change(event, reference);
        };
    }

    private Change failed(ChannelInvoker.Outcome.Failed failed) {
        Uncertainty uncertainty = isReadBack() || claimed.step().action() == SendPlanner.Action.EDIT
                ? before()
                : failed.result() instanceof SendResult.Unknown
                        ? new Uncertainty(true, now)
                        : new Uncertainty(failed.uncertain(), claimed.row().uncertainSince());
        return switch (failed.result()) {
            case SendResult.Sent sent -> throw new IllegalStateException("a sent message has not failed");
            case SendResult.RetryLater later ->
                retryLater(later, later.retryAfter().isPositive() ? later : null, uncertainty);
            case SendResult.Unknown(String reason) -> unknown(reason, uncertainty);
            case SendResult.TargetGone(String reason) -> isReadBack() ? verified(false) : rootDeleted(reason);
            case SendResult.Rejected(String reason) -> rejected(uncertainty, reason);
        };
    }

    private boolean isReadBack() {
        return claimed.step().action() == SendPlanner.Action.VERIFY;
    }

    /** An edit may still be carried out, after newer ones. */
    private Change unknown(String reason, Uncertainty uncertainty) {
        if (isReadBack()) {
            Duration age = Duration.between(attempts.firstDueAt(), now);
            return change(null, null)
                    .with(
                            age.compareTo(retryPolicy.giveUpAfter()) > 0
                                    ? root(now, null)
                                    : root(now, now.plus(readBackDelay(age))));
        }
        Change retry = retryLater(new SendResult.RetryLater(Duration.ZERO, reason), null, uncertainty);
        if (claimed.step().action() != SendPlanner.Action.EDIT) {
            return retry;
        }
        return retry.with(retry.event() == OutboxEvent.GIVEN_UP ? root(now, null) : uncertainRoot(claimed.root(), now));
    }

    /** The root after a writing request for an edit, until its outcome is known. */
    static MessageThread.Root uncertainRoot(MessageThread.Root root, Instant written) {
        return new MessageThread.Root(
                root.reference(), root.shownSequence(), root.deletions(), written, written.plus(FIRST_READ_BACK));
    }

    /** The root shows the right state; until no edit may be carried out any more it is read back again. */
    private Change verified(boolean exists) {
        Instant since = claimed.root().uncertainSince();
        Instant end = since == null ? now : since.plus(capabilities.visibilityDelay());
        return change(null, null).with(end.isAfter(now) && exists ? root(since, end) : root(null, null));
    }

    private MessageThread.Root root(@Nullable Instant uncertainSince, @Nullable Instant verifyAt) {
        MessageThread.Root root = claimed.root();
        return new MessageThread.Root(
                root.reference(), root.shownSequence(), root.deletions(), uncertainSince, verifyAt);
    }

    private Change retryLater(
            SendResult.RetryLater retry, SendResult.@Nullable RetryLater pause, Uncertainty uncertainty) {
        if (isReadBack()) {
            return readBackLater(retry, pause);
        }
        if (retryPolicy.isExhausted(attempts, now)) {
            return giveUp(
                    uncertainty,
                    "given up after " + (attempts.count() + 1) + " attempts since " + attempts.firstDueAt() + ": "
                            + retry.reason());
        }
        Duration delay = retryPolicy.delay(attempts.count());
        Duration requested = retry.retryAfter();
        Instant due = now.plus(delay.compareTo(requested) > 0 ? delay : requested);
        return unsettled(uncertainty).withDelay(new Delay(due, retry.reason()), pause);
    }

    private Change readBackLater(SendResult.RetryLater retry, SendResult.@Nullable RetryLater pause) {
        Instant since = claimed.root().uncertainSince();
        Duration age = Duration.between(Objects.requireNonNullElse(since, now), now);
        if (age.compareTo(retryPolicy.giveUpAfter()) > 0) {
            return change(null, null).with(root(since, null));
        }
        Duration delay = readBackDelay(age);
        Duration requested = retry.retryAfter();
        return change(null, null)
                .with(root(since, now.plus(delay.compareTo(requested) > 0 ? delay : requested)))
                .withDelay(null, pause);
    }

    private static Duration readBackDelay(Duration age) {
        Duration half = age.dividedBy(2);
        return half.compareTo(MIN_READ_BACK_DELAY) < 0
                ? MIN_READ_BACK_DELAY
                : half.compareTo(MAX_READ_BACK_DELAY) > 0 ? MAX_READ_BACK_DELAY : half;
    }

    /** A comment that the service refuses does not keep the root from showing the message. */
    private Change rejected(Uncertainty uncertainty, String reason) {
        return switch (claimed.step().action()) {
            case VERIFY -> verified(false);
            case COMMENT -> change(OutboxEvent.NOT_SENT, "");
            default -> giveUp(uncertainty, reason);
        };
    }

    /** The root was deleted, so the next step posts a new one unless the incident is resolved. It is looked up first. */
    private Change rootDeleted(String reason) {
        MessageThread.Root root = claimed.root();
        return root.reference() == null
                ? giveUp(before(), reason)
                : unsettled(new Uncertainty(capabilities.needsLookup(), null))
                        .with(new MessageThread.Root(null, 0, root.deletions() + 1));
    }

    private Change giveUp(Uncertainty uncertainty, String reason) {
        Uncertainty left = uncertainty.mayBeSent()
                ? new Uncertainty(true, Objects.requireNonNullElse(uncertainty.since(), Instant.EPOCH))
                : Uncertainty.NONE;
        // What was given up may be visible and is not replaced by an earlier state.
        MessageThread.Root root = claimed.step().action() == SendPlanner.Action.EDIT
                ? root(claimed.root().uncertainSince(), null)
                : claimed.root();
        return new Change(OutboxEvent.GIVEN_UP, left, reason, root, false, null, null);
    }
}
