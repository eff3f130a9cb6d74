// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.fixture.FakeGitHub;
import io.kubevirt.cinotify.fixture.FakeJira;
import io.kubevirt.cinotify.fixture.FakeMattermost;
import io.kubevirt.cinotify.fixture.FakePagerDuty;
import io.kubevirt.cinotify.fixture.FakeSlack;
import io.kubevirt.cinotify.fixture.FakeSmtp;
import io.kubevirt.cinotify.fixture.FakeTeams;
import io.kubevirt.cinotify.fixture.FakeWebhookTarget;
import io.kubevirt.cinotify.fixture.Fault;
import io.kubevirt.cinotify.fixture.FaultyServer;
import io.kubevirt.cinotify.fixture.GitHubFault;
import io.kubevirt.cinotify.fixture.Lag;
import io.kubevirt.cinotify.fixture.NotificationBuilder;
import io.kubevirt.cinotify.fixture.Seed;
import io.kubevirt.cinotify.github.GitHubApi;
import io.kubevirt.cinotify.github.GitHubClientOptions;
import io.kubevirt.cinotify.http.BoundedHttpClient;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.ChannelConfig;
import io.kubevirt.cinotify.notify.ChannelContext;
import io.kubevirt.cinotify.notify.email.EmailConfig;
import io.kubevirt.cinotify.notify.github.GitHubChannel;
import io.kubevirt.cinotify.notify.github.GitHubConfig;
import io.kubevirt.cinotify.notify.github.GitHubFormatter;
import io.kubevirt.cinotify.notify.jira.JiraConfig;
import io.kubevirt.cinotify.notify.mattermost.MattermostConfig;
import io.kubevirt.cinotify.notify.pagerduty.PagerDutyConfig;
import io.kubevirt.cinotify.notify.slack.SlackApi;
import io.kubevirt.cinotify.notify.slack.SlackChannel;
import io.kubevirt.cinotify.notify.slack.SlackConfig;
import io.kubevirt.cinotify.notify.slack.SlackContext;
import io.kubevirt.cinotify.notify.slack.SlackFormatter;
import io.kubevirt.cinotify.notify.teams.TeamsConfig;
import io.kubevirt.cinotify.notify.template.Links;
import io.kubevirt.cinotify.notify.template.MessageModelFactory;
import io.kubevirt.cinotify.notify.template.TemplateSet;
import io.kubevirt.cinotify.notify.template.Templates;
import io.kubevirt.cinotify.notify.webhook.WebhookConfig;
import io.kubevirt.cinotify.prow.JobConfig;
import io.kubevirt.cinotify.prow.Visibility;
import io.kubevirt.cinotify.roster.MemberOverrides;
import io.kubevirt.cinotify.roster.SigDirectory;
import io.kubevirt.cinotify.roster.WorkingHours;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The outbox with the real channels, over services that carry requests out late: what people see in the end, and how often. */
class LateServicesTest {
    private static final String REPOSITORY = "example/ci";
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration LATE = Duration.ofSeconds(25);

    @TempDir
    private Path folder;

    private final FakeGitHub github = new FakeGitHub();
    private final FakeJira jira = new FakeJira();
    private final FakeMattermost mattermost = new FakeMattermost();
    private final FakePagerDuty pagerDuty = new FakePagerDuty();
    private final FakeSlack slack = new FakeSlack().channel("ci");
    private final FakeSmtp smtp = new FakeSmtp();
    private final FakeTeams teams = new FakeTeams();
    private final FakeWebhookTarget webhook = new FakeWebhookTarget();
    private final BoundedHttpClient client = new BoundedHttpClient(TIMEOUT);
    private final NotificationBuilder incident = new NotificationBuilder("one");
    private Path token;
    private OutboxHarness rig;
    private Channel channel;

    @BeforeEach
    void open() throws IOException {
        github.world().repository(REPOSITORY);
        token = folder.resolve("token");
    }

    @AfterEach
    void close() {
        client.close();
        github.close();
        jira.close();
        mattermost.close();
        pagerDuty.close();
        slack.close();
        smtp.close();
        teams.close();
        webhook.close();
    }

    private static final Map<TemplateSet, Templates> TEMPLATES = new ConcurrentHashMap<>();

    private static Templates templates(TemplateSet set) {
        return TEMPLATES.computeIfAbsent(set, opened -> {
            try {
                return Templates.open(opened, null);
            } catch (InvalidConfigException e) {
                throw new AssertionError(e);
            }
        });
    }

