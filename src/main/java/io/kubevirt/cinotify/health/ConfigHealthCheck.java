// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.health;

import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.ConfigAgent.ReloadStats;
import io.kubevirt.cinotify.http.Secrets;
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

/** Reports rejected configuration and an unreadable webhook secret. The last good ones stay in force, so it is always up. */
@Readiness
@ApplicationScoped
public class ConfigHealthCheck implements HealthCheck {
    private static final double MILLISECONDS = 1000.0;
    private final ConfigAgent configAgent;
    private final HmacSecretAgent secrets;

    ConfigHealthCheck(ConfigAgent configAgent, HmacSecretAgent secrets, MeterRegistry registry) {
        this.configAgent = configAgent;
        this.secrets = secrets;
        reloads("success", ReloadStats::succeeded).register(registry);
        reloads("failure", ReloadStats::failed).register(registry);
        Gauge.builder(
                        "ci_notify.config.last.reload.successful",
                        configAgent,
                        agent -> agent.problems().isEmpty() ? 1 : 0)
                .description("Whether the last configuration reload succeeded.")
                .register(registry);
        Gauge.builder(
                        "ci_notify.config.last.reload.success.timestamp",
                        configAgent,
                        agent -> agent.reloads().lastSuccessAt().toEpochMilli() / MILLISECONDS)
                .description("Unix time of the last successful configuration reload.")
                .baseUnit("seconds")
                .register(registry);
        FunctionCounter.builder("ci_notify.run.urls.unreadable", configAgent, agent -> agent.unreadableUrls()
                        .count())
                .description("URLs of runs on trusted hosts that could not be read.")
                .register(registry);
        Gauge.builder(
                        "ci_notify.webhook.secret.valid",
                        secrets,
                        agent -> agent.problem().isEmpty() ? 1 : 0)
                .description("Whether the webhook HMAC secret is readable and valid.")
                .register(registry);
    }

    private FunctionCounter.Builder<ConfigAgent> reloads(String result, ToDoubleFunction<ReloadStats> count) {
        return FunctionCounter.builder(
                        "ci_notify.config.reloads", configAgent, agent -> count.applyAsDouble(agent.reloads()))
                .description("Configuration reloads, by result.")
                .tag("result", result);
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void refresh() {
        configAgent.refresh();
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("config").up();
        String problems = Stream.of(
                        section("reload rejected, the previous configuration stays in force:", configAgent.problems()),
                        section(
                                "webhook secret rejected, the previous one stays in force:",
                                secrets.problem().stream().toList()),
                        section("skipped in Prow's configuration:", configAgent.prowProblems()),
                        lines(
                                "URLs of runs that cannot be read:",
                                configAgent.unreadableUrls().problems()))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n"));
        if (!problems.isEmpty()) {
            response.withData("problem", Secrets.censor(problems));
        }
        configAgent.ownerChanges().ifPresent(changes -> response.withData("lastReload", changes));
        return response.build();
    }

    private static Stream<String> section(String title, List<ConfigProblem> problems) {
        return lines(title, problems.stream().map(ConfigProblem::toString).toList());
    }

    private static Stream<String> lines(String title, List<String> lines) {
        return lines.isEmpty() ? Stream.empty() : Stream.concat(Stream.of(title), lines.stream());
    }
}
