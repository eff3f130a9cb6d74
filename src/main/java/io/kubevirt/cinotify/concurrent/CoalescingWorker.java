// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.concurrent;

import io.kubevirt.cinotify.store.StoreUnavailable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * One thread that does its work when woken, and once more if woken meanwhile. Failed work is done again at the next wake-up;
 * only the first failure in a row is logged.
 */
public final class CoalescingWorker {
    private static final Logger LOG = Logger.getLogger(CoalescingWorker.class);
    private static final long FORCED_STOP_SECONDS = 1;
    private final String name;
    private final Runnable work;
    private final ExecutorService thread;
    private final AtomicBoolean wakePending = new AtomicBoolean();
    private volatile boolean failing;

    public CoalescingWorker(String name, Runnable work) {
        this.name = name;
        this.work = work;
        this.thread = Executors.newSingleThreadExecutor(
                task -> Thread.ofPlatform().name(name).unstarted(task));
    }

    public void wake() {
        if (wakePending.compareAndSet(false, true)) {
            try {
                thread.execute(this::runOnce);
            } catch (RejectedExecutionException stopping) {
                LOG.debugf("%s is stopped; the remaining work continues after the restart", name);
            }
        }
    }

    public boolean isHealthy() {
        return !failing;
    }

    /** Finishes the current work. The rest is on disk and continues after the restart. */
    public void stop(long seconds) throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(seconds, TimeUnit.SECONDS)) {
            LOG.warnf("%s: shutdown timed out; remaining work continues after the restart", name);
            thread.shutdownNow();
            thread.awaitTermination(FORCED_STOP_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Runs a task on the calling thread; its failures are logged as those of the work. */
    public boolean attempt(Runnable task) {
        try {
            task.run();
            return true;
        } catch (StoreUnavailable e) {
            reportOnce(() -> LOG.errorf("%s; retrying every second", e.getMessage()));
        } catch (RuntimeException e) {
            reportOnce(() -> LOG.errorf(e, "%s: unexpected error; retrying every second", name));
        }
        return false;
    }

    private void runOnce() {
        wakePending.set(false);
        if (attempt(work)) {
            failing = false;
        }
    }

    private void reportOnce(Runnable report) {
        if (!failing) {
            report.run();
        }
        failing = true;
    }
}
