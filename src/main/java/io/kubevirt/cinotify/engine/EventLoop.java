// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.concurrent.CoalescingWorker;
import io.kubevirt.cinotify.concurrent.ShutdownOrder;
import io.kubevirt.cinotify.outbox.OutboxDispatcher;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Moves what waits: deliveries into decisions, decisions into messages. One thread does it, in the order of the
 * journal; a bell wakes it at once, a tick wakes it for what has become due.
 */
@ApplicationScoped
public class EventLoop {

    private final CoalescingWorker worker;
    private final CommentQueue comments;
    private final Duration gracePeriod;

    EventLoop(
            DeliveryProcessor deliveries,
            IncidentService desk,
            CommentRelay relay,
            OutboxDispatcher speaker,
            @ConfigProperty(name = "ci-notify.grace-period", defaultValue = "20s") Duration gracePeriod) {
        this.comments = relay.queue();
        desk.onDecision(speaker::wake);
        this.worker = new CoalescingWorker("pump", () -> {
            deliveries.processAll().ifPresent(this::wakeAfter);
            desk.tick();
            comments.decideAll();
            relay.relayAll();
            comments.wake(this::wake);
        });
        this.gracePeriod = gracePeriod;
    }

    void start(@Observes StartupEvent event) {
        wake();
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        wake();
    }

    /** The doors are closed when this is called; what they took in is finished, or left on disk. */
    void stop(@Observes @Priority(ShutdownOrder.EVENT_LOOP) ShutdownEvent event) throws InterruptedException {
        comments.close();
        worker.wake();
        worker.stop(gracePeriod.toSeconds());
    }

    private void wakeAfter(Duration time) {
        CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS)
                .execute(this::wake);
    }

    /** There may be something to do. */
    public void wake() {
        worker.wake();
    }
}
