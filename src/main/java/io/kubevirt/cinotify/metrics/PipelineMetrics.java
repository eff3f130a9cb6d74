// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.metrics;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.IncidentEvent;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.RunParseResult;
import io.kubevirt.cinotify.store.IncidentTable.OpenCount;
import io.kubevirt.cinotify.store.Store;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import org.jboss.logging.Logger;

/** Counts runs, diagnoses and open incidents. */
@ApplicationScoped
public class PipelineMetrics {

    private static final Logger LOG = Logger.getLogger(PipelineMetrics.class);

    private final Store store;
    private final MultiGauge openIncidents;

    PipelineMetrics(Store store, MeterRegistry registry) {
        this.store = store;
        this.openIncidents = MultiGauge.builder("ci_notify.incidents.open")
                .description("Open incidents.")
                .register(registry);
        DecisionMetrics.register();
        BuildInfo.current().register(registry);
    }

    @Scheduled(every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public void countOpenIncidents() {
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
            LOG.debug("cannot count the open incidents; the store health check reports why", e);
        }
    }

    /** @param source that reported the run first */
    public static void countRun(String source, RunParseResult result) {
        if (result instanceof RunParseResult.Run(JobRun run)) {
            Counter.builder("ci_notify.runs")
                    .description("Job run states processed, by the source that reported them first.")
                    .tag("source", source)
                    .tag("type", run.type().name().toLowerCase(Locale.ROOT))
                    .tag("state", run.state().name().toLowerCase(Locale.ROOT))
                    .register(Metrics.globalRegistry)
                    .increment();
        }
    }

    /** Counts the diagnoses of failed runs that rest on the run alone: job, description, state. */
    public static void countRunDiagnoses(List<IncidentEvent.RunFinished> runs) {
        for (IncidentEvent.RunFinished finished : runs) {
            Diagnosis diagnosis = finished.run().diagnosedRun().diagnosis();
            if (diagnosis != null) {
                countDiagnosis(diagnosis, "run");
            }
        }
    }

    /** Counts a diagnosis that rests on artifacts; not if none could be read. */
    public static void countArtifactDiagnosis(Diagnosis diagnosis) {
        if (diagnosis.symptoms() != null) {
            countDiagnosis(diagnosis, "artifacts");
        }
    }

    private static void countDiagnosis(Diagnosis diagnosis, String basis) {
        Counter.builder("ci_notify.diagnoses")
                .description("Failed runs diagnosed, by cause, area and basis (run or artifacts).")
                .tag("cause", diagnosis.cause().value())
                .tag("area", diagnosis.area())
                .tag("basis", basis)
                .register(Metrics.globalRegistry)
                .increment();
    }
}
