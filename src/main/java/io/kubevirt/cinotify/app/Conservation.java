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

import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.Tally;
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
public class Conservation implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(Conservation.class);

    private final Store store;
    private final InstantSource clock;
    private final MultiGauge ends;
    private final MultiGauge suppressed;
    private volatile long difference;

    Conservation(Store store, InstantSource clock, MeterRegistry meters) {
        this.store = store;
        this.clock = clock;
        this.ends = MultiGauge.builder("ci_notify.journal")
                .description("What became of all deliveries and observed states")
                .register(meters);
        this.suppressed = MultiGauge.builder("ci_notify.suppressed")
                .description("Deliveries and observed states of which nothing is said, by reason")
                .register(meters);
        Gauge.builder("ci_notify.conservation.difference", this, Conservation::difference)
                .description("Received less all ends; anything but zero is a defect")
                .register(meters);
    }

    /** Counts anew. */
    @Scheduled(every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public void count() {
        try {
            show(store.read(transaction -> transaction.tally().at(clock.instant())));
        } catch (RuntimeException e) {
            LOG.debug("the ends cannot be counted now; the health of the store says why", e);
        }
    }

    private void show(Tally tally) {
        long silent =
                tally.suppressed().values().stream().mapToLong(Long::longValue).sum();
        Map<String, Long> counts = Map.of(
                "delivered", tally.delivered(),
                "suppressed", silent,
                "deferred", tally.deferred(),
                "failed", tally.failed(),
                "in-progress", tally.inProgress());
        ends.register(GaugeRows.of("outcome", counts), true);
        suppressed.register(GaugeRows.of("reason", tally.suppressed()), true);
        if (tally.difference() != 0 && difference == 0) {
            LOG.errorf("%d deliveries have no end or two: %s", tally.difference(), tally);
        }
        difference = tally.difference();
    }

    double difference() {
        return difference;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("conservation").up();
        return difference == 0
                ? response.build()
                : response.withData(
                                "problem",
                                difference + " deliveries have no end or two: a defect, please report it with the log")
                        .build();
    }
}
