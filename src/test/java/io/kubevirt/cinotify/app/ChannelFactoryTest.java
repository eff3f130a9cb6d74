// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.ConfigFixture;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.fixture.FakeSlack;
import io.kubevirt.cinotify.fixture.MemoryJournal;
import io.kubevirt.cinotify.fixture.VirtualTime;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.SendResult;
import io.kubevirt.cinotify.notify.template.SampleMessages;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which channels are open, by options and configuration. */
class ChannelFactoryTest {

    private static final AddressedMessage OPENED = new AddressedMessage(
            "slack",
            "ci-alerts",
            new OutgoingMessage.IncidentMessage(SampleMessages.full(NotificationKind.OPENED), List.of()));

    @TempDir
    private Path folder;

    private final FakeSlack slack = new FakeSlack().channel("ci-alerts");
    private ConfigFixture config;

    @BeforeEach
    void write() throws IOException {
        config = ConfigFixture.in(folder.resolve("config"));
        Files.writeString(folder.resolve("token"), FakeSlack.TOKEN);
    }

    @AfterEach
    void close() {
        slack.close();
    }

    private void add(String sections) throws IOException {
        config.write(ConfigLoader.FILE, Files.readString(config.path().resolve(ConfigLoader.FILE)) + "\n" + sections);
    }

    private ChannelFactory open(boolean dryRun, boolean withToken) throws Exception {
        Map<String, String> properties = new HashMap<>();
        properties.put("ci-notify.config-dir", config.path().toString());
        properties.put("ci-notify.dry-run", Boolean.toString(dryRun));
        properties.put("ci-notify.slack-endpoint", slack.endpoint().toString());
        if (withToken) {
            properties.put("ci-notify.slack-token-file", folder.resolve("token").toString());
        }
        ServeConfig serveConfig = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(ServeConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 1))
                .build()
                .getConfigMapping(ServeConfig.class);
        ConfigAgent configAgent = new ConfigAgent(new ConfigLoader(config.path(), null), new VirtualTime());
        return new ChannelFactory(serveConfig, configAgent, new VirtualTime(), new MemoryJournal());
    }

    @Test
    void theFactoryOpensOnlyConfiguredChannels() throws Exception {
        try (ChannelFactory channelFactory = open(false, false)) {
            assertThat(channelFactory.channels()).extracting(Channel::name).containsExactly("webhook");
        }
        add("""
            slack: {channel: ci-alerts}
            jira: {url: "https://jira.example.org", tokenFile: t, areas: {operations: {project: CI}}}
            """);
        try (ChannelFactory channelFactory = open(false, true)) {
            assertThat(channelFactory.channels()).extracting(Channel::name).containsExactly("slack", "webhook", "jira");
        }
    }

    @Test
    void aDryRunSendsNothingToSlack() throws Exception {
        add("slack: {channel: ci-alerts}");
        try (ChannelFactory dry = open(true, true)) {
            assertThat(dry.channels().getFirst().post(OPENED)).isInstanceOf(SendResult.Sent.class);
            assertThat(slack.server().requests()).isEmpty();
        }
        try (ChannelFactory real = open(false, true)) {
            assertThat(real.channels().getFirst().post(OPENED)).isInstanceOf(SendResult.Sent.class);
            assertThat(slack.messages()).hasSize(1);
        }
    }

    @Test
    void slackButtonsNeedAnAppToken() throws Exception {
        add("slack: {channel: ci-alerts}");
        try (ChannelFactory without = open(false, true)) {
            without.channels().getFirst().post(OPENED);
            assertThat(without.socket()).isEmpty();
            assertThat(slack.messages().getLast().blocks().toString()).doesNotContain("Acknowledge");
        }
        config.replace(
                ConfigLoader.FILE,
                "slack: {channel: ci-alerts}",
                "slack: {channel: ci-alerts, buttons: {appTokenFile: app-token}}");
        try (ChannelFactory with = open(false, true)) {
            with.channels().getFirst().post(OPENED);
            assertThat(with.socket()).isPresent();
            assertThat(slack.messages().getLast().blocks().toString()).contains("Acknowledge");
            assertThat(with.slackResponder()).isPresent();
            assertThat(with.slackHttp()).isEmpty();
        }
        config.replace(ConfigLoader.FILE, "appTokenFile: app-token", "signingSecretFile: signing-secret");
        try (ChannelFactory overHttp = open(false, true)) {
            assertThat(overHttp.socket()).isEmpty();
            assertThat(overHttp.slackHttp()).isPresent();
        }
        try (ChannelFactory dry = open(true, true)) {
            assertThat(dry.socket()).isEmpty();
        }
    }
}
