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

import io.kubevirt.cinotify.app.LiveSettings.Reloads;
import io.kubevirt.cinotify.document.Problem;
import io.kubevirt.cinotify.intake.hook.HmacFile;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Broken new settings or secrets keep nobody from being told: ready, but reported, in health and in metrics. */
@Readiness
@ApplicationScoped
public class SettingsHealth implements HealthCheck {

    private static final double MILLISECONDS = 1000.0;

    private final LiveSettings settings;
    private final HmacFile secrets;

    SettingsHealth(LiveSettings settings, HmacFile secrets, MeterRegistry meters) {
        this.settings = settings;
        this.secrets = secrets;
        reloads("taken", Reloads::taken).register(meters);
        reloads("refused", Reloads::refused).register(meters);
        Gauge.builder(
                        "ci_notify.settings.current",
                        settings,
                        live -> live.problems().isEmpty() ? 1 : 0)
                .description("Whether the settings in force are those of the files: 0 if the files were refused")
                .register(meters);
        Gauge.builder(
                        "ci_notify.settings.taken.timestamp",
                        settings,
                        live -> live.reloads().takenAt().toEpochMilli() / MILLISECONDS)
                .description("When the settings in force were read")
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder(
                        "ci_notify.secrets.current",
                        secrets,
                        file -> file.trouble().isEmpty() ? 1 : 0)
                .description("Whether the file with the keys of webhooks can be read and holds one")
                .register(meters);
    }

    private FunctionCounter.Builder<LiveSettings> reloads(String result, ToDoubleFunction<Reloads> count) {
        return FunctionCounter.builder(
                        "ci_notify.settings.reloads", settings, live -> count.applyAsDouble(live.reloads()))
                .description("Changes of the settings' files, by whether they were taken")
                .tag("result", result);
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void refresh() {
        settings.refresh();
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("settings").up();
        String problems = Stream.of(
                        told("the last good ones stay in force:", settings.problems()),
                        told(
                                "secrets; the last good ones stay in force:",
                                secrets.trouble().stream().toList()),
                        told("job configuration, left out:", settings.tolerated()))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n"));
        return problems.isEmpty()
                ? response.build()
                : response.withData("problem", problems).build();
    }

    private static Stream<String> told(String title, List<Problem> problems) {
        return problems.isEmpty()
                ? Stream.empty()
                : Stream.concat(Stream.of(title), problems.stream().map(Problem::toString));
    }
}
