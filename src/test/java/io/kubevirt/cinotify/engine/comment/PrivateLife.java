// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.comment;

import static io.kubevirt.cinotify.fixture.Examples.NOON;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.app.StandaloneChannels;
import io.kubevirt.cinotify.artifacts.ObjectStoreEndpoint;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.engine.ArtifactFetcher;
import io.kubevirt.cinotify.engine.ArtifactLocator;
import io.kubevirt.cinotify.engine.BumpMonitor;
import io.kubevirt.cinotify.engine.DeliveryProcessor;
import io.kubevirt.cinotify.engine.DiagnosisListener;
import io.kubevirt.cinotify.engine.IncidentService;
import io.kubevirt.cinotify.engine.bump.BumpTracker;
import io.kubevirt.cinotify.engine.suspect.MergeLedger;
import io.kubevirt.cinotify.fixture.ArtifactTree;
import io.kubevirt.cinotify.fixture.CommentPayload;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.FakeArtifactStore;
import io.kubevirt.cinotify.fixture.FakeGitHub;
import io.kubevirt.cinotify.fixture.FakeJira;
import io.kubevirt.cinotify.fixture.FakeMattermost;
import io.kubevirt.cinotify.fixture.FakePagerDuty;
import io.kubevirt.cinotify.fixture.FakeSlack;
import io.kubevirt.cinotify.fixture.FakeSmtp;
import io.kubevirt.cinotify.fixture.FakeTeams;
import io.kubevirt.cinotify.fixture.FakeWebhookTarget;
import io.kubevirt.cinotify.fixture.Preset;
import io.kubevirt.cinotify.fixture.PullPayload;
import io.kubevirt.cinotify.fixture.StatusPayload;
import io.kubevirt.cinotify.github.GitHubApi;
import io.kubevirt.cinotify.github.GitHubClientOptions;
import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.notify.console.ConsoleChannel;
import io.kubevirt.cinotify.outbox.OutboxPump;
import io.kubevirt.cinotify.store.JournalEntry;
import jakarta.mail.Multipart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * ci-notify with all channels of {@code serve} against services that are faked, a private repository with destinations of its own,
 * which fail, and a hidden job of a public repository. Each field of what is private has a name of its own.
 */
final class PrivateLife implements AutoCloseable {
    static final List<String> FIELDS = List.of(
            "canary-repo",
            "canary_repo",
            "canary-job",
            "canary-hidden",
            "canary-context",
            "canary-author",
            "canary-merge",
            "canary-title",
            "canary-test",
            "canary-log",
            "canary-node",
            "canary-channel",
            "canary-issues",
            "canary-hook",
            "canary-bump",
            "canary-silent",
            "canary-branch",
            "c0ffee77c0ffee77",
            "ba5eba11ba5eba11",
            "770012",
            "8765");

    static final String PUBLIC_LANE = "pull-kubevirt-e2e-k8s-1.36-sig-network";
    static final String JOB = "pull-canary-job-sig-network";
    static final String HIDDEN = "pull-canary-hidden-sig-storage";
    static final String REPOSITORY = "kubevirt/canary-repo";
    private static final String ALERTS = "ci-alerts";
    private static final String CANARY = "canary-channel";
    /** A bump that all lanes use, one that is expected each hour, and pull requests of a bot without a class. */
    private static final String CLASSES = """

          classes:
            - {name: canary-bump, repo: [kubevirt/canary-repo], author: [canary-author], head: canary-branch, area: prow,
               usualDuration: 1h, affectsAllRepositories: true, deployment: post-deploy}
            - {name: canary-silent, repo: [kubevirt/canary-repo], author: [canary-author], head: none, area: prow, interval: 1h}
        """;

    private static final String DIGESTS = """
          taskforce: {day: thursday, time: "09:30", to: [{channel: slack, destination: ci-alerts}]}
          sigs: {network: {day: thursday, time: "09:30", to: [{channel: slack, destination: ci-alerts}]}}
        """.stripTrailing();

