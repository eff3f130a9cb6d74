// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.config.SendingConfig;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.fixture.FakeChannel;
import io.kubevirt.cinotify.fixture.NotificationBuilder;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.notify.ChannelCapabilities;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.outbox.MessageClaimer.ClaimedMessage;
import io.kubevirt.cinotify.store.Transaction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several senders on one database, each with claims of its own, as replicas have. */
class ReplicasTest {

    private static final int INCIDENTS = 40;
    private static final int REPLICAS = 3;

    @TempDir
    private Path folder;

    @Test
    void replicasSendEveryMessageOnceAndInOrder() throws ExecutionException, InterruptedException {
        FakeChannel slack = new FakeChannel(
                "slack", new ChannelCapabilities(true, true, true), content -> List.of(content.thread()));
        Channels channels = new Channels(List.of(slack));
        EmbeddedStore database = EmbeddedStore.in(folder);
        database.store().inTransaction(transaction -> fill(transaction, channels));

        try (ExecutorService threads = Executors.newFixedThreadPool(REPLICAS)) {
            List<Future<?>> replicas = IntStream.range(0, REPLICAS)
                    .<Future<?>>mapToObj(number -> threads.submit(() -> replica(database, slack)))
                    .toList();
            for (Future<?> replica : replicas) {
                replica.get();
            }
        }

        assertThat(slack.log()).hasSize(INCIDENTS * 3);
        assertThat(slack.entries()).hasSize(INCIDENTS).allSatisfy(root -> {
            assertThat(root.versions).hasSize(2);
            assertThat(root.replies).hasSize(1);
        });
    }

    private static void replica(EmbeddedStore database, FakeChannel slack) {
        MessageSender sender = new MessageSender(
                database.store(), () -> Examples.NOON, () -> new RetryPolicy(10, Duration.ofDays(1), new Random(1)));
        for (Optional<ClaimedMessage> claimed = sender.claim(slack);
                claimed.isPresent();
                claimed = sender.claim(slack)) {
            sender.send(slack, claimed.get());
        }
    }

    private static boolean fill(Transaction transaction, Channels channels) {
        OutboxWriter outbox = new OutboxWriter(channels, transaction, Examples.NOON);
        for (int number = 0; number < INCIDENTS; number++) {
            NotificationBuilder notifications = new NotificationBuilder("i" + number);
            outbox.add(notifications.opened(Examples.NOON));
            outbox.add(notifications.of(NotificationKind.ESCALATED, Examples.NOON));
        }
        new RateLimiter(
                        transaction,
                        channels,
                        new SendingConfig(1_000, 1_000, 10, Duration.ofDays(1), null),
                        Examples.NOON)
                .decide();
        return true;
    }
}
