// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.health;

import io.kubevirt.cinotify.app.Sources;
import io.kubevirt.cinotify.metrics.GaugeRows;
import io.kubevirt.cinotify.source.SourceStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** A door that is down keeps no webhook out: ready, but reported, in health and in metrics. */
@Readiness
@ApplicationScoped
public class SourcesHealthCheck implements HealthCheck {

    private static final double MILLISECONDS = 1000.0;

    private final Sources sources;
    private final InstantSource clock;
    private final MultiGauge up;
    private final MultiGauge lastContact;
    private final MultiGauge observations;
    private final MultiGauge newObservations;

    SourcesHealthCheck(Sources doors, InstantSource clock, MeterRegistry meters) {
        this.sources = doors;
        this.clock = clock;
        this.up = MultiGauge.builder("ci_notify.door.connected")
                .description("Whether a door that goes out by itself hears the other side")
                .register(meters);
        this.lastContact = MultiGauge.builder("ci_notify.door.silence")
                .description("How long a door has heard nothing")
                .baseUnit("seconds")
                .register(meters);
        this.observations = MultiGauge.builder("ci_notify.door.offered")
                .description("States that a door has handed to the journal since the start")
                .register(meters);
        this.newObservations = MultiGauge.builder("ci_notify.door.fresh")
                .description("Those of them that the journal did not know")
                .register(meters);
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void count() {
        Instant now = clock.instant();
        Map<String, SourceStatus> statuses = sources.statuses();
        up.register(GaugeRows.of("door", each(statuses, status -> status.connected() ? 1 : 0)), true);
        lastContact.register(
                GaugeRows.of(
                        "door",
                        each(statuses, status -> status.sinceLastContact(now).toMillis() / MILLISECONDS)),
                true);
        observations.register(GaugeRows.of("door", each(statuses, SourceStatus::observations)), true);
        newObservations.register(GaugeRows.of("door", each(statuses, SourceStatus::newObservations)), true);
    }

    private static Map<String, Double> each(Map<String, SourceStatus> statuses, ToDoubleFunction<SourceStatus> value) {
        return statuses.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, door -> value.applyAsDouble(door.getValue())));
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("doors").up();
        Instant now = clock.instant();
        String problems = sources.statuses().entrySet().stream()
                .flatMap(door -> problem(door.getKey(), door.getValue(), now).stream())
                .sorted()
                .collect(Collectors.joining("\n"));
        return problems.isEmpty()
                ? response.build()
                : response.withData("problem", problems).build();
    }

    private static Optional<String> problem(String door, SourceStatus status, Instant now) {
        if (status.failingSince() != null) {
            return Optional.of(door + " down since " + status.failingSince() + ": " + status.problem());
        }
        Duration silence = status.sinceLastContact(now);
        return silence.compareTo(Sources.MAX_SILENCE) > 0
                ? Optional.of(door + " has heard nothing for " + silence.toMinutes() + " minutes")
                : Optional.empty();
    }
}
