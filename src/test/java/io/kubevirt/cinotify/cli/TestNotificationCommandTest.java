// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.config.ConfigFixture;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.fixture.FakeSlack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One message through the real channel, and what became of it. */
class TestNotificationCommandTest {

    @TempDir
    private Path folder;

    private final FakeSlack slack = new FakeSlack().channel("ci-alerts").channel("old", "is_archived", false);
    private ConfigFixture config;

    @BeforeEach
    void write() throws IOException {
        config = ConfigFixture.in(folder.resolve("config"));
        Files.writeString(folder.resolve("token"), FakeSlack.TOKEN);
        config.write(
                ConfigLoader.FILE,
                Files.readString(config.path().resolve(ConfigLoader.FILE)) + "\nslack: {channel: ci-alerts}\n");
    }

    @AfterEach
    void close() {
        slack.close();
    }

    private Terminal.Result send(String... arguments) {
        String[] all = new String[arguments.length + 4];
        all[0] = "test-notification";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = "--config=" + config.path();
        all[arguments.length + 2] = "--slack-endpoint=" + slack.endpoint();
        all[arguments.length + 3] = "--slack-token-file=" + folder.resolve("token");
        return Terminal.run(all);
    }

    @Test
    void oneMarkedMessageIsVisible() {
        Terminal.Result result = send("slack");

        assertThat(result.code()).isZero();
        assertThat(slack.messages()).singleElement().satisfies(message -> assertThat(message.text())
                .isEqualTo("TEST: a test notification of ci-notify"));
        assertThat(result.out())
                .contains("sent to slack ci-alerts: it is visible as " + slack.idOf("ci-alerts") + "/"
                        + slack.messages().getFirst().ts());
    }

    @Test
    void aMissingScopeAndAnArchivedChannelAreNamed() {
        slack.scopes("chat:write,commands");

        Terminal.Result result = send("slack", "--destination=old");

        assertThat(result.code()).isEqualTo(1);
        assertThat(String.join("\n", result.problems()))
                .contains("lacks channels:history, channels:read, groups:history, im:history, im:write")
                .contains("not sent to slack old: the channel old is archived: unarchive it, or configure another one");
        assertThat(slack.messages()).isEmpty();
    }

    @Test
    void aRevokedTokenIsTriedOnce() {
        slack.rotate("xoxb-after-the-rotation");

        Terminal.Result result = send("slack");

        assertThat(result.code()).isEqualTo(1);
        assertThat(String.join("\n", result.problems())).contains("not sent to slack ci-alerts", "rejects the token");
        assertThat(slack.server().requests())
                .filteredOn(request -> request.path().endsWith("chat.postMessage"))
                .hasSize(1);
    }

    @Test
    void aChannelThatIsNotOpenIsNamedWithTheOpenOnes() {
        Terminal.Result result = send("jira");

        assertThat(result.code()).isEqualTo(1);
        assertThat(String.join("\n", result.problems())).contains("jira is not open; use one of console, slack");
    }
}
