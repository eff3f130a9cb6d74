// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.TestStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Concurrent deliveries: each caller gets the result of its own. */
class GroupCommitTest {

    private static final int SENDERS = 24;
    private static final int EACH = 20;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(TestStore.Kind.class)
    void concurrentDeliveriesAreStoredOnceEach(TestStore.Kind kind) throws Exception {
        TestStore database = kind.in(folder);
        int taken = 0;
        try (GroupCommit groupCommit = new GroupCommit(new Inbox.Direct(database.store()));
                ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
            List<Future<Integer>> counts = new ArrayList<>();
            for (int sender = 0; sender < SENDERS; sender++) {
                // Two of them bring the same.
                String name = "sender-" + sender / 2;
                counts.add(senders.submit(() -> (int) IntStream.range(0, EACH)
                        .filter(index -> append(groupCommit, name + "-" + index))
                        .count()));
            }
            for (Future<Integer> count : counts) {
                taken += count.get();
            }
        }
        assertThat(taken).isEqualTo(SENDERS / 2 * EACH);
        assertThat(database.outcomes().entries()).hasSize(taken);
    }

    /** Three replicas see the same ProwJobs at the same time, in different orders. */
    @Test
    void replicasWithTheSameDeliveriesInAnotherOrderStoreThemOnce() throws Exception {
        TestStore database = TestStore.Kind.POSTGRESQL.in(folder);
        List<JournalEntry> deliveries = new ArrayList<>(IntStream.range(0, 200)
                .mapToObj(index -> delivery("run-" + index))
                .toList());
        List<Future<Long>> counts = new ArrayList<>();
        try (ExecutorService replicas = Executors.newFixedThreadPool(3)) {
            for (int replica = 0; replica < 3; replica++) {
                List<JournalEntry> mine = replica == 1 ? deliveries.reversed() : List.copyOf(deliveries);
                GroupCommit groupCommit = new GroupCommit(
                        new Inbox.Direct(TestStore.Kind.POSTGRESQL.in(folder).store()));
                counts.add(replicas.submit(() -> groupCommit.appendAll(mine).stream()
                        .filter(isNew -> isNew)
                        .count()));
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
    void aFullBacklogRejectsDeliveriesUntilItHasCapacity() {
        EmbeddedStore database = EmbeddedStore.in(folder);
        try (GroupCommit groupCommit =
                new GroupCommit(new Inbox.Direct(database.store()), new Inbox.Backlog(3, 1_000), Duration.ZERO)) {
            List.of("a", "b", "c").forEach(id -> append(groupCommit, id));

            assertThatExceptionOfType(StoreUnavailable.class)
                    .isThrownBy(() -> append(groupCommit, "d"))
                    .withMessageContaining("the journal is full: 3 deliveries or");
            assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(groupCommit::checkCapacity);

            database.store().inTransaction(transaction -> {
                transaction.deliveries().suppressed("a", "tide", List.of("why"), NOON);
                return true;
            });
            assertThat(append(groupCommit, "d")).isTrue();
        }
    }

    @Test
    void theBytesThatWaitAreLimitedToo() {
        EmbeddedStore database = EmbeddedStore.in(folder);
        try (GroupCommit groupCommit =
                new GroupCommit(new Inbox.Direct(database.store()), new Inbox.Backlog(100, 4), Duration.ZERO)) {
            List.of("a", "b").forEach(id -> append(groupCommit, id));

            assertThatExceptionOfType(StoreUnavailable.class)
                    .isThrownBy(() -> append(groupCommit, "c"))
                    .withMessageContaining("the journal is full");
        }
    }

    @Test
    void anUnavailableStoreIsReportedToEachCaller() throws IOException {
        EmbeddedStore database = EmbeddedStore.in(folder);
        try (GroupCommit groupCommit = new GroupCommit(new Inbox.Direct(database.store()))) {
            append(groupCommit, "a");
            Files.delete(database.file());

            assertThatExceptionOfType(StoreUnavailable.class)
                    .isThrownBy(() -> append(groupCommit, "b"))
                    .withMessageContaining("deleted or replaced");
        }
    }

    @Test
    void deliveriesAfterCloseAreRejected() {
        GroupCommit groupCommit =
                new GroupCommit(new Inbox.Direct(EmbeddedStore.in(folder).store()));
        append(groupCommit, "a");
        groupCommit.close();

        assertThatExceptionOfType(StoreUnavailable.class)
                .isThrownBy(() -> append(groupCommit, "b"))
                .withMessageContaining("stopping");
    }

    private static boolean append(GroupCommit groupCommit, String id) {
        try {
            return groupCommit.append(delivery(id)).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StoreUnavailable unavailable ? unavailable : e;
        }
    }

    private static JournalEntry delivery(String id) {
        return new JournalEntry(id, "status", NOON, new byte[] {'{', '}'}, 0);
    }
}
