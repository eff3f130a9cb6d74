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

import io.kubevirt.cinotify.incident.Addressing;
import io.kubevirt.cinotify.incident.Decision;
import io.kubevirt.cinotify.incident.Timeliness;
import io.kubevirt.cinotify.incident.TimelinessRules;
import io.kubevirt.cinotify.incident.Watch;
import io.kubevirt.cinotify.settings.Settings;
import io.kubevirt.cinotify.store.Lease;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.Transaction;
import io.kubevirt.cinotify.store.WatermarkTable;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Looks once a minute whether what should run does; idle while nothing shows every run. */
@ApplicationScoped
public class WatchTimeliness {

    private static final String BEGAN = "timeliness/began";
    private static final String SCHEDULE = "timeliness/schedule/";

    private final Store store;
    private final LiveSettings settings;
    private final Sight sight;
    private final InstantSource clock;
    private final MeterRegistry meters;
    private final Lease deciding;
    private volatile Instant lastLook;

    WatchTimeliness(Store store, LiveSettings settings, Sight sight, InstantSource clock, MeterRegistry meters) {
        this.store = store;
        this.settings = settings;
        this.sight = sight;
        this.clock = clock;
        this.meters = meters;
        this.deciding = store.lease(HandleDeliveries.DECIDING);
        this.lastLook = clock.instant();
    }

    @Scheduled(every = "60s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        Settings current = settings.get();
        TimelinessRules rules = current.timeliness();
        if (rules != null) {
            sight.since().ifPresent(since -> look(current, rules, since));
        }
    }

    private void look(Settings current, TimelinessRules rules, Instant since) {
        Instant now = clock.instant();
        if (!deciding.take()) {
            lastLook = now;
            return;
        }
        List<Decision> decisions = store.inTransaction(transaction -> {
            deciding.confirm(transaction);
            WatermarkTable marks = transaction.watermarks();
            Watch watch = new Watch(marks.keep(BEGAN, "", now).at(), since, lastLook);
            return timeliness(current, rules, transaction).look(watch, current.jobs(), now).stream()
                    .flatMap(outcome -> Outcomes.carryOut(outcome, transaction).stream())
                    .toList();
        });
        lastLook = now;
        decisions.stream()
                .filter(Decision.Suppress.class::isInstance)
                .map(Decision.Suppress.class::cast)
                .forEach(suppress -> meters.counter(
                                "ci_notify_absences_suppressed",
                                "reason",
                                suppress.why().word())
                        .increment());
    }

    private static Timeliness timeliness(Settings current, TimelinessRules rules, Transaction transaction) {
        return new Timeliness(
                rules,
                new Addressing(current.roster(), current.sigs(), transaction.notices()::lastTold),
                transaction.runsSeen(),
                transaction.incidents(),
                (job, schedule, now) -> transaction
                        .watermarks()
                        .keep(SCHEDULE + job, schedule, now)
                        .at());
    }
}
