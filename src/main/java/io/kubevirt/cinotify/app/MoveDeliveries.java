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
public class MoveDeliveries {

    /** What is not moved in time is moved at the next start. */
    private static final int MOST_SECONDS_TO_STOP = 2;

    private final Bell bell;

    MoveDeliveries(Inbox inbox, Pump pump) {
        this.bell = new Bell("inbox", () -> {
            inbox.moveOn();
            pump.ring();
        });
    }

    void start(@Observes StartupEvent event) {
        ring();
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        ring();
    }

    /** The doors are closed when this is called, and those who decide still work. */
    void stop(@Observes @Priority(Doors.CLOSED + 1) ShutdownEvent event) throws InterruptedException {
        bell.ring();
        bell.stop(MOST_SECONDS_TO_STOP);
    }

    /** Something may have been taken in. */
    public void ring() {
        bell.ring();
    }
}