    private static final long BUILD = 77_001_200;
    private static final int PULL = 876_500;
    private static final String COMMIT = "abcabcabcabcabcabcabcabcabcabcabcabcab";

    final FakeSlack slack = new FakeSlack().channel(ALERTS).channel(CANARY, "is_archived", false);
    final FakeGitHub github = new FakeGitHub();
    final FakeJira jira = new FakeJira();
    final FakeMattermost mattermost = new FakeMattermost();
    final FakeTeams teams = new FakeTeams();
    final FakeSmtp mail = new FakeSmtp();
    final FakePagerDuty pagerDuty = new FakePagerDuty();
    final FakeWebhookTarget hook = new FakeWebhookTarget();
    final FakeArtifactStore artifacts = new FakeArtifactStore(StatusPayload.BUCKET);
    final ByteArrayOutputStream console = new ByteArrayOutputStream();
    final EmbeddedStore database;
    final ConfigAgent settings;
    final IncidentService service;
    final OutboxPump outbox;
    private final Path folder;
    private final StandaloneChannels opened;
    private final GitHubApi api;
    private final ArtifactLocator locator;
    private final ArtifactFetcher fetcher;
    private final DeliveryProcessor deliveries;
    final CommentProcessor comments;
    final Channels channels;
    private final BumpMonitor bumps;
    Instant now = NOON;
    private int number;

    PrivateLife(Path folder) throws Exception {
        this.folder = folder;
        Path config = settings();
        Path jobs = jobs();
        database = EmbeddedStore.in(folder.resolve("data"));
        settings = new ConfigAgent(new ConfigLoader(config, jobs), () -> now);
        Path token = Files.writeString(folder.resolve("token"), "good-token");
        opened = StandaloneChannels.open(Map.of(
                "config-dir", config.toString(),
                "job-config-path", jobs.toString(),
                "dry-run", "false",
                "slack-endpoint", slack.endpoint().toString(),
                "slack-token-file", config.resolve("slack").toString(),
                "github-endpoints", github.address().toString(),
                "github-token-path", token.toString()));
        channels = channels();
        github.world().repository("kubevirt/project-infra").repository("kubevirt/kubevirt");
        github.world().pull("kubevirt/kubevirt", 14_890, "pr-author", "2f6f8ac9e2a5b2fb1c22d1d8f6a3b9f5b7f0a1c3");
        for (int pull = 1; pull <= 20; pull++) {
            github.world().pull("kubevirt/kubevirt", pull, "pr-author", COMMIT + (10 + pull));
        }
        api = new GitHubApi(new GitHubClientOptions(
                List.of(github.address()),
                new GitHubClientOptions.Identity.Token(token),
                false,
                Duration.ofMinutes(1),
                () -> now));
        service = new IncidentService(database.store(), settings, channels, () -> now);
        deliveries = new DeliveryProcessor(database.store(), settings, service, () -> now);
        comments = new CommentProcessor(
                database.store(), settings::get, service, CommentProcessor.GitHubClient.of(api), () -> now);
        bumps = new BumpMonitor(service, settings);
        locator = new ArtifactLocator(
                settings.get(), new ObjectStoreEndpoint(artifacts.address()), Duration.ofMinutes(1), () -> now);
        fetcher = new ArtifactFetcher(database.store(), settings, locator, DiagnosisListener.of(service), () -> now);
        outbox = new OutboxPump(database.store(), channels, settings, () -> now);
    }

    private Channels channels() {
        List<Channel> all = new ArrayList<>(List.of(new ConsoleChannel(console)));
        opened.channels().channels().stream()
                .filter(channel -> !channel.name().equals("console"))
                .forEach(all::add);
        return new Channels(all, () -> settings.get().destinations());
    }

