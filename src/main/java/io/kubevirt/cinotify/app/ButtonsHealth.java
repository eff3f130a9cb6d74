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

import io.kubevirt.cinotify.document.Problem;
import io.kubevirt.cinotify.notice.slack.SlackSocket;
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
public class ButtonsHealth implements HealthCheck {

    private final OpenTargets targets;

    ButtonsHealth(OpenTargets targets) {
        this.targets = targets;
    }

    @Scheduled(every = "30s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void refresh() {
        targets.socket().ifPresent(SlackSocket::refresh);
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("slack-buttons").up();
        Optional<Problem> trouble = targets.socket().flatMap(SlackSocket::trouble);
        return trouble.isEmpty()
                ? response.build()
                : response.withData("problem", trouble.get().toString()).build();
    }
}
