// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.concurrent.CoalescingWorker;
import io.kubevirt.cinotify.concurrent.ShutdownOrder;
import io.kubevirt.cinotify.concurrent.Workers;
import io.kubevirt.cinotify.outbox.OutboxDispatcher;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Processes deliveries and timers on one thread, in the order in which runs changed. A new delivery wakes it; a one-second tick
 * handles timers.
 */
@ApplicationScoped
public class EventLoop {
    private final CoalescingWorker worker;
    private final CommentQueue comments;
    private final Workers workers;

    /** Whether the last round ended while it decided deliveries. */
    private boolean decidingFailed;

    EventLoop(
            DeliveryProcessor deliveries,
            IncidentService incidentService,
            CommentRelay relay,
            OutboxDispatcher outbox,
            Workers workers) {
        this.comments = relay.queue();
        incidentService.onDecision(outbox::wake);
        this.worker = workers.create("event-loop", () -> {
            decide(deliveries).ifPresent(this::wakeAfter);
            incidentService.tick();
            comments.decideAll();
            relay.relayAll();
            comments.wake(this::wake);
        });
        this.workers = workers;
    }

    /**
     * The backlog of an outage may take minutes. Its first decision ends the failure, because a pod that is not ready gets no
     * webhooks, and hook sends none twice.
     */
    private Optional<Duration> decide(DeliveryProcessor deliveries) {
        boolean failedBefore = decidingFailed;
        decidingFailed = true;
        Optional<Duration> next = deliveries.processAll(failedBefore ? worker::recover : () -> {});
        decidingFailed = false;
        return next;
    }

    void start(@Observes StartupEvent event) {
        wake();
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        wake();
    }

    /** The sources are stopped by now. Accepted deliveries are processed, or continue after the restart. */
    void stop(@Observes @Priority(ShutdownOrder.EVENT_LOOP) ShutdownEvent event) throws InterruptedException {
        comments.close();
        worker.wake();
        worker.stop(workers.untilForcedStop());
    }

    private void wakeAfter(Duration time) {
        CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS)
                .execute(this::wake);
    }

    public void wake() {
        worker.wake();
    }
}
