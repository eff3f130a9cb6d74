// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.health;

import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.ConfigAgent.ReloadStats;
import io.kubevirt.cinotify.source.webhook.HmacSecretAgent;
import io.kubevirt.cinotify.yaml.ConfigProblem;
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
public class ConfigHealthCheck implements HealthCheck {

    private static final double MILLISECONDS = 1000.0;

    private final ConfigAgent configAgent;
    private final HmacSecretAgent secrets;

    ConfigHealthCheck(ConfigAgent settings, HmacSecretAgent secrets, MeterRegistry meters) {
        this.configAgent = settings;
        this.secrets = secrets;
        reloads("taken", ReloadStats::succeeded).register(meters);
        reloads("refused", ReloadStats::failed).register(meters);
        Gauge.builder(
                        "ci_notify.settings.current",
                        settings,
                        live -> live.problems().isEmpty() ? 1 : 0)
                .description("Whether the settings in force are those of the files: 0 if the files were refused")
                .register(meters);
        Gauge.builder(
                        "ci_notify.settings.taken.timestamp",
                        settings,
                        live -> live.reloads().lastSuccessAt().toEpochMilli() / MILLISECONDS)
                .description("When the settings in force were read")
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder(
                        "ci_notify.secrets.current",
                        secrets,
                        file -> file.problem().isEmpty() ? 1 : 0)
                .description("Whether the file with the keys of webhooks can be read and holds one")
                .register(meters);
    }

    private FunctionCounter.Builder<ConfigAgent> reloads(String result, ToDoubleFunction<ReloadStats> count) {
        return FunctionCounter.builder(
                        "ci_notify.settings.reloads", configAgent, live -> count.applyAsDouble(live.reloads()))
                .description("Changes of the settings' files, by whether they were taken")
                .tag("result", result);
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void refresh() {
        configAgent.refresh();
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("settings").up();
        String problems = Stream.of(
                        section("the last good ones stay in force:", configAgent.problems()),
                        section(
                                "secrets; the last good ones stay in force:",
                                secrets.problem().stream().toList()),
                        section("job configuration, left out:", configAgent.jobConfigProblems()))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n"));
        return problems.isEmpty()
                ? response.build()
                : response.withData("problem", problems).build();
    }

    private static Stream<String> section(String title, List<ConfigProblem> problems) {
        return problems.isEmpty()
                ? Stream.empty()
                : Stream.concat(Stream.of(title), problems.stream().map(ConfigProblem::toString));
    }
}
