// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import io.kubevirt.cinotify.concurrent.Workers;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.http.HttpClients;
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

/** Calls a dead man's switch each minute while the store accepts writes and all background work succeeds. */
@ApplicationScoped
public class Heartbeat {
    private static final Logger LOG = Logger.getLogger(Heartbeat.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int FIRST_FAILURE = 400;

    private final ConfigAgent settings;
    private final Store store;
    private final Workers workers;
    private final HttpClient client = HttpClients.connectingWithin(TIMEOUT);
    private volatile boolean lastSucceeded = true;

    Heartbeat(ConfigAgent settings, Store store, Workers workers, MeterRegistry registry) {
        this.settings = settings;
        this.store = store;
        this.workers = workers;
        Gauge.builder("ci_notify.heartbeat.last.successful", this, heartbeat -> heartbeat.lastSucceeded ? 1 : 0)
                .description("1 if the last heartbeat was accepted, or no heartbeat URL is configured.")
                .register(registry);
    }

    @Scheduled(every = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public void send() throws InterruptedException {
        URI address = settings.get().sending().heartbeatUrl();
        if (address == null) {
            lastSucceeded = true;
        } else if (isHealthy()) {
            report(problem(address));
        } else {
            LOG.warn("skipping heartbeat: deciding or sending does not work");
        }
    }

    private boolean isHealthy() {
        try {
            store.probe(0);
            return workers.failures().isEmpty();
        } catch (RuntimeException e) {
            LOG.debug("the store is unhealthy", e);
            return false;
        }
    }

    /** Empty on success. The URL may contain a secret and is not shown. */
    private String problem(URI address) throws InterruptedException {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(address).timeout(TIMEOUT).GET().build();
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status < FIRST_FAILURE ? "" : "HTTP status " + status;
        } catch (IOException e) {
            return "cannot connect (" + e.getClass().getSimpleName() + ")";
        }
    }

    private void report(String problem) {
        if (!problem.isEmpty() && lastSucceeded) {
            LOG.warnf("heartbeat failed: %s. Check sending.heartbeatUrl and the network to it", problem);
        }
        lastSucceeded = problem.isEmpty();
    }
}
