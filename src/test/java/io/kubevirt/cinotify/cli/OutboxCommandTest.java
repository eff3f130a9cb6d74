// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.NotificationBuilder;
import io.kubevirt.cinotify.fixture.PostgresServer;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.store.Database;
import io.kubevirt.cinotify.store.DatabaseAddress;
import io.kubevirt.cinotify.store.MessageForm;
import io.kubevirt.cinotify.store.MessageTable;
import io.kubevirt.cinotify.store.MessageThread;
import io.kubevirt.cinotify.store.OutboxEvent;
import io.kubevirt.cinotify.store.Store;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages that were given up, on the command line, while the plugin has its store open. */
class OutboxCommandTest {

    @TempDir
    private Path folder;

    private static void giveUp(Store store, String incident, String channel) {
        OutgoingMessage content = new NotificationBuilder(incident).opened(NOON);
        store.inTransaction(transaction -> {
            transaction
                    .messages()
                    .add(content, List.of(new MessageTable.Entry(channel, "ops", MessageForm.SEND, NOON)), NOON);
            transaction.rateLimits().admit(content.id(), NOON);
            transaction
                    .outbox()
                    .get(new MessageThread.Key(channel, "ops", incident), NOON)
                    .rows()
                    .forEach(row -> transaction
                            .outbox()
                            .apply(
                                    row.sequence(),
                                    OutboxEvent.GIVEN_UP,
                                    null,
                                    "the channel is archived: name another",
                                    NOON));
            return true;
        });
    }

    private static long dead(Store store) {
        return store.inTransaction(transaction -> transaction.outboxEntries().dead())
                .size();
    }

    private Terminal.Result run(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "outbox";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[all.length - 2] = "--data-dir";
        all[all.length - 1] = folder.toString();
        return Terminal.run(all);
    }

    @Test
    void deadLettersAreListedWithIdAndProblem() {
        Store store = EmbeddedStore.in(folder).store();
        giveUp(store, "1", "slack");

        Terminal.Result text = run("list", "--output", "text");
        assertThat(text.code()).isZero();
        assertThat(text.out())
                .contains("1  slack ops  opened: example/thing 1")
                .contains("dead since 2026-")
                .contains("the channel is archived: name another", "ci-notify outbox retry ID");

        assertThat(run("list", "--output", "json").out())
                .contains("\"number\":1", "\"channel\":\"slack\"", "\"title\":\"example/thing 1\"");
    }

    @Test
    void oneMessageAChannelOrAllCanBeRetried() {
        Store store = EmbeddedStore.in(folder).store();
        List.of("1", "2", "3", "4").forEach(incident -> giveUp(store, incident, "slack"));
        giveUp(store, "5", "github");

        assertThat(run("retry", "1", "2").out()).contains("retrying 2 messages");
        assertThat(dead(store)).isEqualTo(3);
        assertThat(run("retry", "--channel", "github").out()).contains("retrying 1 message;");
        assertThat(dead(store)).isEqualTo(2);
        assertThat(run("retry", "--all").out()).contains("2 messages");
        assertThat(dead(store)).isZero();

        assertThat(run("list", "--output", "text").out())
                .as("a retried message has an unknown outcome until it was looked up")
                .contains("unknown since 2026-")
                .doesNotContain("dead since");
        Terminal.Result none = run("retry", "--all");
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.err()).contains("no dead-lettered message matches", "outbox list");
    }

    @Test
    void anUnknownOutcomeIsShownRetriedAndDropped() {
        EmbeddedStore database = EmbeddedStore.in(folder);
        giveUp(database.store(), "1", "slack");
        database.execute("UPDATE outbox SET state = 'unknown', settled_at = NULL, uncertain_since = 0, attempts = 3");

        assertThat(run("list").out()).contains("1  slack ops", "unknown since 1970-01-01T00:00:00Z");
        assertThat(run("show", "1").out())
                .contains("state: unknown", "attempts: 3", "last writing request with an unknown outcome: 1970-");
        assertThat(run("retry", "1").out()).contains("retrying 1 message");
        assertThat(run("show", "1", "--output", "json").out()).contains("\"attempts\":0");
        assertThat(run("drop", "1").out()).contains("dropped 1 message");
        assertThat(run("show", "1").out()).contains("state: withdrawn");
        assertThat(run("drop", "1").err()).contains("no message with these ids", "see ci-notify outbox list");
        assertThat(run("show", "7").err()).contains("no message has the id 7");
    }

    @Test
    void retryWorksOnPostgreSql() throws Exception {
        PostgresServer server = PostgresServer.running();
        String name = "outbox_" + UUID.randomUUID().toString().replace("-", "");
        server.make(name);
        try (Database database = Database.postgresql(DatabaseAddress.parse(server.url(name), null))) {
            giveUp(database.store(), "1", "slack");

            Terminal.Result result = Terminal.run("outbox", "retry", "--all", "--database-url", server.url(name));

            assertThat(result.code()).isZero();
            assertThat(dead(database.store())).isZero();
        }
    }

    @Test
    void aMissingStoreIsReported() throws Exception {
        Terminal.Result none = run("list");
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.err()).contains("--data-dir", "no store of ci-notify", "use the directory");

        PostgresServer server = PostgresServer.running();
        String name = "empty_" + UUID.randomUUID().toString().replace("-", "");
        server.makeEmpty(name);
        Terminal.Result empty = Terminal.run("outbox", "list", "--database-url", server.url(name));
        assertThat(empty.code()).isEqualTo(1);
        assertThat(empty.err()).contains("--database-url", "there are no tables of ci-notify");
    }

    @Test
    void aSelectionIsRequired() {
        Terminal.Result result = run("retry");
        assertThat(result.code()).isEqualTo(2);
        assertThat(run("retry", "--all", "1").code()).isEqualTo(2);
    }
}
