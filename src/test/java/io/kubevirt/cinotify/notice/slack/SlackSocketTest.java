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
package io.kubevirt.cinotify.notice.slack;

import static io.kubevirt.cinotify.notice.slack.SlackBench.person;
import static io.kubevirt.cinotify.notice.slack.SlackBench.saying;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.FakeSlackSocket;
import io.kubevirt.cinotify.incident.policy.Command;
import io.kubevirt.cinotify.incident.policy.MessageKind;
import io.kubevirt.cinotify.notice.Requests;
import io.kubevirt.cinotify.notice.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Buttons, from Slack's socket to the wish that the core gets. */
class SlackSocketTest {

    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final ButtonRow ROW = new ButtonRow(Duration.ofHours(4));

    @TempDir
    Path folder;

    private final BlockingQueue<Command> wishes = new LinkedBlockingQueue<>();
    private FakeSlackSocket other;
    private SlackBench bench;
    private SlackSocket socket;
    private Path token;

    @BeforeEach
    void open() throws IOException {
        other = new FakeSlackSocket();
        bench = new SlackBench(folder, null, ROW);
        bench.slack.socket(other.address());
        bench.people = List.of(person("dhiller", "U0MEMBER"));
        token = Files.writeString(folder.resolve("app-token"), "xapp-1");
        socket = socket(wishes::add);
    }

    @AfterEach
    void close() throws InterruptedException {
        socket.close();
        other.close();
        bench.close();
    }

    private SlackSocket socket(Requests requests) {
        return new SlackSocket(
                bench.api,
                new SecretFile(token),
                new ButtonPresses(bench.api, bench::directory, ROW, requests, () -> NOW));
    }

    private static String press(String action, String user, String more) {
        return """
                {"type":"block_actions","user":{"id":"%s"},"channel":{"id":"C00000002"},
                 "actions":[{"action_id":"%s","block_id":"ci_notify:inc-4f1c"%s}]}""".formatted(user, action, more);
    }

    private String pressed(String envelope, String payload) throws InterruptedException {
        socket.refresh();
        other.awaitClient();
        other.send(envelope, payload);
        return other.answer();
    }

    @Test
    void anOpenIncidentHasButtonsAndAClosedOneHasNone() {
        String root = bench.root();

        String blocks = bench.slack.messages().getFirst().blocks().toString();
        assertThat(blocks)
                .contains("\"block_id\":\"ci_notify:inc-4f1c\"")
                .contains("Acknowledge")
                .contains("Snooze 4 h")
                .contains("Not ours")
                .contains("\"value\":\"prow\"")
                .doesNotContain("\"value\":\"sig-support\"");

        bench.channel.edit(saying(MessageKind.RESOLVED), root);
        assertThat(bench.slack.messages().getFirst().blocks().toString()).doesNotContain("Acknowledge");
    }

    @Test
    void aMemberAcknowledges() throws InterruptedException {
        String answer = pressed("e1", press("acknowledge", "U0MEMBER", ""));

        assertThat(answer).contains("\"envelope_id\":\"e1\"");
        assertThat(wishes).containsExactly(new Command.Acknowledge("inc-4f1c", "dhiller"));
        assertThat(socket.trouble()).isEmpty();
    }

    @Test
    void aMemberSnoozes() throws InterruptedException {
        pressed("e1", press("snooze", "U0MEMBER", ""));

        assertThat(wishes).containsExactly(new Command.Snooze("inc-4f1c", "dhiller", NOW.plus(Duration.ofHours(4))));
    }

    @Test
    void aMemberGivesItToAnotherArea() throws InterruptedException {
        pressed("e1", press("not_ours", "U0MEMBER", ",\"selected_option\":{\"value\":\"prow\"}"));

        assertThat(wishes).containsExactly(new Command.Reassign("inc-4f1c", "dhiller", null, "prow"));
    }

    @Test
    void whomTheRosterDoesNotKnowIsToldAndAsksNothing() throws InterruptedException {
        pressed("e1", press("acknowledge", "U0STRANGER", ""));

        assertThat(wishes).isEmpty();
        assertThat(bench.slack.server().requests())
                .filteredOn(request -> request.path().endsWith("chat.postEphemeral"))
                .singleElement()
                .satisfies(request -> assertThat(request.body()).contains("user=U0STRANGER"));
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
    void whatIsNoButtonOfOursAsksNothing(String payload) throws InterruptedException {
        assertThat(pressed("e1", payload)).contains("e1");
        assertThat(wishes).isEmpty();
    }

    @Test
    void whatCannotBeKeptIsNotConfirmed() throws InterruptedException {
        socket = socket(wish -> {
            if (wish instanceof Command.Snooze) {
                throw new IllegalStateException("the store is away");
            }
            wishes.add(wish);
        });
        socket.refresh();
        other.awaitClient();

        other.send("first", press("snooze", "U0MEMBER", ""));
        other.send("second", press("acknowledge", "U0MEMBER", ""));

        assertThat(other.answer()).contains("second");
        assertThat(other.answersWaiting()).isZero();
        assertThat(wishes).containsExactly(new Command.Acknowledge("inc-4f1c", "dhiller"));
    }

    @Test
    void aRotatedTokenOpensAnotherSocket() throws IOException, InterruptedException {
        socket.refresh();
        other.awaitClient();
        Files.writeString(token, "xapp-2");

        socket.refresh();
        other.awaitClient();

        assertThat(bench.slack.server().requests())
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
    void aMissingTokenIsTroubleUntilItIsThere() throws IOException {
        Files.delete(token);
        socket.refresh();
        assertThat(socket.trouble())
                .hasValueSatisfying(problem -> assertThat(problem.toString()).contains("there is no such file"));

        Files.writeString(token, "xapp-1");
        socket.refresh();
        assertThat(socket.trouble()).isEmpty();
    }
}
