// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.metrics;

import io.kubevirt.cinotify.concurrent.WorkStatus;
import io.kubevirt.cinotify.concurrent.Workers;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.Decision;
import io.kubevirt.cinotify.incident.Decision.Decisions;
import io.kubevirt.cinotify.incident.IncidentEvent.RunFinished;
import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.RunParseResult;
import io.kubevirt.cinotify.store.IncidentTable.OpenCount;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.StoreBackup;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

@ApplicationScoped
public class PipelineMetrics {
    private final Store store;
    private final WorkStatus status;
    private final MultiGauge openIncidents;
    private final MultiGauge lastBackup;

    PipelineMetrics(Store store, MeterRegistry registry, Workers workers) {
        this.store = store;
        this.status = workers.status("incident-metrics");
        this.openIncidents = MultiGauge.builder("ci_notify.incidents.open")
                .description("Open incidents.")
                .register(registry);
        this.lastBackup = MultiGauge.builder("ci_notify.backup.last.success.timestamp")
                .description("Unix time of the last complete backup by ci-notify backup.")
                .baseUnit("seconds")
                .register(registry);
        DecisionMetrics.register();
        BuildInfo.current().register(registry);
    }

    @Scheduled(every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public void countOpenIncidents() {
        status.attempt(() -> {
            List<OpenCount> counts =
                    store.read(transaction -> transaction.incidents().countOpen());
            openIncidents.register(
                    counts.stream()
                            .<MultiGauge.Row<?>>map(count -> MultiGauge.Row.of(
                                    Tags.of("area", count.area(), "sig", count.sig()), count.incidents()))
                            .toList(),
                    true);
            lastBackup.register(
                    store.read(transaction -> transaction.watermarks().find(StoreBackup.LAST)).stream()
                            .<MultiGauge.Row<?>>map(backup ->
                                    MultiGauge.Row.of(Tags.empty(), backup.at().getEpochSecond()))
                            .toList(),
                    true);
        });
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
    public static void countRunDiagnoses(List<RunFinished> runs) {
        for (RunFinished finished : runs) {
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

    /** What one decision adds to the metrics: collected within the transaction, published after the commit. */
    public static final class DecisionMetrics {
        private static final Duration[] BUCKETS = {
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(4),
            Duration.ofHours(8),
            Duration.ofDays(1),
            Duration.ofDays(2),
            Duration.ofDays(7)
        };

        private final List<Duration> acknowledged = new ArrayList<>();
        private final List<Duration> resolved = new ArrayList<>();
        private int escalated;
        private int handedOff;

        /** Exposes the counters with zero, so that the first increment is a rise. */
        static void register() {
            acknowledgement();
            resolution();
            escalations();
            handoffs();
        }

        /** @param stored the incidents before this decision, by id */
        public void collect(Decisions decisions, Map<String, IncidentView> stored, Instant now) {
            for (IncidentView incident : decisions.incidents()) {
                collect(incident, stored, now);
            }
            for (Decision decision : decisions.decisions()) {
                if (decision instanceof Decision.Notify notify) {
                    escalated += notify.notification().kind() == NotificationKind.ESCALATED ? 1 : 0;
                    handedOff += notify.notification().kind() == NotificationKind.HANDOFF ? 1 : 0;
                }
            }
        }

        private void collect(IncidentView incident, Map<String, IncidentView> stored, Instant now) {
            boolean isResolved = incident.state() == IncidentState.RESOLVED && incident.closedAt() != null;
            if (!isResolved && incident.acknowledgedBy() == null) {
                return;
            }
            Optional<IncidentView> before = Optional.ofNullable(stored.get(incident.id()))
                    .filter(earlier -> earlier.state() == IncidentState.OPEN);
            if (before.isEmpty()) {
                return;
            }
            if (isResolved && incident.closedAt() != null) {
                resolved.add(since(incident, incident.closedAt()));
            }
            if (incident.acknowledgedBy() != null && before.get().acknowledgedBy() == null) {
                acknowledged.add(since(incident, now));
            }
        }

        /** Zero if clocks differ so much that the end comes before the opening. */
        private static Duration since(IncidentView incident, Instant end) {
            return end.isBefore(incident.openedAt()) ? Duration.ZERO : Duration.between(incident.openedAt(), end);
        }

        /** Call it once the decision is committed. */
        public void publish() {
            acknowledged.forEach(acknowledgement()::record);
            resolved.forEach(resolution()::record);
            escalations().increment(escalated);
            handoffs().increment(handedOff);
        }

        private static Timer acknowledgement() {
            return timer("ci_notify.incident.acknowledgement", "Time from opening an incident to its acknowledgement.");
        }

        private static Timer resolution() {
            return timer("ci_notify.incident.resolution", "Time from opening an incident to its resolution.");
        }

        private static Timer timer(String name, String description) {
            return Timer.builder(name)
                    .description(description)
                    .serviceLevelObjectives(BUCKETS)
                    .register(Metrics.globalRegistry);
        }

        private static Counter escalations() {
            return Counter.builder("ci_notify.escalations")
                    .description("Escalations to the next level because nobody acknowledged.")
                    .register(Metrics.globalRegistry);
        }

        private static Counter handoffs() {
            return Counter.builder("ci_notify.handoffs")
                    .description("Blocking incidents handed off at the end of working hours.")
                    .register(Metrics.globalRegistry);
        }
    }
}
