// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.store.ProcessLiveness;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.StoreUnavailable;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Empties the outbox, an errand at a time: claims it, does it, notes what became of it. May be used by several threads;
 * whoever dies in the middle leaves an unknown outcome, and the next one looks.
 */
final class MessageSender {

    private final Store store;
    private final InstantSource clock;
    private final ProcessLiveness liveness;
    private final Supplier<RetryPolicy> retryPolicy;

    /** What was done while the store could not note it: nothing else happens at its place until the store can. */
    private final Map<ClaimedMessage, UnrecordedOutcome> unrecorded = new ConcurrentHashMap<>();

    private record UnrecordedOutcome(Channel channel, SendOutcome outcome) {}

    MessageSender(Store store, InstantSource clock, Supplier<RetryPolicy> patience) {
        this.store = store;
        this.clock = clock;
        this.liveness = store.liveness();
        this.retryPolicy = patience;
    }

    /**
     * Shows that this process lives; what others that do not have left behind can be done.
     *
     * @throws StoreUnavailable if the store fails
     */
    void refreshLiveness() {
        liveness.refresh();
    }

    /**
     * Takes the next thing to do on a channel.
     *
     * @throws StoreUnavailable if the store fails
     */
    Optional<ClaimedMessage> claim(Channel channel) {
        return store.inTransaction(
                transaction -> new MessageClaimer(transaction, channel, liveness.name(), clock.instant()).next());
    }

    /**
     * Does it and notes what became of it.
     *
     * @throws StoreUnavailable if the store cannot note it now; {@link #recordAll} will
     */
    void send(Channel channel, ClaimedMessage errand) {
        unrecorded.put(
                errand,
                new UnrecordedOutcome(channel, ChannelInvoker.invoke(channel, errand, liveness::ownsItsClaims)));
        recordOutcome(errand);
    }

    /**
     * Notes whatever the store could not.
     *
     * @throws StoreUnavailable if it still cannot
     */
    void recordAll() {
        unrecorded.keySet().forEach(this::recordOutcome);
    }

    private void recordOutcome(ClaimedMessage errand) {
        UnrecordedOutcome note = unrecorded.get(errand);
        if (note != null) {
            store.inTransaction(transaction -> {
                new OutcomeRecorder(transaction, note.channel().capabilities(), retryPolicy.get(), clock.instant())
                        .recordOutcome(errand, note.outcome());
                return true;
            });
            unrecorded.remove(errand);
        }
    }
}
