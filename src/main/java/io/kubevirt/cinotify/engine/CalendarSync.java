// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.config.ConfigAgent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Reads the calendars of people on duty at the start and every 15 minutes; a changed one is a changed file of the settings.
 * Problems go to the log, once, and to the health report, which stays up.
 */
@Readiness
@ApplicationScoped
public class CalendarSync implements HealthCheck {
    private static final Logger LOG = Logger.getLogger(CalendarSync.class);
    private final ConfigAgent configAgent;
    private final CalendarFetcher fetcher;
    private volatile List<String> problems = List.of();

    CalendarSync(ConfigAgent configAgent, CalendarFetcher fetcher) {
        this.configAgent = configAgent;
        this.fetcher = fetcher;
    }

    @Scheduled(every = "15m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        List<String> found = fetcher.fetch(configAgent.get());
        found.stream().filter(problem -> !problems.contains(problem)).forEach(LOG::warn);
        problems = found;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("calendars").up();
        return problems.isEmpty()
                ? response.build()
                : response.withData("problem", String.join("\n", problems)).build();
    }
}
