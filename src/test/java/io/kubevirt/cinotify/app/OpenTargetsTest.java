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
package io.kubevirt.cinotify.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.FakeSlack;
import io.kubevirt.cinotify.fixture.VirtualTime;
import io.kubevirt.cinotify.incident.policy.MessageKind;
import io.kubevirt.cinotify.notice.Channel;
import io.kubevirt.cinotify.notice.Content;
import io.kubevirt.cinotify.notice.Receipt;
import io.kubevirt.cinotify.notice.Requests;
import io.kubevirt.cinotify.notice.Saying;
import io.kubevirt.cinotify.notice.template.ExampleMessages;
import io.kubevirt.cinotify.settings.SettingsFolder;
import io.kubevirt.cinotify.settings.SettingsLoader;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which channels a deployment has. */
class OpenTargetsTest {

    private static final Saying OPENED = new Saying(
            "slack", "ci-alerts", new Content.IncidentNews(ExampleMessages.full(MessageKind.OPENED), List.of()));

    @TempDir
    private Path folder;

    private final FakeSlack slack = new FakeSlack().channel("ci-alerts");
    private SettingsFolder settings;

    @BeforeEach
    void write() throws IOException {
        settings = SettingsFolder.in(folder.resolve("config"));
        Files.writeString(folder.resolve("token"), FakeSlack.TOKEN);
    }

    @AfterEach
    void close() {
        slack.close();
    }

    private void add(String sections) throws IOException {
        settings.write(
                SettingsLoader.FILE, Files.readString(settings.path().resolve(SettingsLoader.FILE)) + "\n" + sections);
    }

    private OpenTargets open(boolean dryRun, boolean withToken, @Nullable Requests requests) throws Exception {
        Map<String, String> properties = new HashMap<>();
        properties.put("ci-notify.config-dir", settings.path().toString());
        properties.put("ci-notify.dry-run", Boolean.toString(dryRun));
        properties.put("ci-notify.slack-endpoint", slack.endpoint().toString());
        if (withToken) {
            properties.put("ci-notify.slack-token-file", folder.resolve("token").toString());
        }
        Deployment deployment = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(Deployment.class)
                .withSources(new PropertiesConfigSource(properties, "test", 1))
                .build()
                .getConfigMapping(Deployment.class);
        LiveSettings live = new LiveSettings(new SettingsLoader(settings.path(), null), new VirtualTime());
        return OpenTargets.of(deployment, live, new VirtualTime(), requests);
    }

    @Test
    void onlyWhatIsSpokenOfIsOpen() throws Exception {
        try (OpenTargets targets = open(false, false, null)) {
            assertThat(targets.channels()).extracting(Channel::name).containsExactly("webhook");
        }
        add("""
                slack: {channel: ci-alerts}
                jira: {url: "https://jira.example.org", tokenFile: t, areas: {operations: {project: CI}}}
                """);
        try (OpenTargets targets = open(false, true, null)) {
            assertThat(targets.channels()).extracting(Channel::name).containsExactly("slack", "webhook", "jira");
        }
    }

    @Test
    void slackIsWrittenToUnlessTheRunIsDry() throws Exception {
        add("slack: {channel: ci-alerts}");
        try (OpenTargets dry = open(true, true, null)) {
            assertThat(dry.channels().getFirst().post(OPENED)).isInstanceOf(Receipt.Written.class);
            assertThat(slack.server().requests()).isEmpty();
        }
        try (OpenTargets real = open(false, true, null)) {
            assertThat(real.channels().getFirst().post(OPENED)).isInstanceOf(Receipt.Written.class);
            assertThat(slack.messages()).hasSize(1);
        }
    }

    @Test
    void buttonsNeedSomebodyWhoTakesRequests() throws Exception {
        add("slack: {channel: ci-alerts, buttons: {appTokenFile: app-token}}");
        try (OpenTargets without = open(false, true, null)) {
            without.channels().getFirst().post(OPENED);
            assertThat(without.socket()).isEmpty();
            assertThat(slack.messages().getLast().blocks().toString()).doesNotContain("Acknowledge");
        }
        try (OpenTargets with = open(false, true, command -> {})) {
            with.channels().getFirst().post(OPENED);
            assertThat(with.socket()).isPresent();
            assertThat(slack.messages().getLast().blocks().toString()).contains("Acknowledge");
        }
        try (OpenTargets dry = open(true, true, command -> {})) {
            assertThat(dry.socket()).isEmpty();
        }
    }
}
