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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.fixture.News;
import io.kubevirt.cinotify.fixture.PostgresStore;
import io.kubevirt.cinotify.notice.Content;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Taking back what another replica is about to say, at the same moment. */
class WithdrawalTest {

    @TempDir
    private Path folder;

    private Store store;
    private long sequence;
    private final Content content = new News("1").opened(Examples.NOON);

    @BeforeEach
    void add() {
        PostgresStore database = PostgresStore.in(folder);
        store = database.store();
        store.inTransaction(transaction -> transaction
                .contents()
                .add(content, List.of(new PlacedSaying("slack", "room", Form.SAY, Examples.NOON)), Examples.NOON));
        sequence = ((Number) database.outcomes()
                        .query("SELECT sequence FROM saying")
                        .getFirst()
                        .get("sequence"))
                .longValue();
    }

    private boolean withdraw() {
        return store.inTransaction(transaction -> transaction.contents().withdraw(content.id(), Examples.NOON));
    }

    private boolean begin() {
        return store.inTransaction(transaction -> transaction.strands().begin(sequence, null));
    }

    @Test
    void whatIsJustBeingTakenHasBeenSeen() throws Exception {
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            Future<Boolean> withdrawing = store.inTransaction(transaction -> {
                assertThat(transaction.strands().begin(sequence, null)).isTrue();
                return waitsInVain(other.submit(this::withdraw));
            });
            assertThat(withdrawing.get(10, TimeUnit.SECONDS))
                    .as("nobody has seen it")
                    .isFalse();
        }
    }

    @Test
    void whatIsJustBeingTakenBackIsNotBegun() throws Exception {
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            Future<Boolean> beginning = store.inTransaction(transaction -> {
                assertThat(transaction.contents().withdraw(content.id(), Examples.NOON))
                        .isTrue();
                return waitsInVain(other.submit(this::begin));
            });
            assertThat(beginning.get(10, TimeUnit.SECONDS)).isFalse();
        }
    }

    private static Future<Boolean> waitsInVain(Future<Boolean> other) {
        assertThatThrownBy(() -> other.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        return other;
    }
}
