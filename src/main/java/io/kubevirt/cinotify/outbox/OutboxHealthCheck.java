// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import io.kubevirt.cinotify.concurrent.WorkStatus;
import io.kubevirt.cinotify.concurrent.Workers;
import io.kubevirt.cinotify.http.Secrets;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.store.OutboxQuery;
import io.kubevirt.cinotify.store.OutboxQuery.DestinationProblem;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.Transaction;
import io.kubevirt.cinotify.text.Plural;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Reports dead and overdue messages. Stays ready: a failing channel must not keep webhooks out. */
@Readiness
@ApplicationScoped
public class OutboxHealthCheck implements HealthCheck {
    private static final Duration OVERDUE = Duration.ofMinutes(10);
    private static final Duration DEAD_LETTER_WINDOW = Duration.ofDays(7);
    private static final double MILLISECONDS = 1000.0;

    private final Store store;
    private final Channels channels;
    private final InstantSource clock;
    private final MultiGauge states;
    private final MultiGauge oldest;
    private final MultiGauge oldestUnknown;
    private final WorkStatus status;
    private volatile String problems = "";

    OutboxHealthCheck(Store store, Channels channels, InstantSource clock, MeterRegistry registry, Workers workers) {
        this.store = store;
        this.channels = channels;
        this.clock = clock;
        this.status = workers.status("outbox-metrics");
        this.states = MultiGauge.builder("ci_notify.notifications")
                .description("Notifications by channel and state (state=\"dead\": retries exhausted).")
                .register(registry);
        this.oldest = MultiGauge.builder("ci_notify.notifications.oldest.pending")
                .description("Age of the oldest notification that is due and not sent.")
                .baseUnit("seconds")
                .register(registry);
        this.oldestUnknown = MultiGauge.builder("ci_notify.notifications.oldest.unknown")
                .description("Age of the oldest notification or edit with an unknown outcome.")
                .baseUnit("seconds")
                .register(registry);
        // Present before the first count, which a damaged store prevents.
        registerAges(oldest, Map.of(), clock.instant());
        registerAges(oldestUnknown, Map.of(), clock.instant());
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public void count() {
        status.attempt(() -> store.inTransaction(transaction -> {
            update(transaction, clock.instant());
            return true;
        }));
    }

    private void update(Transaction transaction, Instant now) {
        OutboxQuery outbox = transaction.outboxQuery();
        MessageAddresses addresses = new MessageAddresses(channels, transaction);
        states.register(
                outbox.counts().stream()
                        .<MultiGauge.Row<?>>map(count -> MultiGauge.Row.of(
                                Tags.of("channel", count.channel(), "state", count.state()), count.messages()))
                        .toList(),
                true);
        List<DestinationProblem> due = outbox.dueBefore(now);
        registerAges(
                oldest,
                due.stream()
                        .collect(Collectors.toMap(
                                DestinationProblem::channel,
                                DestinationProblem::firstDueAt,
                                (one, other) -> one.isBefore(other) ? one : other)),
                now);
        registerAges(oldestUnknown, outbox.unknownSince(), now);
        problems = Stream.concat(
                        outbox.deadSince(now.minus(DEAD_LETTER_WINDOW)).stream()
                                .map(problem -> dead(shown(problem, addresses))),
                        due.stream()
                                .filter(problem -> problem.firstDueAt().isBefore(now.minus(OVERDUE)))
                                .map(problem -> overdue(shown(problem, addresses))))
                .collect(Collectors.joining("\n"));
    }

    /** Zero for channels without one. */
    private void registerAges(MultiGauge gauge, Map<String, Instant> since, Instant now) {
        Map<String, Double> ages =
                channels.channels().stream().collect(Collectors.toMap(channel -> channel.name(), none -> 0.0));
        since.forEach((channel, instant) ->
                ages.put(channel, Duration.between(instant, now).toMillis() / MILLISECONDS));
        gauge.register(
                ages.entrySet().stream()
                        .<MultiGauge.Row<?>>map(
                                age -> MultiGauge.Row.of(Tags.of("channel", age.getKey()), age.getValue()))
                        .toList(),
                true);
    }

    /** Whoever reaches the port reads it: a restricted destination is not named, nor what it answers. */
    private DestinationProblem shown(DestinationProblem problem, MessageAddresses addresses) {
        return channels.byName(problem.channel()).isPresent()
                        && addresses.isPublic(problem.channel(), problem.destination())
                ? problem
                : new DestinationProblem(
                        problem.channel(),
                        "a restricted destination",
                        problem.messages(),
                        problem.firstDueAt(),
                        problem.problem() == null ? null : "see \"ci-notify outbox list\"");
    }

    private static String dead(DestinationProblem problem) {
        return where(problem) + ": gave up on " + messages(problem) + " in the last " + DEAD_LETTER_WINDOW.toDays()
                + " days: " + problem.problem() + ". Fix this, then run \"ci-notify outbox retry --channel "
                + problem.channel() + "\"";
    }

    private String overdue(DestinationProblem problem) {
        boolean configured = channels.byName(problem.channel()).isPresent();
        return where(problem) + ": " + messages(problem) + " overdue since " + problem.firstDueAt() + ": "
                + (configured
                        ? problem.problem() == null ? "no attempt has failed yet" : problem.problem()
                        : "the channel is not configured; configure it again to send them");
    }

    private static String where(DestinationProblem problem) {
        return problem.channel() + " " + problem.destination();
    }

    private static String messages(DestinationProblem problem) {
        return Plural.of(problem.messages(), "message");
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("outbox").up();
        return problems.isEmpty()
                ? response.build()
                : response.withData("problem", Secrets.censor(problems)).build();
    }
}
