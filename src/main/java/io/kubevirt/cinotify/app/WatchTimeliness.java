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

import io.kubevirt.cinotify.incident.policy.Input;
import io.kubevirt.cinotify.incident.policy.Problem;
import io.kubevirt.cinotify.incident.timeliness.Sighting;
import io.kubevirt.cinotify.incident.timeliness.Timeliness;
import io.kubevirt.cinotify.incident.timeliness.TimelinessRules;
import io.kubevirt.cinotify.incident.timeliness.Watch;
import io.kubevirt.cinotify.store.Transaction;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Looks once a minute whether what should run does; idle while nothing shows every run. */
@ApplicationScoped
public class WatchTimeliness {

    private static final String BEGAN = "timeliness/began";
    private static final String SCHEDULE = "timeliness/schedule/";

    private final IncidentDesk desk;
    private final LiveSettings settings;
    private final Sight sight;
    private final MeterRegistry meters;
    private volatile Instant lastLook;

    WatchTimeliness(IncidentDesk desk, LiveSettings settings, Sight sight, InstantSource clock, MeterRegistry meters) {
        this.desk = desk;
        this.settings = settings;
        this.sight = sight;
        this.meters = meters;
        this.lastLook = clock.instant();
    }

    @Scheduled(every = "60s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        TimelinessRules rules = settings.get().timeliness();
        if (rules != null && desk.mayDecide()) {
            sight.since().ifPresent(since -> look(rules, since));
        }
    }

    private void look(TimelinessRules rules, Instant since) {
        List<Sighting> sightings = desk.decide(sitting -> {
            Transaction transaction = sitting.transaction();
            Instant began =
                    transaction.watermarks().keep(BEGAN, "", sitting.now()).at();
            List<Sighting> seen = timeliness(rules, transaction)
                    .look(new Watch(began, since, lastLook), sitting.settings().jobs(), sitting.now());
            sitting.take(seen.stream()
                    .flatMap(sighting -> input(sighting, sitting.now()).stream())
                    .toList());
            lastLook = sitting.now();
            return seen;
        });
        sightings.stream()
                .filter(Sighting.Explained.class::isInstance)
                .map(Sighting.Explained.class::cast)
                .forEach(explained -> meters.counter(
                                "ci_notify_absences_suppressed",
                                "reason",
                                explained.why().word())
                        .increment());
    }

    private static Optional<Input> input(Sighting sighting, Instant now) {
        return switch (sighting) {
            case Sighting.Wrong(Problem problem) -> Optional.of(new Input.Raised(now, problem));
            case Sighting.Over(String key, String why) -> Optional.of(new Input.Cleared(now, key, why));
            case Sighting.Explained explained -> Optional.empty();
        };
    }

    private static Timeliness timeliness(TimelinessRules rules, Transaction transaction) {
        return new Timeliness(
                rules, transaction.runsSeen(), transaction.incidents(), (job, schedule, now) -> transaction
                        .watermarks()
                        .keep(SCHEDULE + job, schedule, now)
                        .at());
    }
}