    private Path settings() throws IOException {
        Path config = Preset.copyTo(folder.resolve("config"), text -> text.replace(
                        "channel: C02GACK29RV", "channel: " + ALERTS)
                .replace(
                        "repository: kubevirt/project-infra\n    # Labels",
                        "repository: kubevirt/project-infra\n    lanes: true\n    # Labels")
                .replace("  comment: never", "  comment: always")
                .replace("    primary: 4h", "    primary: 1h")
                .replace("\n  classes:\n", CLASSES)
                .replace(
                        "\ncommands:\n",
                        "\ncommands:\n  jobs: {repository: kubevirt/project-infra, path: config/jobs, comment: true}\n")
                .replace("\ngithub:\n", "\ngithub:\n  testIssues: {repository: kubevirt/project-infra, flakes: 2}\n")
                .replace("  taskforce: {day: monday, time: \"09:30\"}", DIGESTS));
        Map.of(
                        "slack", FakeSlack.TOKEN,
                        "jira", FakeJira.TOKEN,
                        "mattermost", FakeMattermost.TOKEN,
                        "teams", teams.url(),
                        "mail", FakeSmtp.PASSWORD,
                        "pagerduty", FakePagerDuty.KEY)
                .forEach((name, secret) -> write(config.resolve(name), secret));
        String blocks = """

            operators: {channel: slack, destination: ci-alerts}
            jira: {url: "%s", tokenFile: jira, areas: {sig-support: {project: CI}}}
            mattermost: {url: "%s", tokenFile: mattermost, channel: %s}
            teams: {urlFile: teams}
            email:
              smtp: {host: 127.0.0.1, port: %d, security: none, user: %s, passwordFile: mail}
              from: ci-notify@ci.example.org
              to: [ci@lists.example.org]
            pagerduty: {url: "%s", routingKeyFile: pagerduty}
            webhooks:
              board: {url: "%s"}
              canary-hook: {url: "http://127.0.0.1:1/"}
            titles:
              - {job: canary-job, title: canary-title}
              - {job: canary-hidden, title: sig-network e2e}
            destinations:
              - repositories: [kubevirt/canary-repo]
                slack: canary-channel
                issues: kubevirt/canary-issues
                webhook: canary-hook
                visibility: private
            """.formatted(
                        jira.address(),
                        mattermost.address(),
                        FakeMattermost.CHANNEL,
                        mail.port(),
                        FakeSmtp.USER,
                        pagerDuty.address(),
                        hook.address());
        Path file = config.resolve(ConfigLoader.FILE);
        Files.writeString(file, Files.readString(file) + blocks);
        return config;
    }

