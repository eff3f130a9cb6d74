// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.slack;

import static io.kubevirt.cinotify.notify.slack.SlackChannelFixture.addressed;
import static io.kubevirt.cinotify.notify.slack.SlackChannelFixture.person;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.FakeSlackSocket;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.notify.IncidentActionSink;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Buttons, from Socket Mode to the incident action. */
class SlackSocketTest {

    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final ActionButtons BUTTONS = new ActionButtons(Duration.ofHours(4));

    @TempDir
    Path folder;

    private final BlockingQueue<IncidentAction> actions = new LinkedBlockingQueue<>();
    private FakeSlackSocket other;
    private SlackChannelFixture fixture;
    private SlackSocket socket;
    private Path token;

    @BeforeEach
    void open() throws IOException {
        other = new FakeSlackSocket();
        fixture = new SlackChannelFixture(folder, null, BUTTONS);
        fixture.slack.socket(other.address());
        fixture.people = List.of(person("dhiller", "U0MEMBER"));
        token = Files.writeString(folder.resolve("app-token"), "xapp-1");
        socket = socket(this::accept);
    }

    @AfterEach
    void close() throws InterruptedException {
        socket.close();
        other.close();
        fixture.close();
    }

    private Optional<String> accept(IncidentAction action) {
        actions.add(action);
        return Optional.empty();
    }

    private SlackSocket socket(IncidentActionSink actions) {
        return new SlackSocket(
                fixture.api,
                new SecretFile(token),
                new BlockActionHandler(fixture.api, fixture::context, BUTTONS, actions, () -> NOW));
    }

    private static String press(String action, String user, String more) {
        return """
            {"type":"block_actions","user":{"id":"%s"},"channel":{"id":"C00000002"},
             "actions":[{"action_id":"%s","block_id":"ci_notify:inc-4f1c"%s}]}\
            """.formatted(user, action, more);
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
                .contains("Snooze 4 h")
                .contains("Not ours")
                .contains("\"value\":\"prow\"")
                .doesNotContain("\"value\":\"sig-support\"");

        fixture.channel.edit(addressed(NotificationKind.RESOLVED), root);
        assertThat(fixture.slack.messages().getFirst().blocks().toString()).doesNotContain("Acknowledge");
    }

    @Test
    void aMemberAcknowledges() throws InterruptedException {
        String answer = pressed("e1", press("acknowledge", "U0MEMBER", ""));

        assertThat(answer).contains("\"envelope_id\":\"e1\"");
        assertThat(actions).containsExactly(new IncidentAction.Acknowledge("inc-4f1c", "dhiller"));
        assertThat(socket.problem()).isEmpty();
    }

    @Test
    void aMemberSnoozes() throws InterruptedException {
        pressed("e1", press("snooze", "U0MEMBER", ""));

        assertThat(actions)
                .containsExactly(new IncidentAction.Snooze("inc-4f1c", "dhiller", NOW.plus(Duration.ofHours(4))));
    }

    @Test
    void aMemberReassignsAnIncident() throws InterruptedException {
        pressed("e1", press("not_ours", "U0MEMBER", ",\"selected_option\":{\"value\":\"prow\"}"));

        assertThat(actions).containsExactly(new IncidentAction.Reassign("inc-4f1c", "dhiller", null, "prow"));
    }

    @Test
    void aUserWhoIsNotInTheRosterGetsAnExplanationAndChangesNothing() throws InterruptedException {
        pressed("e1", press("acknowledge", "U0STRANGER", ""));

        assertThat(actions).isEmpty();
        assertThat(ephemeral()).contains("user=U0STRANGER");
    }

    @Test
    void anActionThatChangesNothingIsAnsweredWithTheReason() throws InterruptedException {
        socket = socket(action -> Optional.of("the incident is already resolved"));

        assertThat(pressed("e1", press("acknowledge", "U0MEMBER", ""))).contains("e1");

        assertThat(URLDecoder.decode(ephemeral(), StandardCharsets.UTF_8))
                .contains("user=U0MEMBER", "Nothing was changed: the incident is already resolved.");
    }

    private String ephemeral() {
        return fixture.slack.server().requests().stream()
                .filter(request -> request.path().endsWith("chat.postEphemeral"))
                .findFirst()
                .orElseThrow()
                .body();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"type\":\"block_actions\",\"user\":{\"id\":\"U0MEMBER\"},\"actions\":[]}",
                "{\"type\":\"block_actions\",\"user\":{\"id\":\"U0MEMBER\"},\"actions\":[{\"action_id\":\"acknowledge\",\"block_id\":\"other\"}]}",
                "{\"type\":\"block_actions\",\"user\":{\"id\":\"U0MEMBER\"},\"actions\":[{\"action_id\":\"delete\",\"block_id\":\"ci_notify:x\"}]}",
                "{\"type\":\"view_submission\",\"user\":{\"id\":\"U0MEMBER\"}}"
            })
    void aForeignButtonIsIgnored(String payload) throws InterruptedException {
        assertThat(pressed("e1", payload)).contains("e1");
        assertThat(actions).isEmpty();
    }

    @Test
    void anActionThatIsLostIsNotAcknowledged() throws InterruptedException {
        socket = socket(action -> {
            if (action instanceof IncidentAction.Snooze) {
                throw new IllegalStateException("the store is away");
            }
            return accept(action);
        });
        socket.refresh();
        other.awaitClient();

        other.send("first", press("snooze", "U0MEMBER", ""));
        other.send("second", press("acknowledge", "U0MEMBER", ""));

        assertThat(other.answer()).contains("second");
        assertThat(other.answersWaiting()).isZero();
        assertThat(actions).containsExactly(new IncidentAction.Acknowledge("inc-4f1c", "dhiller"));
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
        other.send("e1", press("acknowledge", "U0MEMBER", ""));

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
}
