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

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.fixture.FakeChannel;
import io.kubevirt.cinotify.fixture.News;
import io.kubevirt.cinotify.incident.policy.MessageKind;
import io.kubevirt.cinotify.notice.Abilities;
import io.kubevirt.cinotify.notice.Channels;
import io.kubevirt.cinotify.settings.SendingRules;
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
    void replicasSayEverythingOnceAndInOrder() throws ExecutionException, InterruptedException {
        FakeChannel slack =
                new FakeChannel("slack", new Abilities(true, true, true), content -> List.of(content.thread()));
        Channels channels = new Channels(List.of(slack));
        EmbeddedStore database = EmbeddedStore.hastyIn(folder);
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
        Sender sender = new Sender(
                database.store(), () -> Examples.NOON, () -> new Patience(10, Duration.ofDays(1), new Random(1)));
        for (Optional<Errand> errand = sender.claim(slack); errand.isPresent(); errand = sender.claim(slack)) {
            sender.carryOut(slack, errand.get());
        }
    }

    private static boolean fill(Transaction transaction, Channels channels) {
        Outbox outbox = new Outbox(channels, transaction, Examples.NOON);
        for (int number = 0; number < INCIDENTS; number++) {
            News news = new News("i" + number);
            outbox.add(news.opened(Examples.NOON));
            outbox.add(news.of(MessageKind.ESCALATED, Examples.NOON));
        }
        new Restraint(
                        transaction,
                        channels,
                        new SendingRules(1_000, 1_000, 10, Duration.ofDays(1), null),
                        Examples.NOON)
                .decide();
        return true;
    }
}
