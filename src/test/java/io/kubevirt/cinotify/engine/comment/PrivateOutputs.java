// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.comment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.kubevirt.cinotify.cli.Terminal;
import io.kubevirt.cinotify.digest.Digest;
import io.kubevirt.cinotify.digest.DigestPeriod;
import io.kubevirt.cinotify.digest.DigestSchedule.Subject;
import io.kubevirt.cinotify.engine.digest.DigestDataLoader;
import io.kubevirt.cinotify.engine.digest.DigestFactory;
import io.kubevirt.cinotify.engine.digest.DigestScheduler;
import io.kubevirt.cinotify.engine.digest.TestIssueScheduler;
import io.kubevirt.cinotify.fixture.CommentPayload;
import io.kubevirt.cinotify.fixture.FakeSlack;
import io.kubevirt.cinotify.fixture.FaultyServer;
import io.kubevirt.cinotify.github.GitHubConnection;
import io.kubevirt.cinotify.github.GitHubException;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.notify.slack.SlackApi;
import io.kubevirt.cinotify.notify.slack.SlackConfig;
import io.kubevirt.cinotify.notify.slack.SlackContext;
import io.kubevirt.cinotify.notify.slack.SlackRequest;
import io.kubevirt.cinotify.notify.slack.SlackResponder;
import io.kubevirt.cinotify.roster.MemberOverride;
import io.kubevirt.cinotify.roster.MemberOverrides;
import io.kubevirt.cinotify.roster.WorkingHours;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/** What people on Slack, on job configuration, in meetings and on a terminal see of a {@link PrivateLife}. */
final class PrivateOutputs {
    private static final String INFRA = "kubevirt/project-infra";
    private static final String JOB_FILE = "config/jobs/jobs.yaml";
    private static final String MEMBER = "U0MEMBER";
    private static final String STRANGER = "U0STRANGER";
    private static final List<String> TYPED = List.of(
            "status", "explain ID", "explain", "suggestions", "who", "ack ID", "ack", "not-ours network ID", "help");

    private final PrivateLife life;
    private final Path folder;

    PrivateOutputs(PrivateLife life, Path folder) {
        this.life = life;
        this.folder = folder;
    }

    /** A pull request to the job configuration gets a comment by itself. */
    String jobComment() {
        life.github.world().pull(INFRA, 55, "pr-author", "f00df00df00df00df00df00df00df00df00df00d");
        life.github.world().files(INFRA, "main", Map.of(JOB_FILE, "presubmits: {}\n"));
        life.github.world().files(INFRA, "f00df00df00df00df00df00df00df00df00df00d", Map.of(JOB_FILE, """
            presubmits:
              kubevirt/kubevirt:
              - {name: %s, always_run: true}
            """.formatted(
                        PrivateLife.PUBLIC_LANE)));
        life.happens(
                "pull_request",
                CommentPayload.of("pull_request", "")
                        .action("synchronize")
                        .repository(INFRA)
                        .number(55)
                        .bytes());
        life.pass(Duration.ofMinutes(1));
        return life.github.world().comments(INFRA, 55).toString();
    }

    /** What somebody without an entry in the roster gets for {@code /ci-notify}, for each command. */
    Map<String, String> slackForStrangers(String id) throws IOException {
        connectSlack();
        Map<String, String> answers = new LinkedHashMap<>();
        for (String command : TYPED) {
            answers.put(command, typed(STRANGER, command.replace("ID", id)));
            life.now = life.now.plus(Duration.ofMinutes(15));
        }
        life.happens(SlackRequest.EVENT, request(STRANGER, null));
        answers.put("the Home tab", life.slack.home(STRANGER));
        return answers;
    }

    /** Only the person sees the answer. */
    String slackForMembers(String id) {
        return typed(MEMBER, "explain " + id);
    }

    private void connectSlack() throws IOException {
        SlackConfig config =
                new SlackConfig("ci-alerts", null, null, null, null, new SlackConfig.Buttons("app-token", null, null));
        MemberOverrides people = new MemberOverrides(
                "ci-notify.yaml",
                WorkingHours.OFFICE,
                List.of(new MemberOverride("dhiller", null, null, null, MEMBER, List.of(), List.of())));
        SlackApi api = new SlackApi(
                life.slack.endpoint(),
                new SecretFile(Files.writeString(folder.resolve("slack-token"), FakeSlack.TOKEN)),
                Duration.ofMinutes(1));
        life.comments.answerSlackWith(new SlackResponder(
                api,
                () -> new SlackContext(
                        config,
                        life.settings.get().roster(),
                        people,
                        life.settings.get().sigs(),
                        life.settings.get().jobs())));
    }

