// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.app;

import io.kubevirt.cinotify.source.SourceExecutor;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** The thread of one door. */
final class SourceThread implements SourceExecutor, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SourceThread.class);
    private static final long STOP_TIMEOUT_SECONDS = 5;

    private final String source;
    private final ScheduledThreadPoolExecutor thread;

    SourceThread(String door) {
        this.source = door;
        this.thread = new ScheduledThreadPoolExecutor(
                1, work -> Thread.ofPlatform().name("door-" + door).daemon().unstarted(work));
        this.thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public void schedule(Duration delay, Runnable work) {
        try {
            thread.schedule(() -> guarded(work), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.debugf("the door %s has closed", source);
        }
    }

    /** A scheduled executor keeps a failure to itself. */
    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "the door %s failed in an unforeseen way", source);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