    private void start(String secret, Channel opened) throws IOException {
        Files.writeString(token, secret);
        channel = opened;
        rig = new OutboxHarness(folder.resolve("store"), opened);
    }

    private void start(String name) throws IOException {
        switch (name) {
            case "slack" -> startSlack();
            case "github" -> startGitHub();
            case "jira" -> startJira();
            case "mattermost" -> startMattermost();
            case "pagerduty" -> startPagerDuty();
            case "teams" -> start(teams.url(), new TeamsConfig("token", null, null));
            case "webhook" ->
                start(
                        "unused",
                        new WebhookConfig.All(Map.of(
                                "board", new WebhookConfig(webhook.address().toString(), null, null, null))));
            default -> startMail();
        }
    }

    private void startMail() throws IOException {
        start(
                FakeSmtp.PASSWORD,
                new EmailConfig(
                        new EmailConfig.Smtp("127.0.0.1", smtp.port(), "none", FakeSmtp.USER, "token"),
                        "ci@example.org",
                        List.of("list@example.org"),
                        null,
                        null,
                        null,
                        null));
    }

    /** What people see of the incident at a service, message by message, each as one word. */
    private List<String> seen(String name) {
        return switch (name) {
            case "slack" ->
                slack.roots().stream().map(root -> state(root.text())).toList();
            case "github" ->
                github.world().issues(REPOSITORY).stream()
                        .map(issue -> issue.get("state").asText().equals("closed") ? "resolved" : "open")
                        .toList();
            case "jira" ->
                jira.issues().stream()
                        .map(issue -> issue.done() ? "resolved" : "open")
                        .toList();
            case "mattermost" ->
                mattermost.posts().stream()
                        .filter(post -> post.get("root_id").asText().isEmpty())
                        .map(post -> state(post.get("message").asText()))
                        .toList();
            case "pagerduty" ->
                pagerDuty.alerts().stream()
                        .map(alert -> pagerDuty.open().containsKey(alert) ? "open" : "resolved")
                        .toList();
            case "teams" ->
                teams.cards().stream()
                        .map(card -> state(String.join("\n", card.findValuesAsText("text"))))
                        .toList();
            case "webhook" ->
                webhook.received().values().stream()
                        .map(request -> request.body().contains("\"kind\":\"resolved\"") ? "resolved" : "open")
                        .toList();
            default -> {
                // A mail program shows one mail for each id.
                Map<String, String> mails = new LinkedHashMap<>();
                smtp.mails().forEach(mail -> mails.putIfAbsent(header(mail, "Message-ID"), text(mail)));
                yield mails.values().stream().map(LateServicesTest::state).toList();
            }
        };
    }

    private static String state(String text) {
        return (text.contains("Possible duplicate") ? "perhaps again " : "")
                + (text.contains("Resolved") ? "resolved" : "open");
    }

