// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.concurrent.CoalescingWorker;
import io.kubevirt.cinotify.concurrent.ShutdownOrder;
import io.kubevirt.cinotify.store.Inbox;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Moves deliveries out of the inbox into the journal, and tells those who decide. In a thread of its own: comments must
 * not wait behind a storm that is being decided.
 */
@ApplicationScoped
public class InboxRelay {

    /** What is not moved in time is moved at the next start. */
    private static final int STOP_TIMEOUT_SECONDS = 2;

    private final CoalescingWorker worker;

    InboxRelay(Inbox inbox, EventLoop pump) {
        this.worker = new CoalescingWorker("inbox", () -> {
            inbox.relay();
            pump.wake();
        });
    }

    void start(@Observes StartupEvent event) {
        wake();
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        wake();
    }

    /** The doors are closed when this is called, and those who decide still work. */
    void stop(@Observes @Priority(ShutdownOrder.INBOX) ShutdownEvent event) throws InterruptedException {
        worker.wake();
        worker.stop(STOP_TIMEOUT_SECONDS);
    }

    /** Something may have been taken in. */
    public void wake() {
        worker.wake();
    }
}
