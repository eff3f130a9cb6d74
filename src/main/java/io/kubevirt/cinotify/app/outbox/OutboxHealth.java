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
package io.kubevirt.cinotify.app.outbox;

import io.kubevirt.cinotify.notice.Channels;
import io.kubevirt.cinotify.store.OutboxQuery;
import io.kubevirt.cinotify.store.OutboxQuery.Trouble;
import io.kubevirt.cinotify.store.Store;
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
import org.jboss.logging.Logger;

/** A channel that takes nothing keeps no webhook out: ready, but reported, in health and in metrics. */
@Readiness
@ApplicationScoped
public class OutboxHealth implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(OutboxHealth.class);
    private static final Duration LATE = Duration.ofMinutes(10);
    private static final Duration REMEMBERED = Duration.ofDays(7);
    private static final double MILLISECONDS = 1000.0;

    private final Store store;
    private final Channels channels;
    private final InstantSource clock;
    private final MultiGauge states;
    private final MultiGauge oldest;
    private volatile String problems = "";

    OutboxHealth(Store store, Channels channels, InstantSource clock, MeterRegistry meters) {
        this.store = store;
        this.channels = channels;
        this.clock = clock;
        this.states = MultiGauge.builder("ci_notify.messages")
                .description("Messages by channel and what has become of them; dead ones will never be said")
                .register(meters);
        this.oldest = MultiGauge.builder("ci_notify.messages.oldest")
                .description("How long the oldest message that is due has not been said")
                .baseUnit("seconds")
                .register(meters);
    }

    /** Counts anew. */
    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public void count() {
        try {
            store.inTransaction(transaction -> {
                show(transaction.sayings(), clock.instant());
                return true;
            });
        } catch (RuntimeException e) {
            LOG.debug("the outbox cannot be counted now; the health of the store says why", e);
        }
    }

    private void show(OutboxQuery outbox, Instant now) {
        states.register(
                outbox.counts().stream()
                        .<MultiGauge.Row<?>>map(count -> MultiGauge.Row.of(
                                Tags.of("channel", count.channel(), "state", count.state()), count.sayings()))
                        .toList(),
                true);
        List<Trouble> due = outbox.dueBefore(now);
        oldest.register(
                ages(due, now).entrySet().stream()
                        .<MultiGauge.Row<?>>map(
                                age -> MultiGauge.Row.of(Tags.of("channel", age.getKey()), age.getValue()))
                        .toList(),
                true);
        problems = Stream.concat(
                        outbox.deadSince(now.minus(REMEMBERED)).stream().map(OutboxHealth::dead),
                        due.stream()
                                .filter(trouble -> trouble.since().isBefore(now.minus(LATE)))
                                .map(this::late))
                .collect(Collectors.joining("\n"));
    }

    private Map<String, Double> ages(List<Trouble> due, Instant now) {
        Map<String, Double> ages =
                channels.open().stream().collect(Collectors.toMap(channel -> channel.name(), none -> 0.0));
        due.forEach(trouble -> ages.merge(
                trouble.channel(), Duration.between(trouble.since(), now).toMillis() / MILLISECONDS, Math::max));
        return ages;
    }

    private static String dead(Trouble trouble) {
        return where(trouble) + " never got " + messages(trouble) + " of the last " + REMEMBERED.toDays() + " days: "
                + trouble.problem() + "; once that is mended, \"ci-notify outbox retry --channel " + trouble.channel()
                + "\" has it said";
    }

    private String late(Trouble trouble) {
        boolean open = channels.named(trouble.channel()).isPresent();
        return where(trouble) + " has not got " + messages(trouble) + " due since " + trouble.since() + ": "
                + (open
                        ? trouble.problem() == null ? "it is being tried" : trouble.problem()
                        : "this channel is not open; open it again, or they stay where they are");
    }

    private static String where(Trouble trouble) {
        return trouble.channel() + " " + trouble.place();
    }

    private static String messages(Trouble trouble) {
        return trouble.sayings() == 1 ? "1 message" : trouble.sayings() + " messages";
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("outbox").up();
        return problems.isEmpty()
                ? response.build()
                : response.withData("problem", problems).build();
    }
}
