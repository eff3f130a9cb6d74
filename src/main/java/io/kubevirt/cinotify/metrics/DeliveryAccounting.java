// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.metrics;

import io.kubevirt.cinotify.store.DeliveryCounts;
import io.kubevirt.cinotify.store.Store;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/** Shows that nothing is lost: counts every end of every delivery, and reports if they are not the whole. */
@Readiness
@ApplicationScoped
public class DeliveryAccounting implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(DeliveryAccounting.class);

    private final Store store;
    private final InstantSource clock;
    private final MultiGauge outcomes;
    private final MultiGauge suppressed;
    private volatile long unaccounted;

    DeliveryAccounting(Store store, InstantSource clock, MeterRegistry meters) {
        this.store = store;
        this.clock = clock;
        this.outcomes = MultiGauge.builder("ci_notify.journal")
                .description("What became of all deliveries and observed states")
                .register(meters);
        this.suppressed = MultiGauge.builder("ci_notify.suppressed")
                .description("Deliveries and observed states of which nothing is said, by reason")
                .register(meters);
        Gauge.builder("ci_notify.conservation.difference", this, DeliveryAccounting::unaccounted)
                .description("Received less all ends; anything but zero is a defect")
                .register(meters);
    }

    /** Counts anew. */
    @Scheduled(every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public void count() {
        try {
            update(store.read(transaction -> transaction.deliveryCounts().at(clock.instant())));
        } catch (RuntimeException e) {
            LOG.debug("the ends cannot be counted now; the health of the store says why", e);
        }
    }

    private void update(DeliveryCounts tally) {
        long silent =
                tally.suppressed().values().stream().mapToLong(Long::longValue).sum();
        Map<String, Long> counts = Map.of(
                "delivered", tally.delivered(),
                "suppressed", silent,
                "deferred", tally.deferred(),
                "failed", tally.failed(),
                "in-progress", tally.inProgress());
        outcomes.register(GaugeRows.of("outcome", counts), true);
        suppressed.register(GaugeRows.of("reason", tally.suppressed()), true);
        if (tally.unaccounted() != 0 && unaccounted == 0) {
            LOG.errorf("%d deliveries have no end or two: %s", tally.unaccounted(), tally);
        }
        unaccounted = tally.unaccounted();
    }

    double unaccounted() {
        return unaccounted;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("conservation").up();
        return unaccounted == 0
                ? response.build()
                : response.withData(
                                "problem",
                                unaccounted + " deliveries have no end or two: a defect, please report it with the log")
                        .build();
    }
}
