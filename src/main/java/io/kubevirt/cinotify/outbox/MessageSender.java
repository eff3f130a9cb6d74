// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.SendResult;
import io.kubevirt.cinotify.notify.WriteGuard;
import io.kubevirt.cinotify.outbox.MessageClaimer.ClaimedMessage;
import io.kubevirt.cinotify.store.MessageThread;
import io.kubevirt.cinotify.store.ProcessLiveness;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.StoreUnavailable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Sends one message: claim, call the channel, record the outcome. Thread-safe. After a crash between these steps the outcome
 * is unknown, and the next claim looks it up. All methods throw StoreUnavailable if the store fails.
 */
final class MessageSender {
    private static final Logger LOG = Logger.getLogger(MessageSender.class);

    private final Store store;
    private final InstantSource clock;
    private final ProcessLiveness liveness;
    private final Supplier<RetryPolicy> retryPolicy;
    private final OutcomeRecorder.Reports reports;

    /** Outcomes that the store did not accept; their destinations stay claimed until it does. */
    private final Map<ClaimedMessage, UnrecordedOutcome> unrecorded = new ConcurrentHashMap<>();

    private record UnrecordedOutcome(Channel channel, ChannelInvoker.Outcome outcome) {}

    MessageSender(Store store, InstantSource clock, Supplier<RetryPolicy> retryPolicy) {
        this(store, clock, retryPolicy, OutcomeRecorder.Reports.LOG_ONLY);
    }

    MessageSender(
            Store store, InstantSource clock, Supplier<RetryPolicy> retryPolicy, OutcomeRecorder.Reports reports) {
        this.store = store;
        this.clock = clock;
        this.liveness = store.liveness();
        this.retryPolicy = retryPolicy;
        this.reports = reports;
    }

    void refreshLiveness() {
        liveness.refresh();
    }

    Optional<ClaimedMessage> claim(Channel channel) {
        return store.inTransaction(
                transaction -> new MessageClaimer(transaction, channel, liveness.name(), clock.instant()).next());
    }

    /** If the store does not accept the outcome, {@link #recordAll} tries again. */
    void send(Channel channel, ClaimedMessage claimed) {
        ChannelInvoker.Outcome outcome = call(channel, claimed);
        unrecorded.put(claimed, new UnrecordedOutcome(channel, outcome));
        recordOutcome(claimed);
    }

    ChannelInvoker.Outcome call(Channel channel, ClaimedMessage claimed) {
        return ChannelInvoker.invoke(channel, claimed, () -> permitWrite(claimed));
    }

    /** Asks the store first and the clock last: a paused process does not know that its claims were ended. */
    private void permitWrite(ClaimedMessage claimed) {
        boolean held;
        try {
            held = store.inTransaction(transaction -> MessageClaimer.startWrite(transaction, claimed, clock.instant()));
        } catch (StoreUnavailable e) {
            throw new WriteGuard.DeniedException("nothing is sent while the store is unavailable: " + e.getMessage());
        }
        if (!held || !liveness.ownsItsClaims()) {
            throw new WriteGuard.DeniedException(
                    "this replica lost contact to the database; another replica may have claimed the message");
        }
    }

    void recordAll() {
        unrecorded.keySet().forEach(this::recordOutcome);
    }

    /** The thread that removes an outcome records it: to another one the claim would appear lost. */
    private void recordOutcome(ClaimedMessage claimed) {
        UnrecordedOutcome pending = unrecorded.remove(claimed);
        if (pending == null) {
            return;
        }
        boolean recorded;
        try {
            recorded = store.inTransaction(transaction -> new OutcomeRecorder(
                            transaction, pending.channel().capabilities(), retryPolicy.get(), reports, clock.instant())
                    .recordOutcome(claimed, pending.outcome()));
        } catch (RuntimeException e) {
            unrecorded.put(claimed, pending);
            throw e;
        }
        if (!recorded && mayHaveWritten(pending.outcome())) {
            countLostClaim(claimed.key());
        }
    }

    private static boolean mayHaveWritten(ChannelInvoker.Outcome outcome) {
        return outcome instanceof ChannelInvoker.Outcome.Sent
                || (outcome instanceof ChannelInvoker.Outcome.Failed failed
                        && failed.result() instanceof SendResult.Unknown);
    }

    /** Only these writes can double a message: nothing closes the time between the check of the claim and the request. */
    private static void countLostClaim(MessageThread.Key key) {
        LOG.warnf(
                "the claim on a destination of %s ended during a writing request; another replica looks it up",
                key.channel());
        Counter.builder("ci_notify.claims.lost")
                .description("Writing requests whose claim on the destination ended before their outcome was recorded.")
                .tag("channel", key.channel())
                .register(Metrics.globalRegistry)
                .increment();
    }
}
