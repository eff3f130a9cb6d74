// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.incident.IncidentEvent;
import io.kubevirt.cinotify.incident.ReportedProblem;
import io.kubevirt.cinotify.incident.stale.StalenessDetector;
import io.kubevirt.cinotify.incident.stale.StalenessDetector.StalenessResult;
import io.kubevirt.cinotify.incident.stale.StalenessDetector.WatchStatus;
import io.kubevirt.cinotify.incident.stale.StalenessThresholds;
import io.kubevirt.cinotify.source.SourceCoverage;
import io.kubevirt.cinotify.store.Transaction;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Checks each minute for missing runs, stalled clusters and a silent Prow; idle while no source shows all runs. */
@ApplicationScoped
public class StalenessMonitor {
    private static final String STARTED = "timeliness/began";
    private static final String SCHEDULE = "timeliness/schedule/";
    private final IncidentService service;
    private final ConfigAgent configAgent;
    private final SourceCoverage coverage;
    private final MeterRegistry registry;
    private volatile Instant lastCheck;

    StalenessMonitor(
            IncidentService incidentService,
            ConfigAgent configAgent,
            SourceCoverage coverage,
            InstantSource clock,
            MeterRegistry registry) {
        this.service = incidentService;
        this.configAgent = configAgent;
        this.coverage = coverage;
        this.registry = registry;
        this.lastCheck = clock.instant();
    }

    @Scheduled(every = "60s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        StalenessThresholds thresholds = configAgent.get().timeliness();
        if (thresholds != null && service.isLeader()) {
            coverage.completeSince().ifPresent(since -> check(thresholds, since));
        }
    }

    private void check(StalenessThresholds thresholds, Instant since) {
        List<StalenessResult> results = service.decide(unitOfWork -> {
            Transaction transaction = unitOfWork.transaction();
            Instant startedAt = transaction
                    .watermarks()
                    .getOrSet(STARTED, "", unitOfWork.now())
                    .at();
            List<StalenessResult> detected = detector(thresholds, transaction)
                    .detect(
                            new WatchStatus(startedAt, since, lastCheck),
                            unitOfWork.config().jobs(),
                            unitOfWork.now());
            unitOfWork.process(detected.stream()
                    .flatMap(result -> event(result, unitOfWork.now()).stream())
                    .toList());
            lastCheck = unitOfWork.now();
            return detected;
        });
        results.stream()
                .filter(StalenessResult.Suppressed.class::isInstance)
                .map(StalenessResult.Suppressed.class::cast)
                .forEach(suppressed -> Counter.builder("ci_notify.stale.suppressed")
                        .description("Missing runs, stalled clusters and silent Prows not reported, by reason.")
                        .tag("reason", suppressed.why().value())
                        .register(registry)
                        .increment());
    }

    private static Optional<IncidentEvent> event(StalenessResult result, Instant now) {
        return switch (result) {
            case StalenessResult.Raised(ReportedProblem problem) ->
                Optional.of(new IncidentEvent.ProblemRaised(now, problem));
            case StalenessResult.Cleared(String key, String why) ->
                Optional.of(new IncidentEvent.ProblemCleared(now, key, why));
            case StalenessResult.Suppressed suppressed -> Optional.empty();
        };
    }

    private static StalenessDetector detector(StalenessThresholds thresholds, Transaction transaction) {
        return new StalenessDetector(
                thresholds, transaction.runStarts(), transaction.incidents(), (job, schedule, now) -> transaction
                        .watermarks()
                        .getOrSet(SCHEDULE + job, schedule, now)
                        .at());
    }
}
