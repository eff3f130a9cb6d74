// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.fixture.NotificationBuilder;
import io.kubevirt.cinotify.fixture.TestStore;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.OutgoingMessage.IncidentMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** For how long messages are kept. */
class MessageRetentionTest {

    private static final Instant LONG_AGO = Examples.NOON;
    private static final Instant LIMIT = LONG_AGO.plus(Duration.ofDays(1));

    @TempDir
    private Path folder;

    private @Nullable TestStore database;

    private void send(OutgoingMessage content, OutboxState state) {
        database.store().inTransaction(transaction -> {
            transaction
                    .messages()
                    .add(
                            content,
                            List.of(new MessageTable.Entry("slack", "room", MessageForm.SEND, LONG_AGO)),
                            LONG_AGO);
            if (state != OutboxState.WAITING) {
                MessageThread.Key key = new MessageThread.Key("slack", "room", content.thread());
                transaction.rateLimits().admit(content.id(), LONG_AGO);
                MessageThread.Row row =
                        transaction.outbox().get(key, LONG_AGO).rows().getLast();
                transaction
                        .outbox()
                        .apply(
                                row.sequence(),
                                state == OutboxState.DEAD ? OutboxEvent.GIVEN_UP : OutboxEvent.SENT,
                                null,
                                "r-1",
                                LONG_AGO);
                transaction.outbox().setRoot(key, new MessageThread.Root("r-1", row.sequence(), 0));
            }
            return true;
        });
    }

    private void remember(IncidentMessage message, @Nullable String responseState) {
        database.store().inTransaction(transaction -> {
            transaction.incidents().save(message.notification().incident(), responseState, LONG_AGO);
            return true;
        });
    }

    private int forget() {
        return database.store()
                .inTransaction(transaction -> transaction.messages().forgetUnchangedSince(LIMIT, 100));
    }

    private List<String> messages() {
        return database.outcomes().query("SELECT id FROM message ORDER BY id").stream()
                .map(row -> String.valueOf(row.get("id")))
                .toList();
    }

    private int roots() {
        return database.outcomes().query("SELECT 1 FROM outbox_root").size();
    }

    @ParameterizedTest
    @EnumSource(TestStore.Kind.class)
    void aThreadLongResolvedIsForgottenWithAllItsMessages(TestStore.Kind kind) {
        database = kind.in(folder);
        NotificationBuilder message = new NotificationBuilder("1");
        IncidentMessage opened = message.opened(LONG_AGO);
        send(opened, OutboxState.SENT);
        IncidentMessage resolved = message.resolved(LONG_AGO);
        send(resolved, OutboxState.DEAD);
        remember(resolved, null);

        assertThat(forget()).isEqualTo(1);

        assertThat(messages()).isEmpty();
        assertThat(roots()).isZero();
        assertThat(database.outcomes().query("SELECT 1 FROM outbox")).isEmpty();
        assertThat(forget()).isZero();
    }

    @ParameterizedTest
    @EnumSource(TestStore.Kind.class)
    void aThreadThatMayContinueIsKept(TestStore.Kind kind) {
        database = kind.in(folder);
        IncidentMessage open = new NotificationBuilder("open").opened(LONG_AGO);
        send(open, OutboxState.SENT);
        remember(open, "{}");
        IncidentMessage reopenable = new NotificationBuilder("reopenable").resolved(LONG_AGO);
        send(reopenable, OutboxState.SENT);
        remember(reopenable, "{}");
        send(new NotificationBuilder("waiting").opened(LONG_AGO), OutboxState.WAITING);
        IncidentMessage asked = new NotificationBuilder("asked").opened(LONG_AGO);
        send(asked, OutboxState.SENT);
        database.store().inTransaction(transaction -> {
            transaction.deliveries().insert(new JournalEntry("guid", "status", LONG_AGO, new byte[0], 0));
            transaction.deliveries().notified("guid", asked.id(), List.of("because"), LIMIT);
            return true;
        });
        send(new NotificationBuilder("fresh").opened(LONG_AGO), OutboxState.SENT);
        database.store()
                .inTransaction(transaction ->
                        transaction.messages().add(new NotificationBuilder("fresh2").opened(LIMIT), List.of(), LIMIT));

        assertThat(forget()).isEqualTo(1);

        assertThat(messages()).hasSize(5).noneMatch(id -> id.startsWith("fresh-"));
    }

    @ParameterizedTest
    @EnumSource(TestStore.Kind.class)
    void theRootOfATextIsKept(TestStore.Kind kind) {
        database = kind.in(folder);
        send(
                new OutgoingMessage.TextMessage("l-1", "letter", "slack", "room", "title", "text", true),
                OutboxState.SENT);

        assertThat(forget()).isEqualTo(1);

        assertThat(messages()).isEmpty();
        assertThat(roots()).isEqualTo(1);
    }
}
