// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.notify.jira.JiraConfig;
import io.kubevirt.cinotify.notify.slack.SlackConfig;
import io.kubevirt.cinotify.notify.webhook.WebhookConfig;
import io.kubevirt.cinotify.prow.Visibility;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The blocks of the channels, added to good settings. */
class ChannelConfigsTest {

    @TempDir
    private Path folder;

    private ConfigFixture with(String sections) throws IOException {
        ConfigFixture settings = ConfigFixture.in(folder.resolve("config"));
        settings.write(
                ConfigLoader.FILE, Files.readString(settings.path().resolve(ConfigLoader.FILE)) + "\n" + sections);
        return settings;
    }

    private ConfigFile load(String sections) throws Exception {
        return new ConfigLoader(with(sections).path(), null).load().file();
    }

    @Test
    void everyChannelIsOptional() throws Exception {
        ConfigFile file = load("");

        assertThat(file.channels()).containsExactly(new WebhookConfig.All(Map.of()));
        assertThat(file.slack()).isNull();
    }

    @Test
    void slackIsRead() throws Exception {
        ConfigFile file = load("""
            slack:
              channel: ci-alerts
              areas: {operations: C012AB3CD}
              sigs: {network: none}
              sigChannels: true
              buttons: {appTokenFile: app-token}
            """);

        assertThat(file.slack())
                .isEqualTo(new SlackConfig(
                        "ci-alerts",
                        Map.of("operations", "C012AB3CD"),
                        Map.of("network", "none"),
                        true,
                        null,
                        new SlackConfig.Buttons("app-token", null, Duration.ofHours(4))));
    }

    @Test
    void webhooksAreRead() throws Exception {
        ConfigFile file = load("""
            webhooks:
              board: {url: "https://board.example.org/in", secretFile: key, areas: [operations], kinds: [opened, resolved]}
            """);

        assertThat(file.webhooks())
                .containsExactly(Map.entry(
                        "board",
                        new WebhookConfig(
                                "https://board.example.org/in",
                                "key",
                                List.of("operations"),
                                List.of(NotificationKind.OPENED, NotificationKind.RESOLVED))));
    }

    @Test
    void jiraIsRead() throws Exception {
        ConfigFile file = load("""
            jira:
              url: https://jira.example.org
              tokenFile: jira-token
              areas:
                operations: {project: CI, component: infra, labels: [ci]}
              resolve: Close
            """);

        assertThat(file.jira())
                .isEqualTo(new JiraConfig(
                        "https://jira.example.org",
                        "jira-token",
                        null,
                        Map.of("operations", new JiraConfig.Board("CI", "Task", "infra", List.of("ci"))),
                        "Close",
                        "Reopen",
                        Visibility.PUBLIC));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        slack: {channel: '#ci'}                                       ; omit the #
        slack: {channel: CI alerts}                                   ; use lower case
        slack: {areas: {operations: x}}                                     ; "channel" is missing
        slack: {channel: ci, areas: {operation: x}}                       ; did you mean "operations"?
        slack: {channel: ci, sigs: {netwrk: x}}                       ; did you mean "network"?
        slack: {channel: ci, buttons: {appTokenFile: x, snooze: 0s}}  ; longer than 0s
        slack: {channel: ci, buttons: {}}                             ; nothing receives the buttons
        slack: {chanel: ci, channel: ci}                              ; did you mean "channel"?
        webhooks: {a: {url: example.org}}                             ; start it with https://
        webhooks: {a: {url: 'https://a.b/', kinds: [opend]}}          ; did you mean "opened"?
        webhooks: {a: {url: 'https://a.b/', areas: [operation]}}          ; did you mean "operations"?
        jira: {url: 'https://a.b/', tokenFile: t, areas: {operations: {project: ci-1}}} ; not the key of a Jira project
        jira: {url: 'https://a.atlassian.net', tokenFile: t, areas: {operations: {project: CI}}} ; set jira.user
        jira: {url: 'https://a.b/', areas: {}}                        ; "tokenFile" is missing
        mattermost: {url: 'https://a.b/', tokenFile: t}               ; "channel" is missing
        mattermost: {url: a.b, tokenFile: t, channel: 4yb5cfrcwbrz3qcd8o8pkzu8uc} ; start it with https://
        mattermost: {url: 'https://a.b/', tokenFile: t, channel: ci}  ; copy the id from View Info
        mattermost: {url: 'https://a.b/', tokenFile: t, channel: 4yb5cfrcwbrz3qcd8o8pkzu8uc, areas: {operations: ci}} ; copy the id from View Info
        mattermost: {url: 'https://a.b/', tokenFile: t, channel: 4yb5cfrcwbrz3qcd8o8pkzu8uc, areas: {operation: 4yb5cfrcwbrz3qcd8o8pkzu8uc}} ; did you mean "operations"?
        mattermost: {url: 'https://a.b/', tokenFile: t, channel: 4yb5cfrcwbrz3qcd8o8pkzu8uc, people: {ada: here}} ; not a user name
        email: {from: a@b.org}                                        ; "smtp" is missing
        email: {smtp: {host: h}, from: a}                             ; write it as name@example.org
        email: {smtp: {host: h}, from: a@b.org, to: ['Ada <a@b.org>']}  ; write it as name@example.org
        email: {smtp: {host: h}, from: a@b.org, areas: {operation: []}} ; did you mean "operations"?
        email: {smtp: {host: h}, from: a@b.org, people: {ada: ada}}   ; write it as name@example.org
        email: {smtp: {host: h}, from: a@b.org, unsubscribe: x}       ; start it with https:// or mailto:
        email: {smtp: {host: h, security: startls}, from: a@b.org}    ; did you mean "starttls"?
        email: {smtp: {host: h, user: u}, from: a@b.org}              ; set both, or none
        teams: {}                                                     ; "urlFile" is missing
        teams: {urlFile: u, areas: {operation: v}}                    ; did you mean "operations"?
        pagerduty: {}                                                 ; "routingKeyFile" is missing
        pagerduty: {routingKeyFile: k, url: a.b}                      ; start it with https://
        """)
    void everyProblemIsReported(String section, String sentence) throws IOException {
        assertThat(with(section).problems()).singleElement().asString().contains(sentence);
    }
}
