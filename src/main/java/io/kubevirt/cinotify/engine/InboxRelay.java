// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.concurrent.CoalescingWorker;
import io.kubevirt.cinotify.concurrent.ShutdownOrder;
import io.kubevirt.cinotify.concurrent.Workers;
import io.kubevirt.cinotify.store.Inbox;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/**
 * Moves comments from the inbox to the journal and wakes the event loop, which decides all other deliveries from the inbox.
 * It has its own thread, so that comments do not wait while the event loop processes a storm.
 */
@ApplicationScoped
public class InboxRelay {
    /** The rest is moved after the restart. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);

    private final EventLoop eventLoop;
    private final CoalescingWorker worker;

    InboxRelay(Inbox inbox, EventLoop eventLoop, Workers workers) {
        this.eventLoop = eventLoop;
        this.worker = workers.create("inbox-relay", () -> {
            inbox.relay(CommentRelay.EVENTS);
            eventLoop.wake();
        });
    }

    void start(@Observes StartupEvent event) {
        wake();
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        wake();
    }

    /** The sources are stopped by now, the event loop still runs. */
    void stop(@Observes @Priority(ShutdownOrder.INBOX) ShutdownEvent event) throws InterruptedException {
        worker.wake();
        worker.stop(STOP_TIMEOUT);
    }

    public void wake() {
        worker.wake();
    }

    /** A delivery of an event is in the inbox. */
    void arrived(String event) {
        if (CommentRelay.EVENTS.contains(event)) {
            worker.wake();
        } else {
            eventLoop.wake();
        }
    }
}
