// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.comment;

import io.kubevirt.cinotify.store.StoreUnavailable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** The thread that may wait for GitHub while comments are looked into; decisions are left to the pump. */
public final class CommentWorker implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(CommentWorker.class);
    private static final long SHUTDOWN_SECONDS = 1;

    private final CommentProcessor comments;
    private final Runnable wakeEventLoop;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            work -> Thread.ofPlatform().name("answers").unstarted(work));
    private final AtomicBoolean wakeUpPending = new AtomicBoolean();

    /** @param pump rings for the thread that decides, which then calls {@link CommentProcessor#decideAll} */
    public CommentWorker(CommentProcessor comments, Runnable pump) {
        this.comments = comments;
        this.wakeEventLoop = pump;
    }

    /** There may be a comment to look into, or something decided to show. */
    public void wakeUp() {
        if (wakeUpPending.compareAndSet(false, true)) {
            try {
                thread.execute(this::work);
            } catch (RejectedExecutionException stopping) {
                LOG.debug("no more comments are looked into; the next start goes on");
            }
        }
    }

    private void work() {
        wakeUpPending.set(false);
        try {
            if (comments.prepareAll()) {
                wakeEventLoop.run();
            }
        } catch (StoreUnavailable e) {
            LOG.debugf("comments wait for the store: %s", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("comments could not be looked into; it is tried again", e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            thread.awaitTermination(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
