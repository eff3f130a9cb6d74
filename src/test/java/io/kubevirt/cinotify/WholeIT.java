// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.fixture.ArtifactTree;
import io.kubevirt.cinotify.fixture.CommentPayload;
import io.kubevirt.cinotify.fixture.FakeArtifactStore;
import io.kubevirt.cinotify.fixture.FakeGitHub;
import io.kubevirt.cinotify.fixture.FakeSlack;
import io.kubevirt.cinotify.fixture.FakeSlackSocket;
import io.kubevirt.cinotify.fixture.PluginProcess;
import io.kubevirt.cinotify.fixture.Preset;
import io.kubevirt.cinotify.fixture.PullPayload;
import io.kubevirt.cinotify.fixture.StatusPayload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The built program, not in dry-run: from what hook sends to what people read on Slack and GitHub. */
@Timeout(900)
class WholeIT {

    private static final Duration SOON = Duration.ofMinutes(3);

    private static final String KUBEVIRT = "kubevirt/kubevirt";
    private static final String INFRA = "kubevirt/project-infra";
    private static final String LANE = "pull-kubevirt-e2e-k8s-1.36-sig-network";
    private static final String POSTSUBMIT = "push-latest-project-infra-images";
    private static final String HEAD = "2f6f8ac9e2a5b2fb1c22d1d8f6a3b9f5b7f0a1c3";
    private static final int PULL = 14890;

    /** Of the group; primary for support and for Prow. */
    private static final String MEMBER = "dhiller";

    private static final String USER = "U0123456789";

    /** Each message contains the commands. */
    private static final Pattern BUTTONS = Pattern.compile("\"block_id\":\"ci_notify:(\\w+)\"");

    private final FakeSlack slack = new FakeSlack().channel("ci-alerts");
    private final FakeSlackSocket socket = new FakeSlackSocket();
    private final FakeGitHub github = new FakeGitHub();
    private final FakeArtifactStore artifacts = new FakeArtifactStore(StatusPayload.BUCKET);

    @TempDir
    private Path home;

    private int received;

    @BeforeEach
    void populate() {
        slack.socket(socket.address());
        github.world()
                .repository(INFRA, "prow", "area/prow", "kind/bug")
                .collaborator(INFRA, MEMBER)
                .collaborator(INFRA, "dollierp");
        github.world().repository(KUBEVIRT, "sig/network").member("kubevirt", "trusted-person");
        github.world().pull(KUBEVIRT, PULL, "pr-author", HEAD);
    }

    @AfterEach
    void close() throws InterruptedException {
        socket.close();
        slack.close();
        github.close();
        artifacts.close();
    }

    @Test
    void aBrokenLaneIsOneMessageUntilItsEnd() throws Exception {
        try (PluginProcess plugin = serve()) {
            for (int pull = 101; pull <= 103; pull++) {
                accepted(plugin, run("failure", "Job failed.", pull));
            }

            FakeSlack.Message root = onlyRoot();
            assertThat(root.channel()).isEqualTo("ci-alerts");
            assertThat(root.blocks().toString())
                    .contains("<@" + USER + ">", LANE, "3 runs failed")
                    .doesNotContain("*Failing:*");

            for (int pull = 101; pull <= 103; pull++) {
                artifacts.add(
                        "pr-logs/pull/kubevirt_kubevirt/" + pull + "/" + LANE + "/" + pull, ArtifactTree.TESTS.tree());
            }
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(onlyRoot().blocks().toString())
                            .contains("*Failing:*", "should reach a VM", "Timed out after 180.001s.")
                            .doesNotContain("rule failing-tests"));

            comment(plugin, MEMBER, "/ci-notify ack " + incident(root));
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(onlyRoot().blocks().toString()).contains("Acknowledged by "));
            assertThat(github.world().comments(KUBEVIRT, PULL)).singleElement().satisfies(text -> assertThat(text)
                    .contains("acknowledged"));

