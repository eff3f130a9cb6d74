// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.metrics;

import io.kubevirt.cinotify.store.IncidentTable.OpenCount;
import io.kubevirt.cinotify.store.Store;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;

/** Shows how many incidents are open, as {@code ci_notify_incidents_open{area,sig}}. */
@ApplicationScoped
public class PipelineMetrics {

    private static final Logger LOG = Logger.getLogger(PipelineMetrics.class);

    private final Store store;
    private final MultiGauge openIncidents;

    PipelineMetrics(Store store, MeterRegistry meters) {
        this.store = store;
        this.openIncidents = MultiGauge.builder("ci_notify.incidents.open")
                .description("Incidents that are open")
                .register(meters);
        DecisionMetrics.register();
    }

    /** Counts anew. */
    @Scheduled(every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public void count() {
        try {
            List<OpenCount> counts =
                    store.read(transaction -> transaction.incidents().countOpen());
            openIncidents.register(
                    counts.stream()
                            .<MultiGauge.Row<?>>map(count -> MultiGauge.Row.of(
                                    Tags.of("area", count.area(), "sig", count.sig()), count.incidents()))
                            .toList(),
                    true);
        } catch (RuntimeException e) {
            LOG.debug("the incidents cannot be counted now; the health of the store says why", e);
        }
    }
}
