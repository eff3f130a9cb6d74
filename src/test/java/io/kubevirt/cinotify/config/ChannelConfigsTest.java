// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.notify.jira.JiraConfig;
import io.kubevirt.cinotify.notify.slack.SlackRouting;
import io.kubevirt.cinotify.notify.webhook.WebhookConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sections "slack", "webhooks" and "jira", added to good settings. */
class ChannelConfigsTest {

    @TempDir
    private Path folder;

    private ConfigFixture with(String sections) throws IOException {
        ConfigFixture settings = ConfigFixture.in(folder.resolve("config"));
        settings.write(
                ConfigLoader.FILE, Files.readString(settings.path().resolve(ConfigLoader.FILE)) + "\n" + sections);
        return settings;
    }

    private ChannelConfigs load(String sections) throws Exception {
        return new ConfigLoader(with(sections).path(), null).load().channels();
    }

    @Test
    void everyChannelIsOptional() throws Exception {
        assertThat(load("")).isEqualTo(new ChannelConfigs(null, null, List.of(), null));
    }

    @Test
    void slackIsRead() throws Exception {
        ChannelConfigs targets = load("""
                slack:
                  channel: ci-alerts
                  areas: {operations: C012AB3CD}
                  sigs: {network: none}
                  sigChannels: true
                  buttons: {appTokenFile: app-token}
                """);

        assertThat(targets.slack())
                .isEqualTo(new SlackRouting(
                        "ci-alerts", Map.of("operations", "C012AB3CD"), Map.of("network", "none"), true));
        assertThat(targets.buttons())
                .isEqualTo(new ChannelConfigs.Buttons(
                        new SecretFile(folder.resolve("config").resolve("app-token")), Duration.ofHours(4)));
    }

    @Test
    void webhooksAreRead() throws Exception {
        ChannelConfigs targets = load("""
                webhooks:
                  board: {url: "https://board.example.org/in", secretFile: key, areas: [operations], kinds: [opened, resolved]}
                """);

        assertThat(targets.webhooks())
                .containsExactly(new WebhookConfig(
                        "board",
                        URI.create("https://board.example.org/in"),
                        new SecretFile(folder.resolve("config").resolve("key")),
                        Set.of("operations"),
                        Set.of(NotificationKind.OPENED, NotificationKind.RESOLVED)));
    }

    @Test
    void jiraIsRead() throws Exception {
        ChannelConfigs targets = load("""
                jira:
                  url: https://jira.example.org
                  tokenFile: jira-token
                  areas:
                    operations: {project: CI, component: infra, labels: [ci]}
                  resolve: Close
                """);

        assertThat(targets.jira())
                .isEqualTo(new JiraConfig(
                        URI.create("https://jira.example.org"),
                        new SecretFile(folder.resolve("config").resolve("jira-token")),
                        Map.of("operations", new JiraConfig.Board("CI", "Task", "infra", List.of("ci"))),
                        "Close",
                        "Reopen"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            slack: {channel: '#ci'}                                       ; write it without #
            slack: {channel: CI alerts}                                   ; write it in lower case
            slack: {areas: {operations: x}}                                     ; "channel" is missing
            slack: {channel: ci, areas: {operation: x}}                       ; did you mean "operations"?
            slack: {channel: ci, sigs: {netwrk: x}}                       ; did you mean "network"?
            slack: {channel: ci, buttons: {appTokenFile: x, snooze: 0s}}  ; above zero
            slack: {channel: ci, buttons: {}}                             ; "appTokenFile" is missing
            slack: {chanel: ci, channel: ci}                              ; did you mean "channel"?
            webhooks: {a: {url: example.org}}                             ; write it with https://
            webhooks: {a: {url: 'https://a.b/', kinds: [opend]}}          ; did you mean "opened"?
            webhooks: {a: {url: 'https://a.b/', areas: [operation]}}          ; did you mean "operations"?
            jira: {url: 'https://a.b/', tokenFile: t, areas: {operations: {project: ci-1}}} ; no key of a Jira project
            jira: {url: 'https://a.b/', areas: {}}                        ; "tokenFile" is missing
            """)
    void everyProblemIsReported(String section, String sentence) throws IOException {
        assertThat(with(section).problems()).singleElement().asString().contains(sentence);
    }
}
