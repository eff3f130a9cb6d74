// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.kubevirt.cinotify.fixture.FaultyServer;
import io.kubevirt.cinotify.fixture.NotificationBuilder;
import io.kubevirt.cinotify.fixture.OnEachStore;
import io.kubevirt.cinotify.fixture.PostgresServer;
import io.kubevirt.cinotify.fixture.PostgresStore;
import io.kubevirt.cinotify.fixture.TestStore;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.store.MessageForm;
import io.kubevirt.cinotify.store.MessageTable;
import io.kubevirt.cinotify.store.MessageThread;
import io.kubevirt.cinotify.store.OutboxEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** Everything that the owner chose or somebody wrote is named canary: none of it may be in the bundle. */
class SupportBundleCommandTest extends OnEachStore {
    private static final String SETTINGS = """
            visibility: {canary/repository: private}
            slack: {tokenFile: /canary/token, ops: [C0canary, 4711, 123456789012]}
            routing:
              default: {area: canary-area, runbook: "https://canary.example/runbook?key=canary"}
              canary-rule: {area: canary-area, after: 4h}
            """;

    private Terminal.Result run(String health, Path config, Path target) {
        List<String> words = new ArrayList<>(List.of("support-bundle", target.toString(), "--health-url", health));
        words.addAll(List.of("--config", config.toString()));
        words.addAll(
                kind == TestStore.Kind.EMBEDDED
                        ? List.of("--data-dir", folder.toString())
                        : List.of("--database-url", PostgresServer.running().url(PostgresStore.nameOf(folder))));
        return Terminal.run(words.toArray(String[]::new));
    }

    private static String content(Path bundle) throws IOException {
        try (ZipInputStream archive = new ZipInputStream(Files.newInputStream(bundle))) {
            StringBuilder content = new StringBuilder();
            for (ZipEntry file = archive.getNextEntry(); file != null; file = archive.getNextEntry()) {
                content.append(file.getName())
                        .append(":\n")
                        .append(new String(archive.readAllBytes(), StandardCharsets.UTF_8));
            }
            return content.toString();
        }
    }

    @Test
    void aBundleOfARunningPluginHasNoSecretNameOrText() throws IOException {
        giveUp();
        Files.writeString(folder.resolve("ci-notify.yaml"), SETTINGS);
        Path bundle = folder.resolve("support.zip");

        // As the plugin does, the server refuses an upgrade to HTTP/2.
        try (FaultyServer health = new FaultyServer(request -> request.headers().containsKey("Upgrade")
                ? new FaultyServer.Reply(400, TextNode.valueOf("no upgrade"))
                : new FaultyServer.Reply(200, TextNode.valueOf("page " + request.path() + " of canary-area")))) {
            Terminal.Result result = run(health.address().toString(), folder, bundle);
            assertThat(result.err()).isEmpty();
            assertThat(result.out()).startsWith("wrote " + bundle + ". It contains the version, ");
        }

        String content = content(bundle);
        assertThat(content)
                .doesNotContain("canary", "123456789012")
                .contains("\"visibility\" : {\n    \"[1]\" : \"private\"", "4711", "\"4h\"")
                .contains("page /healthz/detail of [", "page /metrics of [")
                .contains("\"schema\":", "\"outbox\":1", "\"received\":0")
                .contains("\"state\":\"dead\",\"channel\":\"slack\",\"destination\":\"[", "\"status\":\"403\"")
                .contains("README.txt:\n", "It contains the version, ", "\"vm\":");
        assertThat(content)
                .contains("java.json:\n", "settings.json:\n", "health.json:\n", "metrics.txt:\n")
                .contains("store.json:\n", "decisions.json:\n", "dead-letters.json:\n");
    }

    @Test
    void aPluginThatDoesNotRunIsReportedWithoutItsPages() throws IOException {
        Path bundle = folder.resolve("support.zip");

        Terminal.Result result = run("http://127.0.0.1:1", folder, bundle);

        assertThat(result.code()).isZero();
        assertThat(result.err())
                .contains("without settings.json: " + folder.resolve("ci-notify.yaml") + " does not exist\n")
                .contains("without health.json: 127.0.0.1:1 cannot be reached", "without metrics.txt: ");
        assertThat(content(bundle)).contains("\"schema\":").doesNotContain("settings.json");

        Terminal.Result again = run("http://127.0.0.1:1", folder, bundle);
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains(bundle + " exists; name a new file\n");
        assertThat(run("canary", folder, folder.resolve("other")).err())
                .startsWith("--health-url is no URL of a plugin; write http://127.0.0.1:8081\n");
    }

    private void giveUp() {
        OutgoingMessage content = new NotificationBuilder("canary").opened(NOON);
        database.store().inTransaction(transaction -> {
            transaction
                    .messages()
                    .add(content, List.of(new MessageTable.Entry("slack", "#canary", MessageForm.SEND, NOON)), NOON);
            transaction.rateLimits().admit(content.id(), NOON);
            transaction
                    .outbox()
                    .get(new MessageThread.Key("slack", "#canary", "canary"), NOON)
                    .rows()
                    .forEach(row -> transaction
                            .outbox()
                            .apply(row.sequence(), OutboxEvent.GIVEN_UP, null, "POST /canary: 403, canary", NOON));
            return true;
        });
    }
}
