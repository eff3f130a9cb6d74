// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.metrics;

import io.kubevirt.cinotify.incident.Decision;
import io.kubevirt.cinotify.incident.Decisions;
import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.store.IncidentTable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How long incidents took and how often nobody answered, of one decision: gathered while it is made, counted once it is
 * kept.
 */
public final class DecisionMetrics {

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
    private int handedOver;

    /** Makes them known with zero, so that the first is a rise. */
    static void register() {
        acknowledgement();
        resolution();
        escalations();
        handoffs();
    }

    /** @param stored the incidents as they were before */
    public void collect(Decisions rulings, IncidentTable stored, Instant now) {
        for (IncidentView incident : rulings.incidents()) {
            collect(incident, stored, now);
        }
        for (Decision ruling : rulings.decisions()) {
            if (ruling instanceof Decision.Notify say) {
                escalated += say.notification().kind() == NotificationKind.ESCALATED ? 1 : 0;
                handedOver += say.notification().kind() == NotificationKind.HANDOFF ? 1 : 0;
            }
        }
    }

    private void collect(IncidentView incident, IncidentTable stored, Instant now) {
        boolean over = incident.state() == IncidentState.RESOLVED && incident.closedAt() != null;
        if (!over && incident.acknowledgedBy() == null) {
            return;
        }
        Optional<IncidentView> before =
                stored.find(incident.id()).filter(earlier -> earlier.state() == IncidentState.OPEN);
        if (before.isEmpty()) {
            return;
        }
        if (over && incident.closedAt() != null) {
            resolved.add(since(incident, incident.closedAt()));
        }
        if (incident.acknowledgedBy() != null && before.get().acknowledgedBy() == null) {
            acknowledged.add(since(incident, now));
        }
    }

    /** What was seen late may have ended before it began, as far as clocks differ. */
    private static Duration since(IncidentView incident, Instant end) {
        return end.isBefore(incident.openedAt()) ? Duration.ZERO : Duration.between(incident.openedAt(), end);
    }

    /** The decision is kept. */
    public void publish() {
        acknowledged.forEach(acknowledgement()::record);
        resolved.forEach(resolution()::record);
        escalations().increment(escalated);
        handoffs().increment(handedOver);
    }

    private static Timer acknowledgement() {
        return timer("ci_notify.incident.acknowledgement", "From the opening of an incident until somebody took it on");
    }

    private static Timer resolution() {
        return timer("ci_notify.incident.resolution", "From the opening of an incident to its end");
    }

    private static Timer timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(BUCKETS)
                .register(Metrics.globalRegistry);
    }

    private static Counter escalations() {
        return Counter.builder("ci_notify.escalations")
                .description("How often the next level had to be told, because nobody answered")
                .register(Metrics.globalRegistry);
    }

    private static Counter handoffs() {
        return Counter.builder("ci_notify.handoffs")
                .description("How often the next person got to know of a blocking incident at the end of working hours")
                .register(Metrics.globalRegistry);
    }
}