    private String typed(String user, String text) {
        int before = life.slack.answers().size();
        life.happens(SlackRequest.EVENT, request(user, text));
        List<String> answers = life.slack.answers();
        assertThat(answers).as(text).hasSizeGreaterThan(before);
        return String.join("\n", answers.subList(before, answers.size()));
    }

    private byte[] request(String user, @Nullable String text) {
        try {
            return new ObjectMapper()
                    .writeValueAsBytes(new SlackRequest(
                            "t" + life.now.toEpochMilli(),
                            "T00000001",
                            user,
                            "C9",
                            "general",
                            text,
                            life.slack.responseUrl().toString()));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** The digest of a SIG, and those of the meetings on Thursday, which are sent. */
    String digests() throws GitHubException {
        Digest sig = new DigestFactory(
                        (period, name) -> life.database
                                .store()
                                .read(transaction -> DigestDataLoader.load(
                                        transaction, life.settings.get(), period, Audience.PUBLIC, name)),
                        repositories -> List.of())
                .create(new Subject.Sig("network"), DigestPeriod.before(life.now, Duration.ofDays(7)), ZoneOffset.UTC);
        life.now = Instant.parse("2026-07-16T07:31:00Z");
        new DigestScheduler(
                        life.database.store(), life.settings, life.channels, GitHubConnection.none(), () -> life.now)
                .tick();
        life.pass(Duration.ofMinutes(5));
        return sig.markdown() + sig.slack();
    }

    /** Issues about flaky tests, on GitHub. */
    void testIssues() {
        new TestIssueScheduler(life.database.store(), life.settings, life.channels, () -> life.now).tick();
        life.pass(Duration.ofMinutes(1));
    }

    /** What commands print for whoever can read the store: everything. By the words of the command. */
    Map<String, String> commands(String id) {
        Map<String, String> printed = new LinkedHashMap<>();
        for (List<String> words : List.of(
                List.of("incidents", "show", id),
                List.of("incidents", "list", "--filter", "q=canary", "--filter", "state=resolved"),
                List.of("outbox", "list"),
                List.of("export"),
                List.of("tests", "--days", "400"),
                List.of("why", life.privateRunPage(1)),
                List.of("counts", "lanes", "--days", "400"),
                List.of("digest", "--for", "taskforce", "--at", life.now.toString()),
                List.of("suggestions"))) {
            List<String> options = new ArrayList<>(List.of("--data-dir", data()));
            if (!Set.of("show", "outbox", "export", "suggestions").stream().anyMatch(words::contains)) {
                options.addAll(config());
            }
            Terminal.Result result =
                    Terminal.run(Stream.of(words, options).flatMap(List::stream).toArray(String[]::new));
            assertThat(result.code()).as(words + result.err()).isZero();
            printed.put(String.join(" ", words), result.out());
        }
        return printed;
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private List<String> config() {
        return List.of(
                "--config", folder.resolve("config").toString(),
                "--job-config-path", folder.resolve("jobs").toString());
    }

    /** The files of a support bundle, which outsiders read. */
    String supportBundle(String health, String metrics) throws IOException {
        Path bundle = folder.resolve("support.zip");
        try (FaultyServer pages = new FaultyServer(request ->
                new FaultyServer.Reply(200, TextNode.valueOf(request.path().equals("/metrics") ? metrics : health)))) {
            List<String> options = new ArrayList<>(List.of(
                    "support-bundle",
                    bundle.toString(),
                    "--data-dir",
                    data(),
                    "--health-url",
                    pages.address().toString()));
            options.addAll(config());
            Terminal.Result result = Terminal.run(options.toArray(String[]::new));
            assertThat(result.code()).as(result.err()).isZero();
            assertThat(result.err()).isEmpty();
        }
        StringBuilder content = new StringBuilder();
        try (ZipInputStream archive = new ZipInputStream(Files.newInputStream(bundle))) {
            for (ZipEntry file = archive.getNextEntry(); file != null; file = archive.getNextEntry()) {
                content.append(file.getName()).append(new String(archive.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        assertThat(content.toString()).contains("settings.json", "dead-letters.json", "decisions.json");
        return content.toString();
    }
}
