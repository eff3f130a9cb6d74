// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.fixture.NotificationBuilder;
import io.kubevirt.cinotify.fixture.PostgresStore;
import io.kubevirt.cinotify.notify.OutgoingMessage;
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

/** Withdraws a message while another replica claims it. */
class WithdrawalTest {

    @TempDir
    private Path folder;

    private Store store;
    private long sequence;
    private final OutgoingMessage message = new NotificationBuilder("1").opened(Examples.NOON);

    @BeforeEach
    void add() {
        PostgresStore database = PostgresStore.in(folder);
        store = database.store();
        store.inTransaction(transaction -> transaction
                .messages()
                .add(
                        message,
                        List.of(new MessageTable.Entry("slack", "room", MessageForm.SEND, Examples.NOON)),
                        Examples.NOON));
        sequence = ((Number) database.outcomes()
                        .query("SELECT sequence FROM outbox")
                        .getFirst()
                        .get("sequence"))
                .longValue();
    }

    private boolean withdraw() {
        return store.inTransaction(transaction -> transaction.messages().withdraw(message.id(), Examples.NOON));
    }

    private boolean startWrite() {
        return store.inTransaction(transaction -> transaction.outbox().startWrite(sequence, Examples.NOON));
    }

    @Test
    void aMessageBeingSentCountsAsSeen() throws Exception {
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            Future<Boolean> withdrawing = store.inTransaction(transaction -> {
                assertThat(transaction.outbox().startWrite(sequence, Examples.NOON))
                        .isTrue();
                return waitsInVain(other.submit(this::withdraw));
            });
            assertThat(withdrawing.get(60, TimeUnit.SECONDS))
                    .as("nobody has seen it")
                    .isFalse();
        }
    }

    @Test
    void aMessageBeingWithdrawnIsNotSent() throws Exception {
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            Future<Boolean> beginning = store.inTransaction(transaction -> {
                assertThat(transaction.messages().withdraw(message.id(), Examples.NOON))
                        .isTrue();
                return waitsInVain(other.submit(this::startWrite));
            });
            assertThat(beginning.get(60, TimeUnit.SECONDS)).isFalse();
        }
    }

    private static Future<Boolean> waitsInVain(Future<Boolean> other) {
        assertThatThrownBy(() -> other.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        return other;
    }
}
