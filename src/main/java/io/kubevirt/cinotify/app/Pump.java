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

import io.kubevirt.cinotify.app.answers.AnswerComments;
import io.kubevirt.cinotify.app.answers.AnswerThread;
import io.kubevirt.cinotify.app.outbox.Speaker;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Moves what waits: deliveries into decisions, decisions into messages. One thread does it, in the order of the
 * journal; a bell wakes it at once, a tick wakes it for what has become due.
 */
@ApplicationScoped
public class Pump {

    private final Bell bell;
    private final AnswerThread answers;
    private final Duration drain;

    Pump(HandleDeliveries deliveries, IncidentDesk desk, AnswerComments comments, Speaker speaker, GracePeriod grace) {
        this.answers = new AnswerThread(comments, this::ring);
        desk.whenDecided(speaker::ring);
        this.bell = new Bell("pump", () -> {
            deliveries.handleAll().ifPresent(this::ringAfter);
            desk.tick();
            comments.decideAll();
            answers.ring();
        });
        this.drain = grace.length();
    }

    void start(@Observes StartupEvent event) {
        ring();
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        ring();
    }

    /** The doors are closed when this is called; what they took in is finished, or left on disk. */
    void stop(@Observes @Priority(Doors.CLOSED + 2) ShutdownEvent event) throws InterruptedException {
        answers.close();
        bell.ring();
        bell.stop(drain.toSeconds());
    }

    private void ringAfter(Duration time) {
        CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS)
                .execute(this::ring);
    }

    /** There may be something to do. */
    public void ring() {
        bell.ring();
    }
}
