// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.concurrent;

import io.kubevirt.cinotify.concurrent.WorkStatus.Failure;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** All background work: its metric, its failures, and the time that is left to it at shutdown. */
@ApplicationScoped
public class Workers {
    private final MeterRegistry registry;
    private final Duration gracePeriod;
    private final List<CoalescingWorker> all = new CopyOnWriteArrayList<>();
    private volatile long shutdownStart = System.nanoTime();

    public Workers(
            MeterRegistry registry,
            @ConfigProperty(name = "ci-notify.grace-period", defaultValue = "20s") Duration gracePeriod) {
        this.registry = registry;
        this.gracePeriod = gracePeriod;
    }

    public CoalescingWorker create(String name, Runnable work) {
        CoalescingWorker worker = new CoalescingWorker(status(name), work);
        all.add(worker);
        return worker;
    }

    /** The status of work that runs on threads of others; only the metric shows it. */
    public WorkStatus status(String name) {
        WorkStatus status = new WorkStatus(name);
        Gauge.builder("ci_notify.worker.up", status, it -> it.failure().isEmpty() ? 1 : 0)
                .description("1 if the last round of the background work succeeded.")
                .tag("worker", name)
                .strongReference(true)
                .register(registry);
        return status;
    }

    public List<Failure> failures() {
        return all.stream()
                .flatMap(worker -> worker.status().failure().stream())
                .toList();
    }

    void stop(@Observes @Priority(ShutdownOrder.SOURCES) ShutdownEvent event) {
        shutdownStart = System.nanoTime();
    }

    /** What is left of the grace period; zero or less if nothing is. */
    public Duration untilForcedStop() {
        return gracePeriod.minusNanos(System.nanoTime() - shutdownStart);
    }
}
