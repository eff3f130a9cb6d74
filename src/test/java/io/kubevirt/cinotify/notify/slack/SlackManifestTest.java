// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.fixture.FakeSlack;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.notify.SendResult;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The app in manifests/slack has what the code uses, and a token without it is named. */
class SlackManifestTest {

    @TempDir
    private Path folder;

    @Test
    void theManifestHasTheScopesAndEventsThatTheCodeUses() throws Exception {
        JsonNode app = YamlDocument.parse("app.yaml", Files.readString(Path.of("manifests/slack/app.yaml")))
                .root();

        List<String> scopes = new ArrayList<>();
        app.at("/oauth_config/scopes/bot").forEach(scope -> scopes.add(scope.asText()));
        assertThat(scopes).containsExactlyElementsOf(SlackScopes.uses().keySet());
        assertThat(app.at("/settings/event_subscriptions/bot_events")).hasToString("[\"app_home_opened\"]");
        assertThat(app.at("/features/slash_commands/0/command").asText()).isEqualTo("/ci-notify");
        assertThat(app.at("/features/app_home/home_tab_enabled").asBoolean()).isTrue();
        assertThat(app.at("/features/app_home/messages_tab_enabled").asBoolean())
                .as("direct messages")
                .isTrue();
        assertThat(app.at("/settings/interactivity/is_enabled").asBoolean()).isTrue();
        assertThat(app.at("/display_information/name").asText()).hasSizeLessThanOrEqualTo(35);
        assertThat(app.at("/display_information/description").asText()).hasSizeLessThanOrEqualTo(140);
    }

    @Test
    void aMissingScopeIsNamed() throws Exception {
        try (FakeSlack slack = new FakeSlack().channel("ci-alerts")) {
            SlackApi api = new SlackApi(
                    slack.endpoint(),
                    new SecretFile(Files.writeString(folder.resolve("token"), FakeSlack.TOKEN)),
                    Duration.ofMinutes(1));
            assertThat(SlackScopes.missing(api)).isEmpty();

            slack.scopes("channels:history,channels:read,groups:history,im:history,im:write");
            assertThat(SlackScopes.missing(api)).containsExactly("chat:write", "commands");
        }
        try (SlackChannelFixture fixture = new SlackChannelFixture(folder)) {
            fixture.slack.scopes("commands");
            assertThat(fixture.channel.post(SlackChannelFixture.addressed(NotificationKind.OPENED)))
                    .isInstanceOfSatisfying(SendResult.RetryLater.class, later -> assertThat(later.reason())
                            .contains("lacks the scope chat:write (it has commands)", "reinstall the app"));
        }
    }
}
