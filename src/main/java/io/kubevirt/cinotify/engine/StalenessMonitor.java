// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.incident.IncidentEvent;
import io.kubevirt.cinotify.incident.ReportedProblem;
import io.kubevirt.cinotify.incident.stale.StalenessDetector;
import io.kubevirt.cinotify.incident.stale.StalenessResult;
import io.kubevirt.cinotify.incident.stale.StalenessThresholds;
import io.kubevirt.cinotify.incident.stale.WatchStatus;
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

/** Looks once a minute whether what should run does; idle while nothing shows every run. */
@ApplicationScoped
public class StalenessMonitor {

    private static final String STARTED = "timeliness/began";
    private static final String SCHEDULE = "timeliness/schedule/";

    private final IncidentService service;
    private final ConfigAgent configAgent;
    private final SourceCoverage coverage;
    private final MeterRegistry meters;
    private volatile Instant lastCheck;

    StalenessMonitor(
            IncidentService desk,
            ConfigAgent settings,
            SourceCoverage sight,
            InstantSource clock,
            MeterRegistry meters) {
        this.service = desk;
        this.configAgent = settings;
        this.coverage = sight;
        this.meters = meters;
        this.lastCheck = clock.instant();
    }

    @Scheduled(every = "60s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        StalenessThresholds rules = configAgent.get().timeliness();
        if (rules != null && service.isLeader()) {
            coverage.completeSince().ifPresent(since -> check(rules, since));
        }
    }

    private void check(StalenessThresholds rules, Instant since) {
        List<StalenessResult> sightings = service.decide(sitting -> {
            Transaction transaction = sitting.transaction();
            Instant began = transaction
                    .watermarks()
                    .getOrSet(STARTED, "", sitting.now())
                    .at();
            List<StalenessResult> seen = detector(rules, transaction)
                    .detect(
                            new WatchStatus(began, since, lastCheck),
                            sitting.config().jobs(),
                            sitting.now());
            sitting.process(seen.stream()
                    .flatMap(sighting -> event(sighting, sitting.now()).stream())
                    .toList());
            lastCheck = sitting.now();
            return seen;
        });
        sightings.stream()
                .filter(StalenessResult.Suppressed.class::isInstance)
                .map(StalenessResult.Suppressed.class::cast)
                .forEach(explained -> Counter.builder("ci_notify.stale.suppressed")
                        .description("Missing runs, stalled clusters and silent Prows not reported, by reason.")
                        .tag("reason", explained.why().value())
                        .register(meters)
                        .increment());
    }

    private static Optional<IncidentEvent> event(StalenessResult sighting, Instant now) {
        return switch (sighting) {
            case StalenessResult.Raised(ReportedProblem problem) ->
                Optional.of(new IncidentEvent.ProblemRaised(now, problem));
            case StalenessResult.Cleared(String key, String why) ->
                Optional.of(new IncidentEvent.ProblemCleared(now, key, why));
            case StalenessResult.Suppressed explained -> Optional.empty();
        };
    }

    private static StalenessDetector detector(StalenessThresholds rules, Transaction transaction) {
        return new StalenessDetector(
                rules, transaction.runStarts(), transaction.incidents(), (job, schedule, now) -> transaction
                        .watermarks()
                        .getOrSet(SCHEDULE + job, schedule, now)
                        .at());
    }
}