            for (int pull = 101; pull <= 103; pull++) {
                accepted(plugin, run("success", "Job succeeded.", pull));
            }
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(onlyRoot().text()).startsWith("Resolved: "));
            assertThat(onlyRoot().blocks().toString())
                    .contains("passing again since")
                    .doesNotContain("<@" + USER + ">");
            assertThat(github.world().issues(INFRA)).isEmpty();
            conserved(plugin);
        }
    }

    /** Slack repeats a press that nobody acknowledged, as after a kill. */
    @Test
    void aPressedButtonTakesEffectOnce() throws Exception {
        String press;
        try (PluginProcess plugin = serve()) {
            for (int pull = 101; pull <= 103; pull++) {
                accepted(plugin, run("failure", "Job failed.", pull));
            }
            FakeSlack.Message root = onlyRoot();
            press = press(USER, incident(root));
            socket.awaitClient();

            socket.send("e1", press("U0STRANGER", incident(root)));
            assertThat(socket.answer()).contains("e1");
            socket.send("e2", press);
            assertThat(socket.answer()).contains("e2");
            received += 2;

            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(onlyRoot().blocks().toString()).contains("Acknowledged by "));
            plugin.kill();
        }
        try (PluginProcess plugin = serve()) {
            socket.awaitClient();
            socket.send("e2", press);
            assertThat(socket.answer()).contains("e2");

            assertThat(plugin.outcomes().query("SELECT person FROM incident_event WHERE kind = 'acknowledged'").stream()
                            .map(row -> row.get("person")))
                    .containsExactly(MEMBER);
            conserved(plugin);
        }
    }

    private static String press(String user, String incident) {
        return """
            {"type": "block_actions", "trigger_id": "of %1$s", "user": {"id": "%1$s"}, "channel": {"id": "C00000001"},
             "actions": [{"action_id": "acknowledge", "block_id": "ci_notify:%2$s"}]}""".formatted(user, incident).replace("\n", "");
    }

    @Test
    void aFailedPostsubmitIsOneIssueUntilItSucceeds() throws Exception {
        try (PluginProcess plugin = serve()) {
            accepted(plugin, postsubmit("failure", "Job failed.", 1));

            await().atMost(SOON).untilAsserted(() -> assertThat(github.world().issues(INFRA))
                    .hasSize(1));
            ObjectNode issue = github.world().issues(INFRA).getFirst();
            assertThat(issue.path("state").asText()).isEqualTo("open");
            assertThat(issue.path("title").asText()).contains(POSTSUBMIT);
            assertThat(issue.path("labels").findValuesAsText("name")).containsExactlyInAnyOrder("prow", "area/prow");
            assertThat(issue.path("assignees").toString()).containsAnyOf(MEMBER, "dollierp");

            artifacts.add("logs/" + POSTSUBMIT + "/1", ArtifactTree.CACHE.tree());
            await().atMost(SOON).untilAsserted(() -> assertThat(
                            github.world().issues(INFRA).getFirst().path("body").asText())
                    .contains("Missing digest", "cache-lost"));

            received++;
            plugin.post(
                    "issue_comment",
                    CommentPayload.of("issue_comment", "/ci-notify ack")
                            .repository(INFRA)
                            .onIssue()
                            .number(issue.path("number").asInt())
                            .id(received)
                            .by(MEMBER, "User")
                            .bytes());
            await().atMost(SOON).untilAsserted(() -> assertThat(
                            github.world().issues(INFRA).getFirst().path("body").asText())
                    .contains("Acknowledged by "));

            accepted(plugin, postsubmit("success", "Job succeeded.", 2));
            await().atMost(SOON).untilAsserted(() -> assertThat(github.world().issues(INFRA))
                    .singleElement()
                    .satisfies(
                            closed -> assertThat(closed.path("state").asText()).isEqualTo("closed")));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(onlyRoot().text()).startsWith("Resolved: "));
            conserved(plugin);
        }
    }

    @Test
    void aQuestionIsAnsweredAndNotifiesTheResponsiblePerson() throws Exception {
        github.world().run(KUBEVIRT, PULL, HEAD, LANE, "failure");
        try (PluginProcess plugin = serve()) {
            comment(plugin, "trusted-person", "/ci-notify");

            await().atMost(SOON).untilAsserted(() -> assertThat(github.world().comments(KUBEVIRT, PULL))
                    .hasSize(2)
                    .anySatisfy(text -> assertThat(text).startsWith("@trusted-person: 1 required check is failing. "))
                    .anySatisfy(text ->
                            assertThat(text).contains("@" + MEMBER + " ").contains(LANE)));
            await().atMost(SOON).untilAsserted(() -> assertThat(github.world().reactions(KUBEVIRT))
                    .containsExactly("comments/1: eyes", "comments/1: +1"));
            assertThat(onlyRoot().blocks().toString()).contains(LANE);

            String delivery = comment(plugin, "trusted-person", "/lgtm");
            await().atMost(SOON).until(() -> plugin.outcomes().inProgress() == 0);
            assertThat(plugin.outcomes().entry(delivery).reason()).isEqualTo("no-command");
            conserved(plugin);
        }
    }

    @Test
    void aBumpWithoutWebhooksIsReadFromGitHub() throws Exception {
        github.world().repository("kubevirt/kubevirtci");
        PullPayload pull = github.world()
                .pull(new PullPayload(INFRA, 4711, now()).by("kubevirt-bot", "brand-new", "Do something new"));
        try (PluginProcess plugin = serve()) {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(onlyRoot().text()).contains("kubevirt/project-infra#4711"));
            assertThat(plugin.ready()).isEqualTo("OK");
            // What may have been written when it ends is looked for only some time after the next start.
            await().atMost(SOON).until(() -> plugin.outcomes()
                    .query("SELECT 1 FROM outbox WHERE state = 'sending'")
                    .isEmpty());
        }
        pull.closed(now());
        try (PluginProcess plugin = serve()) {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(onlyRoot().text()).startsWith("Resolved: "));
            conserved(plugin);
        }
    }

    private PluginProcess serve() throws IOException {
        PluginProcess plugin = PluginProcess.serve(
                home,
                "--dry-run=false",
                "--config=" + settings(),
                "--slack-endpoint=" + slack.endpoint(),
                "--slack-token-file=" + Files.writeString(home.resolve("slack"), FakeSlack.TOKEN),
                "--github-endpoint=" + github.address(),
                "--github-token-path=" + Files.writeString(home.resolve("github"), "good-token"),
                "--artifacts-endpoint=" + artifacts.address());
        plugin.waitReady();
        return plugin;
    }

    /** The preset without delays, with everybody always at work, and with Slack. */
    private Path settings() throws IOException {
        Path config = Preset.copyTo(home.resolve("config"), text -> text.replace("    time: 10m ", "    time: 0s ")
                .replaceAll("<td>(Mon-Fri|Sun-Thu)</td>", "<td>Mon-Sun</td>")
                .replace(
                        "  workingHours: 09:00-17:00\n",
                        "  workingHours: 00:00-24:00\n  members:\n    " + MEMBER + ": {slack: " + USER + "}\n")
                .replaceAll(
                        "(?m)^slack:\n  channel: \\S+",
                        "slack:\n  channel: ci-alerts\n  buttons: {appTokenFile: app-token}"));
        Files.writeString(config.resolve("app-token"), "xapp-1");
        return config;
    }

    private void accepted(PluginProcess plugin, byte[] status) {
        assertThat(plugin.post(status).status()).isEqualTo(200);
        received++;
    }

    /** Somebody comments on the pull request; returns the delivery. */
    private String comment(PluginProcess plugin, String login, String body) {
        received++;
        CommentPayload payload =
                CommentPayload.of("issue_comment", body).id(received).by(login, "User");
        return plugin.post("issue_comment", payload.bytes()).delivery();
    }

    private static byte[] run(String state, String description, int pull) {
        int build = state.equals("failure") ? pull : pull + 1_000;
        return StatusPayload.of(state, description)
                .job(LANE)
                .pull(pull)
                .build(build)
                .ended(now())
                .bytes();
    }

    private static byte[] postsubmit(String state, String description, int build) throws IOException {
        ObjectNode payload = StatusPayload.recorded("status-postsubmit-success.json")
                .put("state", state)
                .put("description", description)
                .put("created_at", now().toString())
                .put("updated_at", now().toString())
                .put(
                        "target_url",
                        "https://" + StatusPayload.HOST + "/view/gs/" + StatusPayload.BUCKET + "/logs/" + POSTSUBMIT
                                + "/" + build);
        return new ObjectMapper().writeValueAsBytes(payload);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    private FakeSlack.Message onlyRoot() {
        await().atMost(SOON).until(() -> !slack.roots().isEmpty());
        List<FakeSlack.Message> roots = slack.roots();
        assertThat(roots).extracting(FakeSlack.Message::text).hasSize(1);
        return roots.getFirst();
    }

    private static String incident(FakeSlack.Message root) {
        Matcher buttons = BUTTONS.matcher(root.blocks().toString());
        assertThat(buttons.find()).as("buttons in %s", root.blocks()).isTrue();
        return buttons.group(1);
    }

    private void conserved(PluginProcess plugin) {
        await().atMost(SOON).until(() -> plugin.outcomes().inProgress() == 0);
        plugin.outcomes().assertConserved(received);
        assertThat(plugin.errors()).noneMatch(line -> line.contains("\tat ") || line.contains("ERROR"));
    }
}
