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
import io.kubevirt.cinotify.intake.hook.HmacFile;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Broken new settings or secrets keep nobody from being told: ready, but reported. */
@Readiness
@ApplicationScoped
public class SettingsHealth implements HealthCheck {

    private final LiveSettings settings;
    private final HmacFile secrets;

    SettingsHealth(LiveSettings settings, HmacFile secrets) {
        this.settings = settings;
        this.secrets = secrets;
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void refresh() {
        settings.refresh();
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("settings").up();
        String problems = Stream.concat(settings.problems().stream(), secrets.trouble().stream())
                .map(Problem::toString)
                .collect(Collectors.joining("\n"));
        return problems.isEmpty()
                ? response.build()
                : response.withData("problem", "the last good ones stay in force:\n" + problems)
                        .build();
    }
}
