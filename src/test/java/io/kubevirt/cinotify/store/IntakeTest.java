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
package io.kubevirt.cinotify.store;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.TestStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many bring deliveries at the same time; each is told the truth about its own. */
class IntakeTest {

    private static final int SENDERS = 24;
    private static final int EACH = 20;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(TestStore.Kind.class)
    void ofManyAtTheSameTimeEachIsTakenOnce(TestStore.Kind kind) throws Exception {
        TestStore database = kind.in(folder);
        int taken = 0;
        try (Intake intake = new Intake(new NoInbox(database.store()));
                ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
            List<Future<Integer>> counts = new ArrayList<>();
            for (int sender = 0; sender < SENDERS; sender++) {
                // Two of them bring the same.
                String name = "sender-" + sender / 2;
                counts.add(senders.submit(() -> (int) IntStream.range(0, EACH)
                        .filter(index -> intake.take(delivery(name + "-" + index)))
                        .count()));
            }
            for (Future<Integer> count : counts) {
                taken += count.get();
            }
        }
        assertThat(taken).isEqualTo(SENDERS / 2 * EACH);
        assertThat(database.outcomes().entries()).hasSize(taken);
    }

    /** Three replicas whose doors see the same ProwJobs at the same time, each in an order of its own. */
    @Test
    void replicasThatBringTheSameInAnotherOrderStillTakeItOnce() throws Exception {
        TestStore database = TestStore.Kind.POSTGRESQL.in(folder);
        List<StoredDelivery> deliveries = new ArrayList<>(IntStream.range(0, 200)
                .mapToObj(index -> delivery("run-" + index))
                .toList());
        List<Future<Long>> counts = new ArrayList<>();
        try (ExecutorService replicas = Executors.newFixedThreadPool(3)) {
            for (int replica = 0; replica < 3; replica++) {
                List<StoredDelivery> mine = replica == 1 ? deliveries.reversed() : List.copyOf(deliveries);
                Intake intake = new Intake(
                        new NoInbox(TestStore.Kind.POSTGRESQL.in(folder).store()));
                counts.add(replicas.submit(() ->
                        intake.takeAll(mine).stream().filter(isNew -> isNew).count()));
            }
        }
        long taken = 0;
        for (Future<Long> count : counts) {
            taken += count.get();
        }
        assertThat(taken).isEqualTo(200);
        assertThat(database.outcomes().entries()).hasSize(200);
    }

    @Test
    void whenTooManyWaitNoMoreAreTakenUntilThereIsRoom() {
        EmbeddedStore database = EmbeddedStore.in(folder);
        try (Intake intake =
                new Intake(new NoInbox(database.store()), new Backlog(new NoInbox(database.store()), 3, 0))) {
            List.of("a", "b", "c").forEach(id -> intake.take(delivery(id)));

            assertThatExceptionOfType(StoreUnavailable.class)
                    .isThrownBy(() -> intake.take(delivery("d")))
                    .withMessageContaining("3 deliveries wait to be decided");
            assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(intake::checkRoom);

            database.store().inTransaction(transaction -> {
                transaction.deliveries().suppressed("a", "tide", List.of("why"), NOON);
                return true;
            });
            assertThat(intake.take(delivery("d"))).isTrue();
        }
    }

    @Test
    void aStoreThatTakesNothingIsToldToEachOfThem() throws IOException {
        EmbeddedStore database = EmbeddedStore.in(folder);
        try (Intake intake = new Intake(new NoInbox(database.store()))) {
            intake.take(delivery("a"));
            Files.delete(database.file());

            assertThatExceptionOfType(StoreUnavailable.class)
                    .isThrownBy(() -> intake.take(delivery("b")))
                    .withMessageContaining("deleted or replaced");
        }
    }

    @Test
    void whatComesAfterTheEndIsRefused() {
        Intake intake = new Intake(new NoInbox(EmbeddedStore.in(folder).store()));
        intake.take(delivery("a"));
        intake.close();

        assertThatExceptionOfType(StoreUnavailable.class)
                .isThrownBy(() -> intake.take(delivery("b")))
                .withMessageContaining("stopping");
    }

    private static StoredDelivery delivery(String id) {
        return new StoredDelivery(id, "status", NOON, new byte[] {'{', '}'}, 0);
    }
}
