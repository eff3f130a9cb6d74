// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.health;

import io.kubevirt.cinotify.app.ChannelFactory;
import io.kubevirt.cinotify.http.Secrets;
import io.kubevirt.cinotify.notify.slack.SlackSocket;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Keeps the Slack socket open that receives button clicks. Notifications go out without it, so it is always up. */
@Readiness
@ApplicationScoped
public class SlackSocketHealthCheck implements HealthCheck {
    private final ChannelFactory channelFactory;

    SlackSocketHealthCheck(ChannelFactory channelFactory) {
        this.channelFactory = channelFactory;
    }

    @Scheduled(every = "30s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void refresh() {
        channelFactory.socket().ifPresent(SlackSocket::refresh);
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("slack-socket").up();
        Optional<ConfigProblem> problem = channelFactory.socket().flatMap(SlackSocket::problem);
        return problem.isEmpty()
                ? response.build()
                : response.withData("problem", Secrets.censor(problem.get().toString()))
                        .build();
    }
}
