// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.health;

import io.kubevirt.cinotify.app.Sources;
import io.kubevirt.cinotify.http.Secrets;
import io.kubevirt.cinotify.source.SourceReporter.SourceStatus;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Reports event sources that fail or went silent. Webhooks still arrive without them, so it is always up. */
@Readiness
@ApplicationScoped
public class SourcesHealthCheck implements HealthCheck {
    private final Sources sources;
    private final InstantSource clock;

    SourcesHealthCheck(Sources sources, InstantSource clock) {
        this.sources = sources;
        this.clock = clock;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("sources").up();
        Instant now = clock.instant();
        String problems = sources.statuses().entrySet().stream()
                .flatMap(source -> problem(source.getKey(), source.getValue(), now).stream())
                .sorted()
                .collect(Collectors.joining("\n"));
        return problems.isEmpty()
                ? response.build()
                : response.withData("problem", Secrets.censor(problems)).build();
    }

    private static Optional<String> problem(String source, SourceStatus status, Instant now) {
        if (status.failingSince() != null) {
            return Optional.of(source + " failing since " + status.failingSince() + ": " + status.problem());
        }
        Duration silence = status.sinceLastContact(now);
        return silence.compareTo(Sources.MAX_SILENCE) > 0
                ? Optional.of(source + " has not responded for " + silence.toMinutes() + " minutes")
                : Optional.empty();
    }
}
