// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.metrics;

import io.kubevirt.cinotify.concurrent.WorkStatus;
import io.kubevirt.cinotify.concurrent.Workers;
import io.kubevirt.cinotify.store.DeliveryCounts;
import io.kubevirt.cinotify.store.Inbox;
import io.kubevirt.cinotify.store.Store;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/** Counts the deliveries by outcome and reports if one is lost: each has exactly one outcome. */
@Readiness
@ApplicationScoped
public class DeliveryAccounting implements HealthCheck {
    private static final Logger LOG = Logger.getLogger(DeliveryAccounting.class);
    private final Store store;
    private final Inbox inbox;
    private final InstantSource clock;
    private final MultiGauge outcomes;
    private final MultiGauge suppressed;
    private final WorkStatus status;
    private volatile long unaccounted;

    DeliveryAccounting(Store store, Inbox inbox, InstantSource clock, MeterRegistry registry, Workers workers) {
        this.store = store;
        this.inbox = inbox;
        this.clock = clock;
        this.status = workers.status("delivery-metrics");
        this.outcomes = MultiGauge.builder("ci_notify.deliveries")
                .description("Deliveries and observed states by outcome.")
                .register(registry);
        this.suppressed = MultiGauge.builder("ci_notify.deliveries.suppressed")
                .description("Deliveries and observed states that led to no notification, by reason.")
                .register(registry);
        Gauge.builder("ci_notify.deliveries.unaccounted", this, DeliveryAccounting::unaccounted)
                .description("Deliveries without exactly one outcome; non-zero is a bug.")
                .register(registry);
    }

    @Scheduled(every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public void count() {
        status.attempt(() ->
                update(store.read(transaction -> transaction.deliveryCounts().at(clock.instant()))
                        .plusWaiting(inbox.size())));
    }

    private void update(DeliveryCounts counts) {
        Map<String, Long> byOutcome = Map.of(
                "delivered", counts.delivered(),
                "suppressed",
                        counts.suppressed().values().stream()
                                .mapToLong(Long::longValue)
                                .sum(),
                "deferred", counts.deferred(),
                "unsent", counts.unsent(),
                "failed", counts.failed(),
                "in-progress", counts.inProgress());
        outcomes.register(rows("outcome", byOutcome), true);
        suppressed.register(rows("reason", counts.suppressed()), true);
        if (counts.unaccounted() != 0 && unaccounted == 0) {
            LOG.errorf("%d deliveries do not have exactly one outcome: %s", counts.unaccounted(), counts);
        }
        unaccounted = counts.unaccounted();
    }

    private static Iterable<MultiGauge.Row<?>> rows(String label, Map<String, Long> counts) {
        return counts.entrySet().stream()
                .<MultiGauge.Row<?>>map(count -> MultiGauge.Row.of(Tags.of(label, count.getKey()), count.getValue()))
                .toList();
    }

    /** The number of deliveries without exactly one outcome; other than 0 is a bug. */
    public long unaccounted() {
        return unaccounted;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("delivery-accounting").up();
        return unaccounted == 0
                ? response.build()
                : response.withData(
                                "problem",
                                unaccounted
                                        + " deliveries do not have exactly one outcome: this is a bug, please report"
                                        + " it with the log")
                        .build();
    }
}
