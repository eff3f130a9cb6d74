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
package io.kubevirt.cinotify.app.outbox;

import io.kubevirt.cinotify.app.LiveSettings;
import io.kubevirt.cinotify.store.Store;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Tells somebody else each minute that all is well: the store takes writes and the outbox is emptied. Silence is the
 * alarm.
 */
@ApplicationScoped
public class Heartbeat {

    private static final Logger LOG = Logger.getLogger(Heartbeat.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int FIRST_FAILURE = 400;

    private final LiveSettings settings;
    private final Store store;
    private final Speaker speaker;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private volatile boolean heard = true;

    Heartbeat(LiveSettings settings, Store store, Speaker speaker, MeterRegistry meters) {
        this.settings = settings;
        this.store = store;
        this.speaker = speaker;
        Gauge.builder("ci_notify.heartbeat.heard", this, heartbeat -> heartbeat.heard ? 1 : 0)
                .description("Whether the address of the heartbeat took the last one; 1 where none is set")
                .register(meters);
    }

    /** Beats, if there is an address for it and all is well. */
    @Scheduled(every = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public void beat() throws InterruptedException {
        URI address = settings.get().sending().heartbeatUrl();
        if (address == null) {
            heard = true;
        } else if (isWell()) {
            report(problem(address));
        } else {
            LOG.warn("no heartbeat: store or outbox are not well");
        }
    }

    private boolean isWell() {
        try {
            store.probe(0);
            return speaker.isWell();
        } catch (RuntimeException e) {
            LOG.debug("the store is not well", e);
            return false;
        }
    }

    /** What went wrong; empty for nothing. The address may hold a secret, and is not shown. */
    private String problem(URI address) throws InterruptedException {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(address).timeout(PATIENCE).GET().build();
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status < FIRST_FAILURE ? "" : "it answers " + status;
        } catch (IOException e) {
            return "it cannot be reached (" + e.getClass().getSimpleName() + ")";
        }
    }

    private void report(String problem) {
        if (!problem.isEmpty() && heard) {
            LOG.warnf(
                    "the heartbeat is not heard: %s; look whether sending.heartbeatUrl is right and can be reached from"
                            + " here",
                    problem);
        }
        heard = problem.isEmpty();
    }
}