    private Path jobs() throws IOException {
        Path jobs = Files.createDirectories(folder.resolve("jobs"));
        Files.writeString(jobs.resolve("jobs.yaml"), """
            presubmits:
              kubevirt/canary-repo:
                - {name: %s, always_run: true}
              kubevirt/kubevirt:
                - {name: %s, always_run: true}
                - {name: %s, hidden: true}
            """.formatted(JOB, PUBLIC_LANE, HIDDEN));
        return jobs;
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Commits whose runs failed pass, so that their tests are flaky. */
    void retests(int commits) throws IOException {
        for (int run = 1; run <= commits; run++) {
            arrives(ofRepository(canary("success", JOB, run).build(BUILD + 80 + run)));
            arrives(canary("success", HIDDEN, 40 + run).build(BUILD + 80 + run).event());
            arrives(publicStatus("success", run).build(1080L + run).event());
        }
    }

    /** A run of the private repository ends. */
    void privateRun(String state, int run) throws IOException {
        artifacts.add(
                "pr-logs/pull/kubevirt_canary-repo/" + (PULL + run) + "/" + JOB + "/" + (BUILD + run), secretTree());
        arrives(ofRepository(canary(state, JOB, run)));
    }

    String privateRunPage(int run) {
        return "https://prow.ci.kubevirt.io/view/gs/" + StatusPayload.BUCKET + "/pr-logs/pull/kubevirt_canary-repo/"
                + (PULL + run) + "/" + JOB + "/" + (BUILD + run);
    }

    private static ObjectNode ofRepository(StatusPayload status) {
        ObjectNode event = status.repository(REPOSITORY).event();
        ((ObjectNode) event.get("repository")).put("private", true);
        ((ObjectNode) event.path("commit").path("author")).put("login", "canary-author");
        event.put("context", "canary-context");
        return event;
    }

    /** A run of the hidden job of a public repository ends. */
    void hiddenRun(String state, int run) throws IOException {
        arrives(canary(state, HIDDEN, run).event());
    }

    private StatusPayload canary(String state, String job, int run) {
        return StatusPayload.of(
                        state,
                        (state.equals("success") ? "Job succeeded." : "Job failed.")
                                + "\u00a0\u00a0BaseSHA:ba5eba11ba5eba11ba5eba11ba5eba11ba5eba11")
                .job(job)
                .build(BUILD + run)
                .pull(PULL + run)
                .sha("c0ffee77c0ffee77c0ffee77c0ffee77c0ffee" + (10 + run))
                .ended(now);
    }

    /** A run of a public lane ends; some tests fail in private runs, too. */
    void publicRun(String state, int run) throws IOException {
        artifacts.add(
                "pr-logs/pull/kubevirt_kubevirt/" + run + "/" + PUBLIC_LANE + "/" + (1000 + run),
                ArtifactTree.TESTS.tree());
        arrives(publicStatus(state, run).event());
    }

    private StatusPayload publicStatus(String state, int run) {
        return StatusPayload.of(state, state.equals("success") ? "Job succeeded." : "Job failed.")
                .job(PUBLIC_LANE)
                .build(1000L + run)
                .pull(run)
                .sha(COMMIT + (10 + run))
                .ended(now);
    }

    private static Map<String, byte[]> secretTree() {
        Map<String, byte[]> tree = new LinkedHashMap<>(ArtifactTree.TESTS.tree());
        tree.replaceAll((file, content) -> new String(content, StandardCharsets.UTF_8)
                .replace("should reach", "canary-test should reach")
                .replace("Timed out", "canary-log Timed out")
                .replace("node01", "canary-node")
                .getBytes(StandardCharsets.UTF_8));
        return tree;
    }

    private void arrives(ObjectNode status) throws IOException {
        receive("status", new ObjectMapper().writeValueAsBytes(status));
        deliveries.processAll();
        fetcher.claim(100).forEach(fetcher::fetch);
    }

    /** A pull request of the private repository merges. */
    void merge() {
        PullPayload merged = new PullPayload(REPOSITORY, PULL, now.minus(Duration.ofDays(1)))
                .by("canary-author", "branch", "canary-merge")
                .merged("ba5eba11ba5eba11ba5eba11ba5eba11ba5eba11", now);
        database.store().inTransaction(transaction -> {
            new MergeLedger(settings.get(), transaction).observe(merged.event("closed"));
            return true;
        });
    }

    /** Bumps of the private repository: one is late, one merged and is not deployed, one has no class. */
    void bump() {
        Instant opened = now.minus(Duration.ofHours(30));
        bump(new PullPayload(REPOSITORY, PULL + 50, opened).by("canary-author", "canary-branch", "canary-title"));
        bump(new PullPayload(REPOSITORY, PULL + 51, opened)
                .by("canary-author", "canary-branch", "canary-title")
                .merged("ba5eba11ba5eba11ba5eba11ba5eba11ba5eba12", now));
        bump(new PullPayload(REPOSITORY, PULL + 52, opened).by("canary-author", "other", "canary-title"));
    }

    private void bump(PullPayload pull) {
        database.store().inTransaction(transaction -> {
            new BumpTracker(settings.get(), transaction).observe(pull.event("opened"));
            new MergeLedger(settings.get(), transaction).observe(pull.event("closed"));
            return true;
        });
    }

    /** Decides and sends, as long as there is something to send within minutes. */
    void pass(Duration time) {
        now = now.plus(time);
        bumps.tick();
        service.tick();
        for (int idle = 0; idle < 2; ) {
            idle = outbox.send() ? 0 : idle + 1;
            now = now.plusSeconds(2);
        }
    }

    /** Returns the id of the delivery. */
    String comment(String repository, int pull, String author, String command) {
        return happens(
                "issue_comment",
                CommentPayload.of("issue_comment", "/ci-notify " + command)
                        .repository(repository)
                        .number(pull)
                        .by(author, "User")
                        .id(++number)
                        .bytes());
    }

    /** What the comment thread handles, until it is answered. Returns the id of the delivery. */
    String happens(String event, byte[] body) {
        String delivery = receive(event, body);
        comments.offer(delivery);
        comments.prepareAll();
        comments.decideAll();
        comments.prepareAll();
        return delivery;
    }

    /** The kinds of the messages about an incident. */
    List<String> kinds(String incident) {
        return database.outcomes().query("SELECT kind FROM message WHERE thread = '" + incident + "'").stream()
                .map(row -> String.valueOf(row.get("kind")))
                .toList();
    }

    List<String> replies(String delivery) {
        return database
                .outcomes()
                .query("SELECT document FROM message WHERE id LIKE 'answer-%-" + delivery + "'")
                .stream()
                .map(row -> String.valueOf(row.get("document")))
                .toList();
    }

    private String receive(String event, byte[] body) {
        String id = "delivery" + ++number;
        database.store()
                .inTransaction(
                        transaction -> transaction.deliveries().insert(new JournalEntry(id, event, now, body, 0)));
        return id;
    }

    String incidentOf(String lane) {
        return database.outcomes().query("SELECT id FROM incident WHERE document LIKE '%" + lane + "%'").stream()
                .map(row -> String.valueOf(row.get("id")))
                .findFirst()
                .orElseThrow(() ->
                        new AssertionError(lane + ": " + database.outcomes().entries()));
    }

    /** What each channel that everybody reads shows. */
    Map<String, String> sent() throws Exception {
        Map<String, String> sent = new LinkedHashMap<>();
        sent.put("console", console.toString(StandardCharsets.UTF_8));
        StringBuilder onSlack = new StringBuilder();
        slack.messages().stream()
                .filter(message -> !message.channel().equals(slack.idOf(CANARY)))
                .forEach(message -> onSlack.append(message.texts()).append(message.blocks()));
        sent.put("slack", onSlack.toString());
        sent.put(
                "github issues", github.world().issues("kubevirt/project-infra").toString());
        for (String repository : List.of("kubevirt/project-infra", "kubevirt/kubevirt")) {
            StringBuilder text = new StringBuilder();
            for (int issue : List.of(1, 2, 3, 14890)) {
                text.append(github.world().comments(repository, issue));
            }
            sent.put("github comments of " + repository, text.toString());
        }
        sent.put("jira", jira.server().requests().toString());
        sent.put("mattermost", mattermost.server().requests().toString());
        sent.put("teams", teams.server().requests().toString());
        sent.put("pagerduty", pagerDuty.server().requests().toString());
        sent.put("webhook", hook.server().requests().toString());
        StringBuilder mails = new StringBuilder();
        for (var each : mail.mails()) {
            mails.append(each.getSubject()).append(Collections.list(each.getAllHeaderLines()));
            Multipart parts = (Multipart) each.getContent();
            for (int part = 0; part < parts.getCount(); part++) {
                mails.append(parts.getBodyPart(part).getContent());
            }
        }
        sent.put("e-mail", mails.toString());
        return sent;
    }

    @Override
    public void close() throws Exception {
        opened.close();
        api.close();
        locator.close();
        for (AutoCloseable each : List.of(slack, github, jira, mattermost, teams, mail, pagerDuty, hook, artifacts)) {
            each.close();
        }
    }
}
