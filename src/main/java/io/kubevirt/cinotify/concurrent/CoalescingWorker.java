// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.concurrent;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** One thread that does its work when woken, and once more if woken meanwhile. Failed work is done again at the next wake-up. */
public final class CoalescingWorker {
    private static final Logger LOG = Logger.getLogger(CoalescingWorker.class);
    private static final long FORCED_STOP_SECONDS = 1;
    private final WorkStatus status;
    private final Runnable work;
    private final ExecutorService thread;
    private final AtomicBoolean wakePending = new AtomicBoolean();

    CoalescingWorker(WorkStatus status, Runnable work) {
        this.status = status;
        this.work = work;
        this.thread = Executors.newSingleThreadExecutor(
                task -> Thread.ofPlatform().name(status.name()).unstarted(task));
    }

    public void wake() {
        if (wakePending.compareAndSet(false, true)) {
            try {
                thread.execute(this::runOnce);
            } catch (RejectedExecutionException stopping) {
                LOG.debugf("%s is stopped; the remaining work continues after the restart", status.name());
            }
        }
    }

    WorkStatus status() {
        return status;
    }

    /** Finishes the current work. The rest is on disk and continues after the restart. */
    public void stop(Duration limit) throws InterruptedException {
        thread.shutdown();
        boolean ended = thread.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS);
        status.stop();
        if (!ended) {
            LOG.warnf("%s: shutdown timed out; remaining work continues after the restart", status.name());
            thread.shutdownNow();
            thread.awaitTermination(FORCED_STOP_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Ends the failure of the last round before this one ends; what fails in this one is shown again. */
    public void recover() {
        status.recover();
    }

    /** Runs a task on the calling thread; its failures are those of the work. */
    public boolean attempt(Runnable task) {
        return status.attemptPart(task);
    }

    private void runOnce() {
        wakePending.set(false);
        status.attempt(work);
    }
}
