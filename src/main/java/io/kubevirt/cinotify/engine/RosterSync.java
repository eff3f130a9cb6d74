// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.roster.RosterConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the calendars, teams and aliases of people on duty at the start, every 15 minutes, and every minute while one cannot be read
 * or the settings of the roster have changed; a changed one is a changed file of the settings. Problems go to the log, once, to the
 * metrics, and to the health report, which stays up; titles of events do not, since the calendar may be private.
 */
@Readiness
@ApplicationScoped
public class RosterSync implements HealthCheck {
    private static final Logger LOG = Logger.getLogger(RosterSync.class);
    private static final Duration INTERVAL = Duration.ofMinutes(15);

    private final ConfigAgent configAgent;
    private final RosterFetcher fetcher;
    private final InstantSource clock;
    private @Nullable RosterConfig read;
    private Instant readAt = Instant.MIN;
    private volatile List<UnreadSource> unread = List.of();
    private volatile List<String> problems = List.of();

    RosterSync(ConfigAgent configAgent, RosterFetcher fetcher, InstantSource clock, MeterRegistry registry) {
        this.configAgent = configAgent;
        this.fetcher = fetcher;
        this.clock = clock;
        for (UnreadSource.Kind kind : UnreadSource.Kind.values()) {
            Gauge.builder("ci_notify.roster.sources.unreadable", this, sync -> sync.count(kind))
                    .description("Sources of people on duty that cannot be read, by kind.")
                    .tag("kind", kind.value())
                    .register(registry);
        }
    }

    private long count(UnreadSource.Kind kind) {
        return unread.stream().filter(source -> source.kind() == kind).count();
    }

    /** The sources that cannot be read, for everybody. */
    public List<String> unreadable() {
        return unread.stream().map(UnreadSource::summary).toList();
    }

    @Scheduled(every = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        Config config = configAgent.get();
        Instant now = clock.instant();
        RosterConfig roster = config.file().roster();
        if (!unread.isEmpty() || !roster.equals(read) || !now.isBefore(readAt.plus(INTERVAL))) {
            unread = fetcher.fetch(config);
            read = roster;
            readAt = now;
        }
        List<String> found = Stream.concat(unread.stream().map(UnreadSource::toString), ignored(config, now))
                .toList();
        found.stream().filter(problem -> !problems.contains(problem)).forEach(LOG::warn);
        problems = found;
    }

    /** Nobody is on duty at the time of an event that is not followed. */
    private static Stream<String> ignored(Config config, Instant now) {
        return config.roster().rotations().stream()
                .filter(rotation ->
                        !rotation.plan().problems(rotation.name(), now).isEmpty())
                .map(rotation -> "calendar " + rotation.name()
                        + ": people or events of it are not known, so nobody is on duty then: ci-notify roster check"
                        + " names them");
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("roster").up();
        return problems.isEmpty()
                ? response.build()
                : response.withData("problem", String.join("\n", problems)).build();
    }
}
