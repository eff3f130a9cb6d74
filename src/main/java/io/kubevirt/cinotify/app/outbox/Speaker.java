/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.app.outbox;

import io.kubevirt.cinotify.app.Bell;
import io.kubevirt.cinotify.app.LiveSettings;
import io.kubevirt.cinotify.notice.Channel;
import io.kubevirt.cinotify.notice.Channels;
import io.kubevirt.cinotify.settings.SendingRules;
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
public class Speaker {

    private static final Logger LOG = Logger.getLogger(Speaker.class);
    private static final long LAST_STEP_SECONDS = 1;
    private static final long DRAIN_SECONDS = 2;
    private static final long GRACE_MILLIS = 5;

    private final Store store;
    private final InstantSource clock;
    private final LiveSettings settings;
    private final Channels channels;
    private final Sender sender;
    private final List<Booth> booths;
    private final Lease restraining;
    private final Bell bell = new Bell("outbox", this::handOut);
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("channel-", 0).factory());

    /** @param channels those that speak */
    public Speaker(Store store, InstantSource clock, LiveSettings settings, Channels channels) {
        this.store = store;
        this.clock = clock;
        this.settings = settings;
        this.channels = channels;
        this.restraining = store.lease("restraining");
        Random random = new Random();
        this.sender = new Sender(store, clock, () -> new Patience(rules().attempts(), rules().giveUpAfter(), random));
        this.booths = channels.open().stream().map(Booth::new).toList();
    }

    void start(@Observes StartupEvent event) {
        ring();
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        ring();
    }

    /** Finishes what it has begun, and begins nothing more. */
    public void stop(@Observes ShutdownEvent event) throws InterruptedException {
        bell.stop(LAST_STEP_SECONDS);
        bell.attempt(restraining::release);
        threads.shutdown();
        if (!threads.awaitTermination(DRAIN_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("a channel has not answered in time: the next start looks what became of it");
            threads.shutdownNow();
        }
    }

    /** There may be something to say. */
    public void ring() {
        bell.ring();
    }

    /** Whether the last thing done to the outbox went well. */
    public boolean isWell() {
        return bell.isWell();
    }

    private void handOut() {
        sender.show();
        sender.noteAll();
        restrain();
        booths.forEach(this::handOut);
    }

    /** What the hour has room for depends on what it had room for before: one replica at a time decides that. */
    private void restrain() {
        if (restraining.take()) {
            try {
                store.inTransaction(transaction -> {
                    restraining.confirm(transaction);
                    new Restraint(transaction, channels, rules(), clock.instant()).decide();
                    return true;
                });
            } catch (LeaseLost e) {
                LOG.debugf("another one was quicker: %s", e.getMessage());
            }
        }
    }

    private void handOut(Booth booth) {
        while (booth.enter()) {
            Optional<Errand> errand = claimed(booth);
            if (errand.isEmpty()) {
                return;
            }
            threads.execute(() -> carryOut(booth, errand.get()));
        }
    }

    private Optional<Errand> claimed(Booth booth) {
        Optional<Errand> errand = Optional.empty();
        try {
            errand = sender.claim(booth.channel());
        } finally {
            if (errand.isEmpty()) {
                booth.leave();
            }
        }
        return errand;
    }

    private void carryOut(Booth booth, Errand errand) {
        try {
            bell.attempt(() -> sender.carryOut(booth.channel(), errand));
        } finally {
            booth.leave();
            ring();
            ringAgain(booth.channel());
        }
    }

    private void ringAgain(Channel channel) {
        long pause = channel.abilities().every().toMillis();
        if (pause > 0) {
            CompletableFuture.delayedExecutor(pause + GRACE_MILLIS, TimeUnit.MILLISECONDS, threads)
                    .execute(this::ring);
        }
    }

    private SendingRules rules() {
        return settings.get().sending();
    }
}
