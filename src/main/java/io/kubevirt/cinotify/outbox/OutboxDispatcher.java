// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import io.kubevirt.cinotify.concurrent.CoalescingWorker;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.SendingConfig;
import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.store.Lease;
import io.kubevirt.cinotify.store.LeaseLost;
import io.kubevirt.cinotify.store.Store;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Lets every channel speak for itself: one thread hands out what is due, each channel has a few of its own that do it, so
 * that a channel that hangs stops no other. A bell wakes it at once, a tick for what has become due.
 */
@ApplicationScoped
public class OutboxDispatcher {

    private static final Logger LOG = Logger.getLogger(OutboxDispatcher.class);
    private static final long LAST_STEP_SECONDS = 1;
    private static final long DRAIN_SECONDS = 2;
    private static final long GRACE_MILLIS = 5;

    private final Store store;
    private final InstantSource clock;
    private final ConfigAgent settings;
    private final Channels channels;
    private final MessageSender sender;
    private final List<ChannelPermits> channelPermits;
    private final Lease rateLimitLease;
    private final CoalescingWorker worker = new CoalescingWorker("outbox", this::dispatch);
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("channel-", 0).factory());

    /** @param channels those that speak */
    public OutboxDispatcher(Store store, InstantSource clock, ConfigAgent settings, Channels channels) {
        this.store = store;
        this.clock = clock;
        this.settings = settings;
        this.channels = channels;
        this.rateLimitLease = store.lease("rate-limit");
        Random random = new Random();
        this.sender = new MessageSender(
                store, clock, () -> new RetryPolicy(rules().attempts(), rules().giveUpAfter(), random));
        this.channelPermits =
                channels.channels().stream().map(ChannelPermits::new).toList();
    }

    void start(@Observes StartupEvent event) {
        wake();
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        wake();
    }

    /** Finishes what it has begun, and begins nothing more. */
    public void stop(@Observes ShutdownEvent event) throws InterruptedException {
        worker.stop(LAST_STEP_SECONDS);
        worker.attempt(rateLimitLease::release);
        threads.shutdown();
        if (!threads.awaitTermination(DRAIN_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("a channel has not answered in time: the next start looks what became of it");
            threads.shutdownNow();
        }
    }

    /** There may be something to say. */
    public void wake() {
        worker.wake();
    }

    /** Whether the last thing done to the outbox went well. */
    public boolean isHealthy() {
        return worker.isHealthy();
    }

    private void dispatch() {
        sender.refreshLiveness();
        sender.recordAll();
        applyRateLimit();
        channelPermits.forEach(this::dispatch);
    }

    /** What the hour has room for depends on what it had room for before: one replica at a time decides that. */
    private void applyRateLimit() {
        if (rateLimitLease.acquire()) {
            try {
                store.inTransaction(transaction -> {
                    rateLimitLease.confirm(transaction);
                    new RateLimiter(transaction, channels, rules(), clock.instant()).decide();
                    return true;
                });
            } catch (LeaseLost e) {
                LOG.debugf("another one was quicker: %s", e.getMessage());
            }
        }
    }

    private void dispatch(ChannelPermits booth) {
        while (booth.tryAcquire()) {
            Optional<ClaimedMessage> errand = claim(booth);
            if (errand.isEmpty()) {
                return;
            }
            threads.execute(() -> send(booth, errand.get()));
        }
    }

    private Optional<ClaimedMessage> claim(ChannelPermits booth) {
        Optional<ClaimedMessage> errand = Optional.empty();
        try {
            errand = sender.claim(booth.channel());
        } finally {
            if (errand.isEmpty()) {
                booth.release();
            }
        }
        return errand;
    }

    private void send(ChannelPermits booth, ClaimedMessage errand) {
        try {
            worker.attempt(() -> sender.send(booth.channel(), errand));
        } finally {
            booth.release();
            wake();
            wakeAfterInterval(booth.channel());
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
