// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.slack;

import static io.kubevirt.cinotify.notify.slack.SlackChannelFixture.addressed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.kubevirt.cinotify.fixture.FakeSlack;
import io.kubevirt.cinotify.fixture.FakeSlackSocket;
import io.kubevirt.cinotify.fixture.MemoryJournal;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.incident.NotificationKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Buttons, the command and the Home tab, from Socket Mode to the journal. */
class SlackSocketTest {

    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final ActionButtons BUTTONS = new ActionButtons(Duration.ofHours(4));

    @TempDir
    Path folder;

    private final MemoryJournal journal = new MemoryJournal();
    private FakeSlackSocket other;
    private SlackChannelFixture fixture;
    private SlackSocket socket;
    private Path token;

    @BeforeEach
    void open() throws IOException {
        other = new FakeSlackSocket();
        fixture = new SlackChannelFixture(folder, null, BUTTONS);
        fixture.slack.socket(other.address());
        token = Files.writeString(folder.resolve("app-token"), "xapp-1");
        socket = new SlackSocket(
                fixture.api, new SecretFile(token), new SlackReceiver(journal, () -> NOW, BUTTONS.snooze()));
    }

    @AfterEach
    void close() throws InterruptedException {
        socket.close();
        other.close();
        fixture.close();
    }

    private static String press(String action, String more) {
        return """
            {"type":"block_actions","trigger_id":"1.2.3","user":{"id":"U0MEMBER","name":"secret-name"},
             "team":{"id":"T00000001"},"channel":{"id":"C00000002","name":"ci-alerts"},"token":"old-token",
             "response_url":"https://hooks.slack.com/actions/1",
             "actions":[{"action_id":"%s","block_id":"ci_notify:6c64f78b1d"%s}]}\
            """.formatted(action, more);
    }

    private List<SlackRequest> stored() {
        return journal.deliveries().stream()
                .map(delivery -> SlackRequest.parse(delivery.body()))
                .toList();
    }

    private String pressed(String envelope, String payload) throws InterruptedException {
        socket.refresh();
        other.awaitClient();
        other.send(envelope, payload);
        return other.answer();
    }

