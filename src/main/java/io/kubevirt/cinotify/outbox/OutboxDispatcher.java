// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import io.kubevirt.cinotify.concurrent.CoalescingWorker;
import io.kubevirt.cinotify.concurrent.ShutdownOrder;
import io.kubevirt.cinotify.concurrent.Workers;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.SendingConfig;
import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.outbox.MessageClaimer.ClaimedMessage;
import io.kubevirt.cinotify.store.Lease;
import io.kubevirt.cinotify.store.Store;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Sends due messages. One thread claims; each channel sends on threads of its own, so a hanging channel blocks no other.
 * {@link #wake} starts a round at once, a tick each second finds messages that became due.
 */
@ApplicationScoped
public class OutboxDispatcher {
    private static final Logger LOG = Logger.getLogger(OutboxDispatcher.class);
    private static final int MAX_CONCURRENT_SENDS = 4;
    private static final Duration LAST_STEP = Duration.ofSeconds(1);
    private static final long FORCED_STOP_SECONDS = 2;
    private static final long GRACE_MILLIS = 5;

    private final Store store;
    private final InstantSource clock;
    private final ConfigAgent settings;
    private final Channels channels;
    private final MessageSender sender;
    private final List<Slots> slots;
    private final Lease rateLimitLease;
    private final Workers workers;
    private final CoalescingWorker worker;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("channel-", 0).factory());

    public OutboxDispatcher(
            Store store, InstantSource clock, ConfigAgent settings, Channels channels, Workers workers) {
        this.store = store;
        this.clock = clock;
        this.settings = settings;
        this.channels = channels;
        this.workers = workers;
        this.worker = workers.create("outbox", this::dispatch);
        this.rateLimitLease = store.lease("rate-limit");
        Random random = new Random();
        this.sender = new MessageSender(
                store,
                clock,
                () -> new RetryPolicy(rules().attempts(), rules().giveUpAfter(), random),
                new OutcomeRecorder.Reports(channels, () -> settings.get().operators()));
        this.slots = channels.channels().stream()
                .map(channel -> new Slots(channel, new Semaphore(MAX_CONCURRENT_SENDS)))
                .toList();
    }

    /** Limits concurrent sends of a channel. */
    private record Slots(Channel channel, Semaphore permits) {}

    void start(@Observes StartupEvent event) {
        wake();
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        wake();
    }

    /**
     * Starts no more sends, waits for the running ones during the grace period, and records every outcome: a send without
     * one is looked up after the restart.
     */
    public void stop(@Observes @Priority(ShutdownOrder.OUTBOX) ShutdownEvent event) throws InterruptedException {
        worker.stop(LAST_STEP);
        worker.attempt(rateLimitLease::release);
        threads.shutdown();
        boolean ended = threads.awaitTermination(0, TimeUnit.SECONDS);
        while (!ended && workers.untilForcedStop().isPositive()) {
            worker.attempt(sender::refreshLiveness);
            ended = threads.awaitTermination(1, TimeUnit.SECONDS);
        }
        if (!ended) {
            LOG.warn("a channel did not respond before shutdown; the message will be looked up on restart");
            threads.shutdownNow();
            ended = threads.awaitTermination(FORCED_STOP_SECONDS, TimeUnit.SECONDS);
        }
        // An interrupted thread cannot write to the store.
        if (!worker.attempt(sender::recordAll) || !ended) {
            LOG.warn("the outcome of a notification is not recorded; it will be looked up on restart");
        }
    }

    public void wake() {
        worker.wake();
    }

    private void dispatch() {
        sender.refreshLiveness();
        sender.recordAll();
        applyRateLimit();
        slots.forEach(this::dispatch);
    }

    /** The limit counts earlier decisions, so one replica at a time decides. */
    private void applyRateLimit() {
        if (rateLimitLease.acquire()) {
            try {
                store.inTransaction(transaction -> {
                    rateLimitLease.confirm(transaction);
                    new RateLimiter(transaction, channels, rules(), clock.instant()).decide();
                    return true;
                });
            } catch (Lease.Lost e) {
                LOG.debugf("skipping the rate limit: %s", e.getMessage());
            }
        }
    }

    private void dispatch(Slots slots) {
        while (slots.permits().tryAcquire()) {
            Optional<ClaimedMessage> claimed = claim(slots);
            if (claimed.isEmpty()) {
                return;
            }
            threads.execute(() -> send(slots, claimed.get()));
        }
    }

    private Optional<ClaimedMessage> claim(Slots slots) {
        Optional<ClaimedMessage> claimed = Optional.empty();
        try {
            claimed = sender.claim(slots.channel());
        } finally {
            if (claimed.isEmpty()) {
                slots.permits().release();
            }
        }
        return claimed;
    }

    private void send(Slots slots, ClaimedMessage claimed) {
        try {
            worker.attempt(() -> sender.send(slots.channel(), claimed));
        } finally {
            slots.permits().release();
            wake();
            wakeAfterInterval(slots.channel());
        }
    }

    private void wakeAfterInterval(Channel channel) {
        long pause = channel.capabilities().minInterval().toMillis();
        if (pause > 0) {
            CompletableFuture.delayedExecutor(pause + GRACE_MILLIS, TimeUnit.MILLISECONDS, threads)
                    .execute(this::wake);
        }
    }

    private SendingConfig rules() {
        return settings.get().sending();
    }
}
