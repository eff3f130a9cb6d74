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
package io.kubevirt.cinotify.app.answers;

import io.kubevirt.cinotify.store.StoreUnavailable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** The thread that may wait for GitHub while comments are looked into; decisions are left to the pump. */
public final class AnswerThread implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(AnswerThread.class);
    private static final long LAST_STEP_SECONDS = 1;

    private final AnswerComments comments;
    private final Runnable pump;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            work -> Thread.ofPlatform().name("answers").unstarted(work));
    private final AtomicBoolean rung = new AtomicBoolean();

    /** @param pump rings for the thread that decides, which then calls {@link AnswerComments#decideAll} */
    public AnswerThread(AnswerComments comments, Runnable pump) {
        this.comments = comments;
        this.pump = pump;
    }

    /** There may be a comment to look into, or something decided to show. */
    public void ring() {
        if (rung.compareAndSet(false, true)) {
            try {
                thread.execute(this::work);
            } catch (RejectedExecutionException stopping) {
                LOG.debug("no more comments are looked into; the next start goes on");
            }
        }
    }

    private void work() {
        rung.set(false);
        try {
            if (comments.prepareAll()) {
                pump.run();
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
            thread.awaitTermination(LAST_STEP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
