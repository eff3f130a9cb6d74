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
package io.kubevirt.cinotify.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.incident.policy.MessageKind;
import io.kubevirt.cinotify.notice.SecretFile;
import io.kubevirt.cinotify.notice.jira.JiraSite;
import io.kubevirt.cinotify.notice.slack.SlackPlaces;
import io.kubevirt.cinotify.notice.webhook.WebhookTarget;
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
class TargetsReaderTest {

    @TempDir
    private Path folder;

    private SettingsFolder with(String sections) throws IOException {
        SettingsFolder settings = SettingsFolder.in(folder.resolve("config"));
        settings.write(
                SettingsLoader.FILE, Files.readString(settings.path().resolve(SettingsLoader.FILE)) + "\n" + sections);
        return settings;
    }

    private Targets load(String sections) throws Exception {
        return new SettingsLoader(with(sections).path(), null).load().targets();
    }

    @Test
    void nobodyHasToUseThem() throws Exception {
        assertThat(load("")).isEqualTo(new Targets(null, null, List.of(), null));
    }

    @Test
    void slackIsRead() throws Exception {
        Targets targets = load("""
                slack:
                  channel: ci-alerts
                  areas: {operations: C012AB3CD}
                  sigs: {network: none}
                  sigChannels: true
                  buttons: {appTokenFile: app-token}
                """);

        assertThat(targets.slack())
                .isEqualTo(new SlackPlaces(
                        "ci-alerts", Map.of("operations", "C012AB3CD"), Map.of("network", "none"), true));
        assertThat(targets.buttons())
                .isEqualTo(new Targets.Buttons(
                        new SecretFile(folder.resolve("config").resolve("app-token")), Duration.ofHours(4)));
    }

    @Test
    void webhooksAreRead() throws Exception {
        Targets targets = load("""
                webhooks:
                  board: {url: "https://board.example.org/in", secretFile: key, areas: [operations], kinds: [opened, resolved]}
                """);

        assertThat(targets.webhooks())
                .containsExactly(new WebhookTarget(
                        "board",
                        URI.create("https://board.example.org/in"),
                        new SecretFile(folder.resolve("config").resolve("key")),
                        Set.of("operations"),
                        Set.of(MessageKind.OPENED, MessageKind.RESOLVED)));
    }

    @Test
    void jiraIsRead() throws Exception {
        Targets targets = load("""
                jira:
                  url: https://jira.example.org
                  tokenFile: jira-token
                  areas:
                    operations: {project: CI, component: infra, labels: [ci]}
                  resolve: Close
                """);

        assertThat(targets.jira())
                .isEqualTo(new JiraSite(
                        URI.create("https://jira.example.org"),
                        new SecretFile(folder.resolve("config").resolve("jira-token")),
                        Map.of("operations", new JiraSite.Board("CI", "Task", "infra", List.of("ci"))),
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
    void eachSlipHasASentence(String section, String sentence) throws IOException {
        assertThat(with(section).problems()).singleElement().asString().contains(sentence);
    }
}
