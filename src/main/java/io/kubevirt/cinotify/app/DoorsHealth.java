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

import io.kubevirt.cinotify.intake.DoorStatus;
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
public class DoorsHealth implements HealthCheck {

    private static final double MILLISECONDS = 1000.0;

    private final Doors doors;
    private final InstantSource clock;
    private final MultiGauge connected;
    private final MultiGauge silence;
    private final MultiGauge offered;
    private final MultiGauge fresh;

    DoorsHealth(Doors doors, InstantSource clock, MeterRegistry meters) {
        this.doors = doors;
        this.clock = clock;
        this.connected = MultiGauge.builder("ci_notify.door.connected")
                .description("Whether a door that goes out by itself hears the other side")
                .register(meters);
        this.silence = MultiGauge.builder("ci_notify.door.silence")
                .description("How long a door has heard nothing")
                .baseUnit("seconds")
                .register(meters);
        this.offered = MultiGauge.builder("ci_notify.door.offered")
                .description("States that a door has handed to the journal since the start")
                .register(meters);
        this.fresh = MultiGauge.builder("ci_notify.door.fresh")
                .description("Those of them that the journal did not know")
                .register(meters);
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void count() {
        Instant now = clock.instant();
        Map<String, DoorStatus> statuses = doors.statuses();
        connected.register(GaugeRows.of("door", each(statuses, status -> status.connected() ? 1 : 0)), true);
        silence.register(
                GaugeRows.of(
                        "door", each(statuses, status -> status.silence(now).toMillis() / MILLISECONDS)),
                true);
        offered.register(GaugeRows.of("door", each(statuses, DoorStatus::offered)), true);
        fresh.register(GaugeRows.of("door", each(statuses, DoorStatus::fresh)), true);
    }

    private static Map<String, Double> each(Map<String, DoorStatus> statuses, ToDoubleFunction<DoorStatus> value) {
        return statuses.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, door -> value.applyAsDouble(door.getValue())));
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("doors").up();
        Instant now = clock.instant();
        String problems = doors.statuses().entrySet().stream()
                .flatMap(door -> problem(door.getKey(), door.getValue(), now).stream())
                .sorted()
                .collect(Collectors.joining("\n"));
        return problems.isEmpty()
                ? response.build()
                : response.withData("problem", problems).build();
    }

    private static Optional<String> problem(String door, DoorStatus status, Instant now) {
        if (status.troubledSince() != null) {
            return Optional.of(door + " down since " + status.troubledSince() + ": " + status.problem());
        }
        Duration silence = status.silence(now);
        return silence.compareTo(Doors.LONGEST_SILENCE) > 0
                ? Optional.of(door + " has heard nothing for " + silence.toMinutes() + " minutes")
                : Optional.empty();
    }
}
