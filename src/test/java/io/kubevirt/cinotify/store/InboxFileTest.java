// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes in waits for nobody, is on disk before it is answered, and is in the journal once. */
class InboxFileTest {

    @TempDir
    private Path folder;

    private Database database;

    @BeforeEach
    void open() {
        database = Database.embedded(folder, Duration.ofMinutes(1));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aDeliveryDoesNotWaitForTheEngine() throws Exception {
        CountDownLatch deciding = new CountDownLatch(1);
        CountDownLatch taken = new CountDownLatch(1);
        Thread decider = Thread.ofPlatform().start(() -> database.store().inTransaction(transaction -> {
            deciding.countDown();
            return await(taken);
        }));
        assertThat(await(deciding)).isTrue();

        List<Boolean> isNew = database.inbox().append(List.of(delivery("a", 10), delivery("b", 10)));
        taken.countDown();
        decider.join();

        assertThat(isNew).containsExactly(true, true);
        assertThat(journal()).isEmpty();
        assertThat(database.inbox().waiting(10)).isEqualTo(new Inbox.Backlog(2, 20));
    }

    @Test
    void appendedDeliveriesReachTheJournalInOrderAlsoAfterARestart() {
        database.inbox().append(List.of(delivery("b", 10), delivery("a", 10)));
        database.close();
        open();

        database.inbox().relay(Set.of("status"));
        database.inbox().relay(Set.of("status"));

        assertThat(journal()).containsExactly("b", "a");
        assertThat(database.inbox().waiting(10)).isEqualTo(new Inbox.Backlog(2, 20));
    }

    @Test
    void aKnownDeliveryIsNotAppendedAgain() {
        Inbox inbox = database.inbox();
        inbox.append(List.of(delivery("a", 10)));
        inbox.relay(Set.of("status"));
        inbox.append(List.of(delivery("b", 10)));

        assertThat(inbox.append(List.of(delivery("a", 10), delivery("b", 10), delivery("c", 10), delivery("c", 10))))
                .containsExactly(false, false, true, false);
        inbox.relay(Set.of("status"));

        assertThat(journal()).containsExactly("a", "b", "c");
    }

    /** A crash between entry and removal. */
    @Test
    void aDeliveryInBothIsEnteredOnce() {
        database.inbox().append(List.of(delivery("a", 10), delivery("b", 10)));
        database.store().inTransaction(transaction -> transaction.deliveries().insert(delivery("a", 10)));

        database.inbox().relay(Set.of("status"));

        assertThat(journal()).containsExactly("a", "b");
        assertThat(database.inbox().waiting(10)).isEqualTo(new Inbox.Backlog(2, 20));
    }

    @Test
    void deliveriesOfOtherEventsAreReadHere() {
        Inbox inbox = database.inbox();
        inbox.append(List.of(delivery("a", 10), delivery("b", 20), delivery("c", 30)));
        inbox.relay(Set.of("issue_comment"));
        List<String> read = new ArrayList<>();

        inbox.forEach(List.of("c", "a", "absent"), entry -> read.add(entry.id() + " " + entry.body().length));

        assertThat(journal()).isEmpty();
        assertThat(read).containsExactly("a 10", "c 30");
        assertThat(inbox.waiting(Set.of("issue_comment"), NOON.plusSeconds(1), 2))
                .containsExactly("a", "b");
        assertThat(inbox.waiting(Set.of("pull_request"), NOON, 2)).isEmpty();
        assertThat(inbox.waiting(Set.of("status"), NOON.plusSeconds(1), 2)).isEmpty();
        inbox.move("b");
        inbox.remove(List.of("a", "b"));
        assertThat(journal()).containsExactly("b");
        assertThat(inbox.size()).isEqualTo(1);
    }

    @Test
    void largeOnesAreMovedAFewAtATime() {
        List<JournalEntry> large = IntStream.range(0, 12)
                .mapToObj(index -> delivery("large-" + index, 1 << 20))
                .toList();
        database.inbox().append(large);

        database.inbox().relay(Set.of("status"));

        assertThat(journal())
                .containsExactlyElementsOf(large.stream().map(JournalEntry::id).toList());
    }

    @Test
    void nothingIsAppendedWhenTheJournalIsGone() throws Exception {
        Files.delete(Database.file(folder));

        assertThatExceptionOfType(StoreUnavailable.class)
                .isThrownBy(() -> database.inbox().append(List.of(delivery("a", 10))))
                .withMessageContaining("deleted or replaced");
    }

    private List<String> journal() {
        return database.store().read(transaction -> transaction.deliveries().inProgress(100));
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static JournalEntry delivery(String id, int size) {
        return new JournalEntry(id, "status", NOON, new byte[size], 0);
    }
}
