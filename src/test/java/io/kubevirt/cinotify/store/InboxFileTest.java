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

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
        database = Database.embedded(folder, Duration.ofSeconds(1));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whoBringsSomethingDoesNotWaitForWhoDecides() throws Exception {
        CountDownLatch deciding = new CountDownLatch(1);
        CountDownLatch taken = new CountDownLatch(1);
        Thread decider = Thread.ofPlatform().start(() -> database.store().inTransaction(transaction -> {
            deciding.countDown();
            return await(taken);
        }));
        assertThat(await(deciding)).isTrue();

        List<Boolean> isNew = database.inbox().takeIn(List.of(delivery("a", 10), delivery("b", 10)));
        taken.countDown();
        decider.join();

        assertThat(isNew).containsExactly(true, true);
        assertThat(journal()).isEmpty();
        assertThat(database.inbox().countWaiting(10)).isEqualTo(2);
    }

    @Test
    void whatWasTakenInIsInTheJournalInItsOrderAlsoAfterARestart() {
        database.inbox().takeIn(List.of(delivery("b", 10), delivery("a", 10)));
        database.close();
        open();

        database.inbox().moveOn();
        database.inbox().moveOn();

        assertThat(journal()).containsExactly("b", "a");
        assertThat(database.inbox().countWaiting(10)).isEqualTo(2);
    }

    @Test
    void whatIsKnownIsNotTakenAgain() {
        Inbox inbox = database.inbox();
        inbox.takeIn(List.of(delivery("a", 10)));
        inbox.moveOn();
        inbox.takeIn(List.of(delivery("b", 10)));

        assertThat(inbox.takeIn(List.of(delivery("a", 10), delivery("b", 10), delivery("c", 10), delivery("c", 10))))
                .containsExactly(false, false, true, false);
        inbox.moveOn();

        assertThat(journal()).containsExactly("a", "b", "c");
    }

    /** A crash between entry and removal. */
    @Test
    void whatIsInBothIsEnteredOnce() {
        database.inbox().takeIn(List.of(delivery("a", 10), delivery("b", 10)));
        database.store().inTransaction(transaction -> transaction.deliveries().insert(delivery("a", 10)));

        database.inbox().moveOn();

        assertThat(journal()).containsExactly("a", "b");
        assertThat(database.inbox().countWaiting(10)).isEqualTo(2);
    }

    @Test
    void largeOnesAreMovedAFewAtATime() {
        List<StoredDelivery> large = IntStream.range(0, 12)
                .mapToObj(index -> delivery("large-" + index, 1 << 20))
                .toList();
        database.inbox().takeIn(large);

        database.inbox().moveOn();

        assertThat(journal())
                .containsExactlyElementsOf(
                        large.stream().map(StoredDelivery::id).toList());
    }

    @Test
    void itTakesNothingWhoseJournalIsGone() throws Exception {
        Files.delete(Database.file(folder));

        assertThatExceptionOfType(StoreUnavailable.class)
                .isThrownBy(() -> database.inbox().takeIn(List.of(delivery("a", 10))))
                .withMessageContaining("deleted or replaced");
    }

    private List<String> journal() {
        return database.store().read(transaction -> transaction.deliveries().inProgress(100));
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static StoredDelivery delivery(String id, int size) {
        return new StoredDelivery(id, "status", NOON, new byte[size], 0);
    }
}
