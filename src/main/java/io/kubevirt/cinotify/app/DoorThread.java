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
package io.kubevirt.cinotify.app;

import io.kubevirt.cinotify.intake.Worker;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** The thread of one door. */
final class DoorThread implements Worker, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(DoorThread.class);
    private static final long PATIENCE_SECONDS = 5;

    private final String door;
    private final ScheduledThreadPoolExecutor thread;

    DoorThread(String door) {
        this.door = door;
        this.thread = new ScheduledThreadPoolExecutor(
                1, work -> Thread.ofPlatform().name("door-" + door).daemon().unstarted(work));
        this.thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public void in(Duration delay, Runnable work) {
        try {
            thread.schedule(() -> guarded(work), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.debugf("the door %s has closed", door);
        }
    }

    /** A scheduled executor keeps a failure to itself. */
    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "the door %s failed in an unforeseen way", door);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
