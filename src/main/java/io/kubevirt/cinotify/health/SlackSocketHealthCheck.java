// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.health;

import io.kubevirt.cinotify.app.ChannelFactory;
import io.kubevirt.cinotify.notify.slack.SlackSocket;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Keeps the socket of Slack's buttons open. Without it everybody is told all the same: ready, but reported. */
@Readiness
@ApplicationScoped
public class SlackSocketHealthCheck implements HealthCheck {

    private final ChannelFactory channelFactory;

    SlackSocketHealthCheck(ChannelFactory targets) {
        this.channelFactory = targets;
    }

    @Scheduled(every = "30s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void refresh() {
        channelFactory.socket().ifPresent(SlackSocket::refresh);
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("slack-buttons").up();
        Optional<ConfigProblem> trouble = channelFactory.socket().flatMap(SlackSocket::problem);
        return trouble.isEmpty()
                ? response.build()
                : response.withData("problem", trouble.get().toString()).build();
    }
}