    private static String header(MimeMessage mail, String name) {
        try {
            return mail.getHeader(name, null);
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(MimeMessage mail) {
        try {
            return String.valueOf(((Multipart) mail.getContent()).getBodyPart(0).getContent());
        } catch (MessagingException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private void startGitHub() throws IOException {
        GitHubConfig config =
                new GitHubConfig(new GitHubConfig.Issues(REPOSITORY, true, null, null, null), null, null, null);
        GitHubApi api = new GitHubApi(new GitHubClientOptions(
                List.of(github.address()),
                new GitHubClientOptions.Identity.Token(token),
                false,
                TIMEOUT,
                () -> rig.now));
        MessageModelFactory models = new MessageModelFactory(Links.none(), handle -> null);
        start(
                "good-token",
                new GitHubChannel(
                        api,
                        new GitHubFormatter(() -> templates(TemplateSet.GITHUB), () -> models),
                        () -> config,
                        repository -> Visibility.PUBLIC));
    }

    private void startJira() throws IOException {
        jira.globalTransitions();
        JiraConfig config = new JiraConfig(
                jira.address().toString(),
                "token",
                null,
                Map.of(Examples.diagnosis().area(), new JiraConfig.Board("CI", null, null, null)),
                null,
                null,
                null);
        start(FakeJira.TOKEN, config);
    }

    private void start(String secret, ChannelConfig config) throws IOException {
        start(
                secret,
                config.open(new ChannelContext(
                        client, folder, LateServicesTest::templates, Links::none, () -> List.of(config))));
    }

    private void startMattermost() throws IOException {
        start(
                FakeMattermost.TOKEN,
                new MattermostConfig(
                        mattermost.address().toString(), "token", FakeMattermost.CHANNEL, null, null, null));
    }

    private void startPagerDuty() throws IOException {
        start(
                FakePagerDuty.KEY,
                new PagerDutyConfig("token", pagerDuty.address().toString(), null));
    }

    private void startSlack() throws IOException {
        SlackContext context = new SlackContext(
                new SlackConfig("ci", null, null, null, null, null),
                Seed.roster(),
                new MemberOverrides("ci-notify.yaml", WorkingHours.OFFICE, List.of()),
                SigDirectory.empty(),
                JobConfig.EMPTY);
        SlackFormatter formatter =
                new SlackFormatter(() -> templates(TemplateSet.SLACK), Links::none, () -> context, null);
        SlackApi api = new SlackApi(slack.endpoint(), new SecretFile(token), TIMEOUT);
        start(FakeSlack.TOKEN, new SlackChannel(api, () -> context, formatter));
    }

    private void opened() {
        rig.add(incident.opened(rig.now)).settle();
    }

    /** Each uncertainty has ended, and each retry is due. */
    private void settleAll() {
        for (int minute = 0; minute < 8; minute++) {
            rig.now = rig.now.plus(Duration.ofMinutes(1));
            rig.settle();
        }
    }

    /** The next writes with this end of the path are carried out when the test says so. */
    private static void hold(FaultyServer server, String path, int writes) {
        AtomicInteger left = new AtomicInteger(writes);
        server.faults(request ->
                !request.method().equals("GET") && request.path().endsWith(path) && left.getAndDecrement() > 0
                        ? Optional.of(Fault.held())
                        : Optional.empty());
    }

    @Test
    void aLateEditOnSlackDoesNotOutliveANewerState() throws IOException {
        startSlack();
        opened();
        hold(slack.server(), "chat.update", 1);
        rig.add(incident.resolved(rig.now)).pass(Duration.ofSeconds(5));
        rig.add(incident.of(NotificationKind.CHANGED, rig.now)).pass(LATE);
        slack.server().land();
        assertThat(slack.roots().getFirst().text()).startsWith("Resolved");
        settleAll();

        assertThat(slack.roots()).singleElement().satisfies(root -> {
            assertThat(root.text()).doesNotStartWith("Resolved");
            assertThat(root.shown()).isEqualTo("ci-notify:one-3-changed");
        });
        assertThat(rig.unsettled()).isZero();
    }

    @Test
    void aLateEditOnGitHubDoesNotCloseTheIssueOfALaneThatIsRed() throws IOException {
        startGitHub();
        opened();
        github.failNext("PATCH", GitHubFault.held());
        rig.add(incident.resolved(rig.now)).pass(Duration.ofSeconds(5));
        rig.add(incident.of(NotificationKind.CHANGED, rig.now)).pass(LATE);
        github.land();
        assertThat(issue().get("state").asText()).isEqualTo("closed");
        settleAll();

        assertThat(github.world().issues(REPOSITORY)).singleElement().satisfies(issue -> {
            assertThat(issue.get("state").asText()).isEqualTo("open");
            assertThat(issue.get("title").asText()).contains(" broken");
            assertThat(issue.get("body").asText()).contains("one-3-changed");
        });
        assertThat(rig.unsettled()).isZero();
    }

    @Test
    void aLateEditOnJiraDoesNotResolveTheIssueOfALaneThatIsRed() throws IOException {
        startJira();
        opened();
        hold(jira.server(), "/transitions", 1);
        rig.add(incident.resolved(rig.now)).pass(Duration.ofSeconds(5));
        rig.add(incident.of(NotificationKind.CHANGED, rig.now)).pass(LATE);
        jira.server().land();
        settleAll();

        assertThat(jira.issues()).singleElement().satisfies(issue -> {
            assertThat(issue.done()).isFalse();
            assertThat(issue.fields().path("summary").asText()).contains(" broken");
        });
        assertThat(rig.unsettled()).isZero();
    }

    @Test
    void aLatePostAndALateEditOnMattermostAreThereOnceAndDoNotOutliveANewerState() throws IOException {
        startMattermost();
        hold(mattermost.server(), "posts", 1);
        opened();
        rig.crash();
        rig.pass(LATE);
        mattermost.server().land();
        settleAll();
        hold(mattermost.server(), "patch", 1);
        rig.add(incident.resolved(rig.now)).pass(Duration.ofSeconds(5));
        rig.add(incident.of(NotificationKind.CHANGED, rig.now)).pass(LATE);
        mattermost.server().land();
        settleAll();

        assertThat(mattermost.posts()).singleElement().satisfies(post -> {
            assertThat(post.get("message").asText()).doesNotContain("Resolved");
            assertThat(post.at("/props/ci_notify/message").asText()).isEqualTo("ci-notify:one-3-changed");
        });
        assertThat(rig.unsettled()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLateTriggerOnPagerDutyDoesNotPageForAResolvedIncident(boolean crashed) throws IOException {
        startPagerDuty();
        hold(pagerDuty.server(), "enqueue", 1);
        rig.add(incident.opened(rig.now))
                .add(incident.of(NotificationKind.ESCALATED, rig.now))
                .settle();
        rig.add(incident.resolved(rig.now));
        if (crashed) {
            rig.crash();
        }
        rig.pass(LATE);
        pagerDuty.server().land();
        assertThat(pagerDuty.open()).hasSize(1);
        settleAll();

        assertThat(pagerDuty.open()).isEmpty();
        assertThat(pagerDuty.alerts()).hasSize(1);
        assertThat(rig.unsettled()).isZero();
    }

    @Test
    void whoeverMayHaveGotAMailGetsTheResolutionInItsThread() throws Exception {
        startMail();
        smtp.cutAfterStoring(1);
        opened();
        rig.crash();
        rig.add(incident.resolved(rig.now));
        settleAll();

        assertThat(smtp.mails()).hasSize(2);
        assertThat(smtp.mails().get(1).getHeader("References", null))
                .isEqualTo(smtp.mails().getFirst().getMessageID());
        assertThat(rig.unsettled()).isZero();
    }

    /** Only a service that can neither find nor recognize a message shows it again, and says so. */
    @ParameterizedTest
    @CsvSource({
        "slack, open, resolved",
        "github, open, resolved",
        "jira, open, resolved",
        "mattermost, open, resolved",
        "pagerduty, open, resolved",
        "email, open, open|resolved",
        "webhook, open, open|resolved",
        "teams, open|perhaps again open, open|perhaps again open|resolved|perhaps again resolved"
    })
    void aKillBetweenWriteAndRecordDoublesNothing(String name, String opened, String resolved) throws IOException {
        start(name);
        // PagerDuty gets only what nobody acknowledges.
        NotificationKind first = name.equals("pagerduty") ? NotificationKind.ESCALATED : NotificationKind.OPENED;
        rig.add(incident.of(first, rig.now));
        killAfterWriting();
        assertThat(String.join("|", seen(name))).isEqualTo(opened);

        rig.add(incident.resolved(rig.now));
        killAfterWriting();
        assertThat(String.join("|", seen(name))).isEqualTo(resolved);
        assertThat(rig.unsettled()).isZero();
    }

    private void killAfterWriting() {
        rig.applyRateLimit();
        rig.call(channel, rig.claim(channel).orElseThrow());
        rig.crash();
        settleAll();
    }

    /** Where nothing can be edited, what is late must not be the last that people see. */
    @ParameterizedTest
    @CsvSource({"webhook, open|resolved", "teams, open|resolved"})
    void aLateFirstMessageIsFollowedByTheResolution(String name, String expected) throws IOException {
        start(name);
        hold(name.equals("teams") ? teams.server() : webhook.server(), "", 1);
        opened();
        rig.add(incident.resolved(rig.now)).pass(LATE);
        assertThat(seen(name)).isEmpty();
        Stream.of(teams.server(), webhook.server()).forEach(FaultyServer::land);
        settleAll();

        assertThat(String.join("|", seen(name))).isEqualTo(expected);
        assertThat(rig.unsettled()).isZero();
    }

    @Test
    void aLateAnswerOnPagerDutyIsRepeatedAndTheIncidentIsPagedOnce() throws IOException {
        startPagerDuty();
        rig.add(incident.of(NotificationKind.ESCALATED, rig.now)).settle();
        hold(pagerDuty.server(), "enqueue", 2);
        rig.add(incident.resolved(rig.now)).pass(LATE);
        settleAll();

        assertThat(pagerDuty.open()).isEmpty();
        assertThat(pagerDuty.alerts()).containsExactly("ci-notify:one");
        assertThat(rig.unsettled()).isZero();
    }

    @Test
    void aClosingCommentOnGitHubThatIsCarriedOutLateIsWrittenOnce() throws IOException {
        startGitHub();
        opened();
        github.failNextWrite(GitHubFault.held());
        rig.add(incident.resolved(rig.now)).pass(LATE);
        github.land();
        settleAll();

        assertThat(github.world().comments(REPOSITORY, 1)).hasSize(1);
        assertThat(issue().get("state").asText()).isEqualTo("closed");
        assertThat(rig.unsettled()).isZero();
    }

    /** Fault 2 (b): a comment and a transition that take longer than their timeout, in a workflow with global transitions. */
    @Test
    void aClosingCommentOnJiraThatIsCarriedOutLateIsWrittenOnce() throws IOException {
        startJira();
        opened();
        hold(jira.server(), "/comment", 1);
        rig.add(incident.resolved(rig.now)).pass(LATE);
        jira.server().land();
        hold(jira.server(), "/transitions", 1);
        rig.pass(LATE);
        jira.server().land();
        settleAll();

        assertThat(jira.issues()).singleElement().satisfies(issue -> {
            assertThat(issue.comments()).hasSize(1);
            assertThat(issue.done()).isTrue();
        });
        assertThat(rig.unsettled()).isZero();
    }

    @Test
    void anIssueThatIsCreatedLateAndListedLaterIsCreatedOnce() throws IOException {
        startGitHub();
        github.world().lag(Lag.of(() -> rig.now, Duration.ofSeconds(40)), Lag.of(() -> rig.now, Duration.ofMinutes(9)));
        github.failNextWrite(GitHubFault.held());
        opened();
        rig.pass(LATE);
        github.land();
        settleAll();

        assertThat(github.world().issues(REPOSITORY)).hasSize(1);
        assertThat(rig.unsettled()).isZero();
    }

    @Test
    void aMessageOnSlackIsPostedOnceThoughItsHistoryIsLimited() throws IOException {
        startSlack();
        for (int i = 0; i < 40; i++) {
            slack.chat("ci", "chatter " + i);
        }
        slack.limitHistory(() -> rig.now);
        hold(slack.server(), "chat.postMessage", 1);
        opened();
        rig.pass(LATE);
        slack.server().land();
        NotificationBuilder other = new NotificationBuilder("other");
        rig.add(other.opened(rig.now)).settle();
        assertThat(slack.messages()).as("another message does not wait").anyMatch(message -> message.marker()
                .equals("ci-notify:other"));
        settleAll();

        assertThat(slack.messages())
                .filteredOn(message -> message.marker().equals("ci-notify:one"))
                .hasSize(1);
        assertThat(rig.unsettled()).isZero();
    }

    /** Answers that look permanent and last a while: a message waits, and none is dead or doubled. */
    static Stream<GitHubFault> whileGitHubChanges() {
        return Stream.of(
                GitHubFault.redirect(301, "https://status.example.org/maintenance"),
                GitHubFault.status(401, "Bad credentials"),
                GitHubFault.status(404, "Not Found"),
                GitHubFault.status(410, "Gone"),
                GitHubFault.status(422, "Validation Failed"),
                GitHubFault.archived(),
                GitHubFault.retryAfter(403, 20));
    }

    @ParameterizedTest
    @MethodSource("whileGitHubChanges")
    void anAnswerThatLooksPermanentOnGitHubIsOutlived(GitHubFault fault) throws IOException {
        startGitHub();
        opened();
        github.outage(fault, Duration.ofDays(1));
        rig.add(incident.resolved(rig.now)).pass(LATE);
        github.clearFaults();
        settleAll();

        assertThat(github.world().issues(REPOSITORY)).hasSize(1);
        assertThat(issue().get("state").asText()).isEqualTo("closed");
        assertThat(github.world().comments(REPOSITORY, 1)).hasSize(1);
        assertThat(rig.unsettled()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 403, 404, 409, 410})
    void anAnswerThatLooksPermanentOnJiraIsOutlived(int status) throws IOException {
        startJira();
        opened();
        jira.server().outage(Fault.answers(status, ""), Duration.ofDays(1));
        rig.add(incident.resolved(rig.now)).pass(LATE);
        jira.server().outage(Fault.drops(), Duration.ZERO);
        settleAll();

        assertThat(jira.issues()).singleElement().satisfies(issue -> {
            assertThat(issue.comments()).hasSize(1);
            assertThat(issue.done()).isTrue();
        });
        assertThat(rig.unsettled()).isZero();
    }

    private ObjectNode issue() {
        return github.world().issues(REPOSITORY).getFirst();
    }
}
