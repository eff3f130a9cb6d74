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
 * One thread with work that is done when the bell rings, and once more if it rings meanwhile. Work that fails is done again
 * at the next ring, and reported only the first time.
 */
public final class CoalescingWorker {

    private static final Logger LOG = Logger.getLogger(CoalescingWorker.class);
    private static final long FORCED_STOP_SECONDS = 1;

    private final String name;
    private final Runnable work;
    private final ExecutorService thread;
    private final AtomicBoolean wakePending = new AtomicBoolean();
    private volatile boolean failing;

    /** @param name of the thread, and of what is reported */
    public CoalescingWorker(String name, Runnable work) {
        this.name = name;
        this.work = work;
        this.thread = Executors.newSingleThreadExecutor(
                task -> Thread.ofPlatform().name(name).unstarted(task));
    }

    /** There may be something to do. */
    public void wake() {
        if (wakePending.compareAndSet(false, true)) {
            try {
                thread.execute(this::runOnce);
            } catch (RejectedExecutionException stopping) {
                LOG.debugf("%s has stopped; the next start goes on", name);
            }
        }
    }

    /** Whether the work went well the last time. */
    public boolean isHealthy() {
        return !failing;
    }

    /** Ends after what is being done; what is left is on disk, and the next start goes on with it. */
    public void stop(long seconds) throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(seconds, TimeUnit.SECONDS)) {
            LOG.warnf("%s: what waits is left for the next start, as it did not end in time", name);
            thread.shutdownNow();
            thread.awaitTermination(FORCED_STOP_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Does something on any thread; what it throws is reported as what the work throws. */
    public boolean attempt(Runnable something) {
        try {
            something.run();
            return true;
        } catch (StoreUnavailable e) {
            reportOnce(() -> LOG.errorf("%s; it is tried again every second", e.getMessage()));
        } catch (RuntimeException e) {
            reportOnce(() -> LOG.errorf(e, "%s: the program failed; it is tried again every second", name));
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
