// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kubevirt.cinotify.config.SendingConfig;
import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.fixture.FakeChannel;
import io.kubevirt.cinotify.fixture.NotificationBuilder;
import io.kubevirt.cinotify.fixture.PostgresStore;
import io.kubevirt.cinotify.notify.ChannelCapabilities;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.outbox.MessageClaimer.ClaimedMessage;
import io.kubevirt.cinotify.store.Store;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replica that stood still for longer than the others waited for it. */
class LostClaimTest {

    @TempDir
    private Path folder;

    private final FakeChannel slack = FakeChannel.withThreads("slack");
    private final OutgoingMessage message = new NotificationBuilder("1").opened(Examples.NOON);

    @BeforeEach
    void add() {
        SendingConfig rules = SendingConfig.DEFAULTS;
        Channels channels = new Channels(List.of(slack));
        PostgresStore.in(folder).store().inTransaction(transaction -> {
            new OutboxWriter(channels, transaction, Examples.NOON).add(message);
            new RateLimiter(transaction, channels, rules, Examples.NOON).decide();
            return true;
        });
    }

    private MessageSender replica() {
        return replica(Examples.NOON);
    }

    private MessageSender replica(Instant now) {
        Store store = PostgresStore.in(folder).store();
        return new MessageSender(store, () -> now, () -> new RetryPolicy(10, Duration.ofDays(1), new Random(1)));
    }

    @Test
    void aStalledReplicaLeavesItsMessageToTheOneThatTookOver() {
        MessageSender still = replica();
        still.refreshLiveness();
        ClaimedMessage begun = still.claim(slack).orElseThrow();

        // By then what was begun cannot come any more.
        MessageSender other = replica(Examples.NOON.plus(ChannelCapabilities.DEFAULT_VISIBILITY_DELAY));
        PostgresStore.in(folder).expireLeases();
        // Its own lease may expire as well on a busy machine.
        await().atMost(Duration.ofMinutes(2)).until(() -> {
            other.refreshLiveness();
            Optional<ClaimedMessage> taken = other.claim(slack);
            taken.ifPresent(claimed -> other.send(slack, claimed));
            return taken.isPresent();
        });
        still.send(slack, begun);

        assertThat(slack.log()).containsExactly("post " + message.id());
    }

    @Test
    void aLiveReplicaSendsItsMessage() {
        MessageSender replica = replica();
        replica.refreshLiveness();

        replica.send(slack, replica.claim(slack).orElseThrow());

        assertThat(slack.log()).containsExactly("post " + message.id());
    }

    @Test
    void anOutcomeThatTwoThreadsRecordIsNoLostClaim() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Metrics.addRegistry(meters);
        AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
        MessageSender replica = new MessageSender(PostgresStore.in(folder).store(), () -> Examples.NOON, () -> {
            meanwhile.getAndSet(() -> {}).run();
            return new RetryPolicy(10, Duration.ofDays(1), new Random(1));
        });
        meanwhile.set(replica::recordAll);
        replica.refreshLiveness();
        replica.send(slack, replica.claim(slack).orElseThrow());

        assertThat(meters.find("ci_notify.claims.lost").counters())
                .allSatisfy(counter -> assertThat(counter.count()).isZero());
        Metrics.removeRegistry(meters);
    }

    @Test
    void aReplicaSendsNothingBeforeItsLivenessIsRecorded() {
        MessageSender replica = replica();

        replica.send(slack, replica.claim(slack).orElseThrow());

        assertThat(slack.log()).isEmpty();
        assertThat(PostgresStore.in(folder).outcomes().query("SELECT state, attempts FROM outbox"))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("state", "waiting"));
    }
}
