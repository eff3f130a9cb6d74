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

import io.kubevirt.cinotify.store.IncidentTable.Open;
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
public class OpenIncidents {

    private static final Logger LOG = Logger.getLogger(OpenIncidents.class);

    private final Store store;
    private final MultiGauge open;

    OpenIncidents(Store store, MeterRegistry meters) {
        this.store = store;
        this.open = MultiGauge.builder("ci_notify.incidents.open")
                .description("Incidents that are open")
                .register(meters);
        DecisionCounter.register();
    }

    /** Counts anew. */
    @Scheduled(every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public void count() {
        try {
            List<Open> counts =
                    store.read(transaction -> transaction.incidents().countOpen());
            open.register(
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
