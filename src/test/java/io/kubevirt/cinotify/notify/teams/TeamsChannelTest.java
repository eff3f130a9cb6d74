// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.teams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.fixture.FakeTeams;
import io.kubevirt.cinotify.fixture.Fault;
import io.kubevirt.cinotify.fixture.GuardedWrites;
import io.kubevirt.cinotify.http.BoundedHttpClient;
import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.ChannelContext;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.SendResult;
import io.kubevirt.cinotify.notify.template.Links;
import io.kubevirt.cinotify.notify.template.SampleMessages;
import io.kubevirt.cinotify.notify.template.Templates;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What people get in a channel of Teams. */
class TeamsChannelTest {
    @TempDir
    private Path folder;

    private final FakeTeams teams = new FakeTeams();
    private final BoundedHttpClient client = new BoundedHttpClient(Duration.ofMinutes(1));
    private Channel channel;

    @BeforeEach
    void open() throws IOException, InvalidConfigException {
        Files.writeString(folder.resolve("url"), teams.url() + "\n");
        Templates templates = Templates.open(TeamsCard.TEMPLATES, null);
        TeamsConfig config = new TeamsConfig("url", Map.of("prow", "other-url"), null);
        channel = config.open(new ChannelContext(client, folder, set -> templates, Links::none, () -> List.of(config)));
    }

    @AfterEach
    void close() {
        client.close();
        teams.close();
    }

    private static AddressedMessage addressed(NotificationKind kind) {
        return new AddressedMessage(
                "teams", "default", new OutgoingMessage.IncidentMessage(SampleMessages.full(kind), List.of("because")));
    }

    @Test
    void aNotificationIsACardWithLinks() {
        assertThat(channel.post(addressed(NotificationKind.OPENED))).isInstanceOf(SendResult.Sent.class);

        JsonNode body = teams.cards().getFirst().path("body");
        assertThat(body.at("/0/inlines/0/text").asText())
                .isEqualTo("sig-net e2e (k8s 1.35, 1.36) broken: 3 PRs blocked");
        assertThat(body.findValuesAsText("url")).anyMatch(url -> url.startsWith("https://prow.example.org/"));
        assertThat(body.findValuesAsText("text"))
                .contains("run")
                .noneMatch(text -> text.matches(".*[\ue000-\ue002].*"));
        assertThat(body.findValuesAsText("type")).doesNotContain("TextBlock");
    }

    @ParameterizedTest
    @EnumSource(NotificationKind.class)
    void onlyWhatInterruptsSomebodyAndTheResolutionArePosted(NotificationKind kind) {
        assertThat(channel.destinations(addressed(kind).message()))
                .hasSize(kind.interrupts() || kind == NotificationKind.RESOLVED ? 1 : 0);
    }

    @Test
    void aWorkflowOfAnAreaHasItsOwnUrl() throws IOException {
        AddressedMessage prow = new AddressedMessage(
                "teams", "prow", addressed(NotificationKind.OPENED).message());

        assertThat(channel.post(prow).toString()).contains("other-url", "no such file", "DESTINATION");
        Files.writeString(folder.resolve("other-url"), "not a url");
        assertThat(channel.post(prow).toString()).contains("other-url does not contain the URL");
        assertThat(teams.cards()).isEmpty();
        assertThat(channel.audience("prow")).isEqualTo(Audience.PUBLIC);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        200 | <!DOCTYPE html><title>Sign in</title> | Unknown    | a web page
        202 | ''                                    | Sent       | ''
        301 | x                                     | RetryLater | put its URL into
        400 | WorkflowTriggerIsNotEnabled           | RetryLater | the workflow is on
        401 | s1gnature-of-the-flow                 | RetryLater | put its URL into
        404 | x                                     | RetryLater | its owner still exists
        413 | x                                     | Rejected   | shorten the template
        429 | x                                     | RetryLater | 429
        502 | x                                     | Unknown    | 502
        """)
    void eachResponseHasAResultAndAnExplanation(int status, String body, String state, String sentence) {
        teams.server().faults(request -> Optional.of(Fault.answers(status, body)));

        SendResult result = channel.post(addressed(NotificationKind.OPENED));

        assertThat(result.getClass().getSimpleName()).isEqualTo(state);
        assertThat(result.toString()).contains(sentence).doesNotContain(FakeTeams.SIGNATURE);
    }

    @Test
    void anUnknownOutcomeSaysSo() {
        teams.server().faults(request -> Optional.of(Fault.drops().afterwards()));

        assertThat(channel.post(addressed(NotificationKind.OPENED)).toString())
                .startsWith("Unknown")
                .contains("127.0.0.1")
                .doesNotContain(FakeTeams.SIGNATURE);
    }

    @Test
    void aLongTextIsCutToTheLimitOfTeams() {
        OutgoingMessage.TextMessage text = new OutgoingMessage.TextMessage(
                "week-10", "week", "teams", "default", "This week", "- \u4f60\u597d\n".repeat(9_000));

        assertThat(channel.destinations(text)).containsExactly("default");
        assertThat(channel.post(new AddressedMessage("teams", "default", text))).isInstanceOf(SendResult.Sent.class);
        assertThat(teams.cards()).hasSize(1);
        assertThat(teams.cards()
                        .getFirst()
                        .path("body")
                        .findValuesAsText("text")
                        .getLast())
                .isEqualTo("… (cut)");
    }

    @Test
    void aHandoffShowsWhatHappenedAndANoteNoEntities() {
        channel.post(addressed(NotificationKind.HANDOFF));
        channel.post(new AddressedMessage(
                "teams",
                "default",
                new OutgoingMessage.TextMessage("a", "a", "teams", "default", "t", "o/r#&#8203;1")));

        assertThat(teams.cards().getFirst().path("body").findValuesAsText("text"))
                .contains("- 7 red runs in all", "Failing: hotplug should attach a second NIC and 2 more");
        assertThat(teams.cards().getLast().path("body").findValuesAsText("text"))
                .containsExactly("t", "o/r#\u200b1");
    }

    @Test
    void untrustedTextIsNeitherALinkNorAMention() {
        JsonNode card = TeamsCard.message(
                "t",
                TeamsCard.TEMPLATES
                        .markup()
                        .text("<at>all</at> [a](https://evil.example) \ue000a\ue001https://b\ue002"));

        assertThat(card.toString())
                .doesNotContain("OpenUrl", "entities", "https://evil")
                .contains("<at>all</at> [a](https");
    }

    @Test
    void theGuardIsAskedBeforeEachWrite() {
        GuardedWrites.check(channel, addressed(NotificationKind.OPENED), () -> teams.server()
                .requests()
                .size());
    }
}
