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

import io.kubevirt.cinotify.store.StoreUnavailable;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Moves what waits: deliveries into decisions, decisions into messages. One thread does it, in the order of the
 * journal; a bell wakes it at once, a tick wakes it for what has become due.
 */
@ApplicationScoped
public class Pump {

    private static final Logger LOG = Logger.getLogger(Pump.class);

    /** The way out of the container takes five seconds in all (prow-contract §4); what is left is on disk. */
    private static final long DRAIN_SECONDS = 3;

    private static final long LAST_STEP_SECONDS = 1;

    private final HandleDeliveries deliveries;
    private final IncidentDesk desk;
    private final SendNotices notices;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            work -> Thread.ofPlatform().name("pump").unstarted(work));
    private final AtomicBoolean rung = new AtomicBoolean();
    private volatile boolean failing;

    Pump(HandleDeliveries deliveries, IncidentDesk desk, SendNotices notices) {
        this.deliveries = deliveries;
        this.desk = desk;
        this.notices = notices;
    }

    void start(@Observes StartupEvent event) {
        ring();
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        ring();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(DRAIN_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("what waits is left for the next start: it did not end in time");
            thread.shutdownNow();
            thread.awaitTermination(LAST_STEP_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** There may be something to do. */
    public void ring() {
        if (rung.compareAndSet(false, true)) {
            try {
                thread.execute(this::work);
            } catch (RejectedExecutionException stopping) {
                LOG.debug("the pump has stopped; the next start goes on");
            }
        }
    }

    private void work() {
        rung.set(false);
        try {
            deliveries.handleAll();
            desk.tick();
            notices.sendAll();
            failing = false;
        } catch (StoreUnavailable e) {
            reportOnce(() -> LOG.errorf("%s; it is tried again every second", e.getMessage()));
        } catch (RuntimeException e) {
            reportOnce(() -> LOG.error("the program failed; it is tried again every second", e));
        }
    }

    private void reportOnce(Runnable report) {
        if (!failing) {
            report.run();
        }
        failing = true;
    }
}