    @Test
    void anOpenIncidentHasButtonsAndAClosedOneHasNone() {
        String root = fixture.root();

        String blocks = fixture.slack.messages().getFirst().blocks().toString();
        assertThat(blocks)
                .contains("\"block_id\":\"ci_notify:inc-4f1c\"")
                .contains("Acknowledge")
                .contains("Snooze …", "\"value\":\"240m\"", "\"value\":\"tomorrow\"", "\"value\":\"monday\"")
                .contains("Not ours", "\"value\":\"prow\"")
                .contains("Resolve");

        fixture.channel.edit(addressed(NotificationKind.RESOLVED), root);
        assertThat(fixture.slack.messages().getFirst().blocks().toString()).doesNotContain("Acknowledge");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "acknowledge | '' | ack  6c64f78b1d",
                "resolve | '' | resolve  6c64f78b1d",
                "wrong_cause | '' | wrong-cause  6c64f78b1d",
                "snooze | tomorrow | snooze tomorrow 6c64f78b1d",
                "snooze | '' | snooze 240m 6c64f78b1d",
                "not_ours | sig-network | not-ours sig-network 6c64f78b1d"
            })
    void aButtonIsStoredAsACommandAndThenAcknowledged(String action, String value, String command)
            throws InterruptedException {
        String option = value.isEmpty() ? "" : ",\"selected_option\":{\"value\":\"" + value + "\"}";

        assertThat(pressed("e1", press(action, option))).contains("\"envelope_id\":\"e1\"");

        assertThat(stored())
                .containsExactly(new SlackRequest(
                        "1.2.3",
                        "T00000001",
                        "U0MEMBER",
                        "C00000002",
                        "ci-alerts",
                        command,
                        "https://hooks.slack.com/actions/1"));
        assertThat(new String(journal.deliveries().getFirst().body(), StandardCharsets.UTF_8))
                .doesNotContain("secret-name", "old-token");
        assertThat(socket.problem()).isEmpty();
    }

    @Test
    void theCommandAndTheHomeTabAreStored() throws InterruptedException {
        socket.refresh();
        other.awaitClient();
        other.send("slash_commands", "e1", """
            {"command":"/ci-notify","text":"who prow","user_id":"U0MEMBER","team_id":"T00000001",
             "channel_id":"C00000002","channel_name":"ci-alerts","trigger_id":"2.1"}""");
        other.send("events_api", "e2", """
            {"team_id":"T00000001","event_id":"Ev1",
             "event":{"type":"app_home_opened","user":"U0MEMBER","channel":"D1","tab":"home"}}""");

        assertAnswers("e1", "e2");
        assertThat(stored())
                .extracting(SlackRequest::id, SlackRequest::text)
                .containsExactlyInAnyOrder(tuple("2.1", "who prow"), tuple("Ev1", null));
    }

    @Test
    void aPayloadThatSlackSendsAgainIsStoredOnce() throws InterruptedException {
        pressed("e1", press("acknowledge", ""));
        other.send("e2", press("acknowledge", ""));

        assertThat(other.answer()).contains("e2");
        assertThat(stored()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"type\":\"block_actions\",\"trigger_id\":\"1\",\"user\":{\"id\":\"U0MEMBER\"},\"actions\":[]}",
                "{\"type\":\"block_actions\",\"trigger_id\":\"1\",\"user\":{\"id\":\"U0MEMBER\"},\"actions\":[{\"action_id\":\"acknowledge\",\"block_id\":\"other\"}]}",
                "{\"type\":\"block_actions\",\"trigger_id\":\"1\",\"user\":{\"id\":\"U0MEMBER\"},\"actions\":[{\"action_id\":\"delete\",\"block_id\":\"ci_notify:x\"}]}",
                "{\"type\":\"view_submission\",\"user\":{\"id\":\"U0MEMBER\"}}"
            })
    void aForeignButtonIsIgnored(String payload) throws InterruptedException {
        assertThat(pressed("e1", payload)).contains("e1");
        assertThat(stored()).isEmpty();
    }

    @Test
    void aButtonThatIsNotStoredIsNotAcknowledged() throws InterruptedException {
        journal.becomeUnavailableAfter(0);
        socket.refresh();
        other.awaitClient();

        other.send("first", press("snooze", ""));
        other.send("second", "{}");
        other.send("third", "{}");

        assertAnswers("second", "third");
        assertThat(other.answersWaiting()).isZero();
    }

    @Test
    void aRotatedTokenOpensAnotherSocket() throws IOException, InterruptedException {
        socket.refresh();
        other.awaitClient();
        Files.writeString(token, "xapp-2");

        socket.refresh();
        other.awaitClient();

        assertThat(fixture.slack.server().requests())
                .filteredOn(request -> request.path().endsWith("apps.connections.open"))
                .extracting(request -> request.headers().getFirst("Authorization"))
                .containsExactly("Bearer xapp-1", "Bearer xapp-2");
    }

    @Test
    void aDeadSocketIsOpenedAgain() throws InterruptedException {
        socket.refresh();
        other.awaitClient();
        other.drop();

        socket.refresh();
        other.awaitClient();
        other.send("e1", press("acknowledge", ""));

        assertThat(other.answer()).contains("e1");
    }

    @Test
    void aMissingTokenIsReportedUntilItExists() throws IOException {
        Files.delete(token);
        socket.refresh();
        assertThat(socket.problem())
                .hasValueSatisfying(problem -> assertThat(problem.toString()).contains("there is no such file"));

        Files.writeString(token, "xapp-1");
        socket.refresh();
        assertThat(socket.problem()).isEmpty();
    }

    @Test
    void aRevokedBotTokenAndMissingScopesAreReportedUntilTheyAreFixed() {
        fixture.slack.rotate("xoxb-other");
        socket.refresh();
        socket.refresh();
        assertThat(problem()).contains("Slack rejects the token (invalid_auth)");

        fixture.slack.rotate(FakeSlack.TOKEN);
        fixture.slack.scopes("chat:write,channels:read,channels:history,groups:history,im:history");
        socket.refresh();
        assertThat(problem()).contains("the bot token lacks commands, im:write: reinstall the app");

        fixture.slack.scopes("chat:write,channels:read,channels:history,groups:history,im:history,im:write,commands");
        socket.refresh();
        assertThat(problem()).isEmpty();
    }

    private void assertAnswers(String one, String two) throws InterruptedException {
        assertThat(List.of(other.answer(), other.answer()))
                .satisfiesExactlyInAnyOrder(answer -> assertThat(answer).contains(one), answer -> assertThat(answer)
                        .contains(two));
    }

    private String problem() {
        return socket.problem().map(Object::toString).orElse("");
    }
}
