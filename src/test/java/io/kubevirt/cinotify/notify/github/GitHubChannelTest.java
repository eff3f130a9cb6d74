// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.fixture.FakeGitHub;
import io.kubevirt.cinotify.fixture.Fault;
import io.kubevirt.cinotify.fixture.FaultyServer;
import io.kubevirt.cinotify.fixture.GitHubFault;
import io.kubevirt.cinotify.fixture.GitHubFault.How;
import io.kubevirt.cinotify.fixture.GuardedWrites;
import io.kubevirt.cinotify.fixture.Lag;
import io.kubevirt.cinotify.fixture.VirtualTime;
import io.kubevirt.cinotify.github.GitHubApi;
import io.kubevirt.cinotify.github.GitHubClientOptions;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.LookupResult;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.ReadBackResult;
import io.kubevirt.cinotify.notify.SendResult;
import io.kubevirt.cinotify.notify.WriteGuard;
import io.kubevirt.cinotify.notify.template.Links;
import io.kubevirt.cinotify.notify.template.MessageModelFactory;
import io.kubevirt.cinotify.notify.template.SampleMessages;
import io.kubevirt.cinotify.notify.template.TemplateSet;
import io.kubevirt.cinotify.notify.template.Templates;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.Visibility;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the outbox may rely on, over everything that can go wrong at GitHub. */
class GitHubChannelTest {

    private static final Instant NOW = VirtualTime.START;
    private static final String REPO = "example/ci";
    private static final Repository CI = Repository.of(REPO);

    private final FakeGitHub github = new FakeGitHub();
    private final VirtualTime clock = new VirtualTime();
    private Duration timeout = Duration.ofMinutes(1);
    private Path token;
    private GitHubApi api;
    private GitHubChannel channel;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        token = Files.writeString(folder.resolve("token"), "good-token\n");
        github.world()
                .repository(REPO, "area/support", "sig/network", "kind/broken")
                .collaborator(REPO, "robin")
                .repository("example/net")
                .pull("example/net", 117, "author", "abc");
        use(false, github.address());
    }

    private void use(boolean dryRun, URI... endpoints) {
        if (api != null) {
            api.close();
        }
        api = new GitHubApi(new GitHubClientOptions(
                List.of(endpoints), new GitHubClientOptions.Identity.Token(token), dryRun, timeout, clock));
        GitHubConfig config = new GitHubConfig(
                new GitHubConfig.Issues(
                        CI.fullName(),
                        true,
                        List.of("kind/broken", "not/there"),
                        Map.of("sig-support", List.of("area/support")),
                        Map.of("network", List.of("SIG/network"))),
                null,
                null,
                null);
        channel = new GitHubChannel(
                api,
                new GitHubFormatter(GitHubChannelTest::templates, GitHubChannelTest::models),
                () -> config,
                repository -> Visibility.PUBLIC);
    }

    @Test
    void aTextThatGitHubWouldRefuseIsShortened() {
        GitHubFormatter formatter = new GitHubFormatter(GitHubChannelTest::templates, GitHubChannelTest::models);
        AddressedMessage digest = new AddressedMessage(
                "github",
                REPO,
                new OutgoingMessage.TextMessage("d", "d", "github", REPO, "x".repeat(300), "a line\n".repeat(20_000)));

        assertThat(formatter.title(digest))
                .hasSizeLessThanOrEqualTo(256)
                .doesNotContain("\n")
                .endsWith("(cut)");
        assertThat(formatter.root(digest)).hasSizeLessThanOrEqualTo(65_536).startsWith("a line\n");
        assertThat(formatter.reply(digest)).hasSizeLessThanOrEqualTo(65_536);
    }

    private static Templates templates() {
        try {
            return Templates.open(TemplateSet.GITHUB, null);
        } catch (InvalidConfigException e) {
            throw new AssertionError(e);
        }
    }

    private static MessageModelFactory models() {
        return new MessageModelFactory(Links.none(), handle -> null);
    }

    @AfterEach
    void close() {
        api.close();
        github.close();
    }

    private static AddressedMessage incidentMessage(NotificationKind kind, String destination) {
        return new AddressedMessage(
                "github", destination, new OutgoingMessage.IncidentMessage(SampleMessages.full(kind), List.of()));
    }

    private static AddressedMessage textMessage(String destination) {
        return new AddressedMessage(
                "github",
                destination,
                new OutgoingMessage.TextMessage(
                        "answer-1", "example/net#117", "github", destination, "An answer", "Done."));
    }

    private ObjectNode issue() {
        return github.world().issues(REPO).getFirst();
    }

    @Test
    void anIncidentIsAnIssueWithItsLabelsItsAssigneeAndItsMarkers() {
        assertThat(channel.post(incidentMessage(NotificationKind.OPENED, REPO)))
                .isEqualTo(new SendResult.Sent("example/ci#1"));

        assertThat(issue().get("title").asText()).isEqualTo("sig-net e2e (k8s 1.35, 1.36) broken: 3 PRs blocked");
        assertThat(issue().get("labels").findValuesAsText("name"))
                .containsExactly("area/support", "kind/broken", "sig/network");
        assertThat(issue().get("assignees").toString()).isEqualTo("[\"robin\"]");
        assertThat(issue().get("body").asText())
                .contains("@robin", "@alex")
                .endsWith("<!-- ci-notify:inc-4f1c-opened-1 -->\n<!-- ci-notify:inc-4f1c -->");
    }

    @Test
    void aPostedMessageIsFound() {
        AddressedMessage opened = incidentMessage(NotificationKind.OPENED, REPO);
        assertThat(channel.findRoot(opened)).isEqualTo(new LookupResult.NotFound());

        channel.post(opened);

        assertThat(channel.findRoot(opened)).isEqualTo(new LookupResult.Found("example/ci#1"));
        AddressedMessage escalated = incidentMessage(NotificationKind.ESCALATED, REPO);
        assertThat(channel.findReply(escalated, "example/ci#1")).isEqualTo(new LookupResult.NotFound());
        SendResult.Sent reply = (SendResult.Sent) channel.reply(escalated, "example/ci#1");
        assertThat(channel.findReply(escalated, "example/ci#1")).isEqualTo(new LookupResult.Found(reply.reference()));
    }

    @Test
    void aMarkerOfAnotherAuthorDoesNotCount() {
        github.world().addComment("example/net", 117, "mallory", "<!-- ci-notify:example/net#117 -->");
        github.world().addComment("example/net", 117, "ci-bot", "```\n<!-- ci-notify:example/net#117 -->\n```\nquoted");

        assertThat(channel.findRoot(textMessage("example/net#117"))).isEqualTo(new LookupResult.NotFound());
    }

    @Test
    void resolvingClosesTheIssueAndARelapseReopensIt() {
        channel.post(incidentMessage(NotificationKind.OPENED, REPO));

        channel.edit(incidentMessage(NotificationKind.RESOLVED, REPO), "example/ci#1");
        channel.edit(incidentMessage(NotificationKind.RESOLVED, REPO), "example/ci#1");

        assertThat(issue().get("state").asText()).isEqualTo("closed");
        assertThat(issue().get("title").asText()).startsWith("Resolved: ");
        assertThat(issue().get("body").asText()).doesNotContain("@robin");
        assertThat(github.world().comments(REPO, 1))
                .as("an edit may be repeated, so it writes no comment")
                .isEmpty();

        channel.edit(incidentMessage(NotificationKind.OPENED, REPO), "example/ci#1");
        assertThat(issue().get("state").asText()).isEqualTo("open");
    }

    @Test
    void theClosingCommentIsAReplyOfItsOwn() {
        channel.post(incidentMessage(NotificationKind.OPENED, REPO));
        AddressedMessage resolved = incidentMessage(NotificationKind.RESOLVED, REPO);

        assertThat(channel.repliesBeforeEdit(NotificationKind.RESOLVED, "example/ci#1"))
                .isTrue();
        assertThat(channel.repliesBeforeEdit(NotificationKind.CHANGED, "example/ci#1"))
                .isFalse();
        assertThat(channel.repliesBeforeEdit(NotificationKind.RESOLVED, "example/net#117/5"))
                .as("a comment is edited in place")
                .isFalse();
        SendResult.Sent comment = (SendResult.Sent) channel.reply(resolved, "example/ci#1");

        assertThat(channel.findReply(resolved, "example/ci#1")).isEqualTo(new LookupResult.Found(comment.reference()));
        assertThat(issue().get("state").asText()).isEqualTo("open");
    }

    @Test
    void anEditThatIsCarriedOutLateIsReadBack() {
        channel.post(incidentMessage(NotificationKind.OPENED, REPO));
        AddressedMessage resolved = incidentMessage(NotificationKind.RESOLVED, REPO);
        AddressedMessage changed = incidentMessage(NotificationKind.CHANGED, REPO);
        github.failNextWrite(GitHubFault.status(502, "bad gateway"));
        assertThat(channel.edit(resolved, "example/ci#1")).isInstanceOf(SendResult.Unknown.class);
        assertThat(channel.edit(changed, "example/ci#1")).isInstanceOf(SendResult.Sent.class);
        assertThat(channel.readBack(changed, "example/ci#1")).isEqualTo(new ReadBackResult.Matches());

        // The first edit is carried out now.
        channel.edit(resolved, "example/ci#1");

        assertThat(channel.readBack(changed, "example/ci#1")).isInstanceOf(ReadBackResult.Differs.class);
        channel.edit(changed, "example/ci#1");
        assertThat(channel.readBack(changed, "example/ci#1")).isEqualTo(new ReadBackResult.Matches());
        assertThat(issue().get("state").asText()).isEqualTo("open");
    }

    @Test
    void whatAPersonDidIsRespectedWhenItIsReadBack() {
        AddressedMessage opened = incidentMessage(NotificationKind.OPENED, REPO);
        channel.post(opened);
        issue().put("body", issue().get("body").asText() + "\n\nSee also #7.").put("title", "My title");
        github.world().closed(REPO, 1);

        assertThat(channel.readBack(opened, "example/ci#1")).isEqualTo(new ReadBackResult.Matches());

        github.world().deleteIssue(REPO, 1);
        assertThat(channel.readBack(opened, "example/ci#1")).isEqualTo(new ReadBackResult.Matches());
        assertThat(channel.readBack(textMessage("example/net#117"), "example/net#117/5"))
                .isEqualTo(new ReadBackResult.Matches());
    }

    @Test
    void textThatAPersonEditedStaysAndOnlyTheStateFollowsTheIncident() {
        channel.post(incidentMessage(NotificationKind.OPENED, REPO));
        issue().put("title", "Storage lane: somebody works on it");
        String comment = ((SendResult.Sent) channel.post(textMessage("example/net#117"))).reference();
        ObjectNode edited = github.world().comment("example/net", comment.substring(comment.indexOf('/', 9) + 1));
        edited.put("body", "Edited.\r\n" + edited.get("body").asText());

        assertThat(channel.edit(incidentMessage(NotificationKind.CHANGED, REPO), "example/ci#1"))
                .isInstanceOf(SendResult.Sent.class);
        assertThat(channel.edit(incidentMessage(NotificationKind.RESOLVED, REPO), "example/ci#1"))
                .isInstanceOf(SendResult.Sent.class);
        assertThat(channel.edit(textMessage("example/net#117"), comment)).isInstanceOf(SendResult.Sent.class);

        assertThat(issue().get("title").asText()).startsWith("Storage lane");
        assertThat(issue().get("body").asText()).contains("inc-4f1c-opened-1");
        assertThat(issue().get("state").asText()).isEqualTo("closed");
        assertThat(github.world().comments("example/net", 117))
                .singleElement()
                .asString()
                .startsWith("Edited.");
        assertThat(channel.readBack(incidentMessage(NotificationKind.RESOLVED, REPO), "example/ci#1"))
                .isEqualTo(new ReadBackResult.Matches());
    }

    @Test
    void anIssueThatTheListDoesNotShowYetIsFoundBySearch() {
        github.world().lag(Lag.of(clock, Duration.ofMinutes(5)), Lag.NONE);
        channel.post(incidentMessage(NotificationKind.OPENED, REPO));

        assertThat(channel.findRoot(incidentMessage(NotificationKind.OPENED, REPO)))
                .isEqualTo(new LookupResult.Found("example/ci#1"));
    }

    @Test
    void aListThatLagsIsShorterThanTheVisibilityDelay() {
        github.world().lag(Lag.of(clock, Duration.ofSeconds(60)), Lag.of(clock, Duration.ofSeconds(60)));
        channel.post(incidentMessage(NotificationKind.OPENED, REPO));
        assertThat(channel.findRoot(incidentMessage(NotificationKind.OPENED, REPO)))
                .isEqualTo(new LookupResult.NotFound());

        clock.advance(channel.capabilities().visibilityDelay());

        assertThat(channel.findRoot(incidentMessage(NotificationKind.OPENED, REPO)))
                .isInstanceOf(LookupResult.Found.class);
    }

    @Test
    void theClaimIsCheckedBeforeEachRequestThatWrites() {
        List<String> checked = new ArrayList<>();
        AddressedMessage escalated = guarded(
                NotificationKind.ESCALATED,
                () -> checked.add(
                        github.requests().isEmpty() ? "" : github.requests().getLast()));
        channel.post(escalated);
        assertThat(checked)
                .as("after the labels and the account")
                .containsExactly("GET /repos/example/ci/assignees/robin");

        checked.clear();
        channel.reply(escalated, "example/ci#1");
        assertThat(checked)
                .as("the assignment and the comment")
                .containsExactly("GET /repos/example/ci/assignees/robin", "POST /repos/example/ci/issues/1/assignees");
    }

    private static AddressedMessage guarded(NotificationKind kind, WriteGuard guard) {
        AddressedMessage message = incidentMessage(kind, REPO);
        return new AddressedMessage("github", REPO, message.message(), guard);
    }

    @ParameterizedTest
    @EnumSource(
            value = NotificationKind.class,
            names = {"ESCALATED", "RESOLVED"})
    void theGuardIsAskedBeforeEachWrite(NotificationKind kind) {
        GuardedWrites.check(channel, incidentMessage(kind, REPO), () -> (int) github.requests().stream()
                .filter(request -> !request.startsWith("GET "))
                .count());
    }

    @Test
    void anIssueThatAPersonClosedIsReopenedOnlyByANotification() {
        channel.post(incidentMessage(NotificationKind.OPENED, REPO));
        github.world().closed(REPO, 1);

        channel.edit(incidentMessage(NotificationKind.FOLDED, REPO), "example/ci#1");
        channel.edit(incidentMessage(NotificationKind.CHANGED, REPO), "example/ci#1");
        assertThat(issue().get("state").asText()).isEqualTo("closed");

        channel.edit(incidentMessage(NotificationKind.ESCALATED, REPO), "example/ci#1");
        assertThat(issue().get("state").asText()).isEqualTo("open");
    }

    @Test
    void aLaneThatComesBackWithoutANotificationReopensTheIssueThatItsResolutionClosed() {
        channel.post(incidentMessage(NotificationKind.OPENED, REPO));
        channel.edit(incidentMessage(NotificationKind.RESOLVED, REPO), "example/ci#1");

        channel.edit(incidentMessage(NotificationKind.CHANGED, REPO), "example/ci#1");

        assertThat(issue().get("state").asText()).isEqualTo("open");
        assertThat(issue().get("title").asText()).contains(" broken: ");
    }

    @Test
    void aPersonOffDutyIsNeitherMentionedNorAssigned() {
        Notification opened = SampleMessages.full(NotificationKind.OPENED);
        Notification shown =
                new Notification(opened.id(), opened.kind(), NOW, NOW, opened.incident(), null, opened.text());

        channel.post(new AddressedMessage("github", REPO, new OutgoingMessage.IncidentMessage(shown, List.of())));

        assertThat(issue().get("body").asText()).contains("robin").doesNotContain("@robin");
        assertThat(issue().get("assignees")).isEmpty();

        channel.reply(incidentMessage(NotificationKind.OPENED, REPO), "example/ci#1");
        assertThat(issue().get("assignees").toString()).isEqualTo("[\"robin\"]");
        assertThat(github.world().comments(REPO, 1)).singleElement().asString().contains("@robin");
    }

    @Test
    void aDigestIsAnIssueInTheConfiguredRepository() {
        assertThat(channel.defaultDestination()).contains(REPO);

        assertThat(channel.post(textMessage(REPO))).isEqualTo(new SendResult.Sent("example/ci#1"));
        assertThat(github.world().issues(REPO)).hasSize(1);
    }

    @Test
    void aTextMessageIsACommentAndIsEdited() {
        SendResult.Sent written = (SendResult.Sent) channel.post(textMessage("example/net#117"));

        assertThat(channel.findRoot(textMessage("example/net#117")))
                .isEqualTo(new LookupResult.Found(written.reference()));
        assertThat(channel.edit(textMessage("example/net#117"), written.reference()))
                .isEqualTo(written);
        assertThat(github.world().comments("example/net", 117))
                .singleElement()
                .asString()
                .startsWith("Done.\n");
    }

    @ParameterizedTest
    @EnumSource(How.class)
    void aLostResponseIsUnknownAndTheMessageIsFound(How how) {
        github.failNextWrite(GitHubFault.lost(how));
        AddressedMessage message = textMessage("example/net#117");

        assertThat(github.interruptHanging(() -> channel.post(message))).isInstanceOf(SendResult.Unknown.class);

        assertThat(channel.findRoot(message)).isInstanceOf(LookupResult.Found.class);
        assertThat(github.world().comments("example/net", 117)).hasSize(1);
    }

    @Test
    void aRequestThatHangsTimesOut() {
        github.failReads(GitHubFault.lost(How.HANG));
        timeout = Duration.ofMillis(300);
        use(false, github.address());

        assertThat(channel.findRoot(textMessage("example/net#117"))).isInstanceOf(LookupResult.Inconclusive.class);
    }

    @Test
    void aMessageThatAProxyGaveUpOnAppearsLater() {
        github.failNextWrite(GitHubFault.held());

        assertThat(channel.post(incidentMessage(NotificationKind.OPENED, REPO))).isInstanceOf(SendResult.Unknown.class);
        assertThat(channel.findRoot(incidentMessage(NotificationKind.OPENED, REPO)))
                .isEqualTo(new LookupResult.NotFound());

        github.land();

        assertThat(channel.findRoot(incidentMessage(NotificationKind.OPENED, REPO)))
                .isInstanceOf(LookupResult.Found.class);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(GitHubFault.retryAfter(429, 120), SendResult.RetryLater.class, "120 s"),
                Arguments.of(GitHubFault.retryAfter(403, 30), SendResult.RetryLater.class, "30 s"),
                Arguments.of(
                        GitHubFault.primaryLimit(NOW.plusSeconds(600).getEpochSecond()),
                        SendResult.RetryLater.class,
                        "600 s"),
                Arguments.of(GitHubFault.secondaryLimit(), SendResult.RetryLater.class, "60 s"),
                Arguments.of(
                        GitHubFault.status(401, "Bad credentials"), SendResult.RetryLater.class, "--github-token-path"),
                Arguments.of(GitHubFault.status(500, "oops"), SendResult.Unknown.class, "500"),
                Arguments.of(GitHubFault.archived(), SendResult.RetryLater.class, "is archived"),
                Arguments.of(GitHubFault.locked(), SendResult.RetryLater.class, "is locked; unlock it"),
                Arguments.of(GitHubFault.forbidden(), SendResult.RetryLater.class, "issues=write"),
                Arguments.of(GitHubFault.status(404, "Not Found"), SendResult.RetryLater.class, "check the name"),
                Arguments.of(
                        GitHubFault.status(410, "Issues are disabled for this repo"),
                        SendResult.RetryLater.class,
                        "disabled"),
                Arguments.of(
                        GitHubFault.status(422, "Validation Failed"), SendResult.RetryLater.class, "Validation Failed"),
                Arguments.of(
                        GitHubFault.status(422, "Body is too long (maximum is 65536 characters)"),
                        SendResult.Rejected.class,
                        "shorten the template"),
                Arguments.of(GitHubFault.status(409, "Conflict"), SendResult.RetryLater.class, "409"),
                Arguments.of(GitHubFault.status(301, "Moved"), SendResult.RetryLater.class, "redirects it (301)"),
                Arguments.of(
                        GitHubFault.redirect(307, "https://login.example.org/repos/example/ci/issues"),
                        SendResult.RetryLater.class,
                        "redirects it (307)"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void eachRejectionHasAResultAndAnExplanation(
            GitHubFault fault, Class<? extends SendResult> state, String sentence) {
        github.failNextWrite(fault);

        SendResult result = channel.post(incidentMessage(NotificationKind.OPENED, REPO));

        assertThat(result).isInstanceOf(state);
        assertThat(result.toString()).contains(sentence).doesNotContain("good-token");
        assertThat(github.world().issues(REPO)).isEmpty();
    }

    @Test
    void aRenamedRepositoryIsFollowedWithMethodAndBody() {
        channel.post(incidentMessage(NotificationKind.OPENED, REPO));
        github.world().rename(REPO, "other/renamed");

        assertThat(channel.edit(incidentMessage(NotificationKind.RESOLVED, REPO), "example/ci#1"))
                .isEqualTo(new SendResult.Sent("example/ci#1"));
        assertThat(channel.post(textMessage("example/ci#1"))).isInstanceOf(SendResult.Sent.class);
        assertThat(channel.findRoot(incidentMessage(NotificationKind.OPENED, REPO)))
                .isEqualTo(new LookupResult.Found("example/ci#1"));

        assertThat(github.world().issues("other/renamed"))
                .singleElement()
                .satisfies(moved -> assertThat(moved.get("title").asText()).startsWith("Resolved: "));
        assertThat(github.world().comments("other/renamed", 1)).hasSize(1);
    }

    /** GitHub behind ghproxy redirects to itself; the token stays at the proxy. */
    @Test
    void aRedirectToGitHubIsFollowedAtTheSameEndpoint() {
        github.failNextWrite(GitHubFault.redirect(307, "https://api.github.com/repos/example/net/issues/117/comments"));

        assertThat(channel.post(textMessage("example/net#117"))).isInstanceOf(SendResult.Sent.class);
        assertThat(github.world().comments("example/net", 117)).hasSize(1);
    }

    @Test
    void aRedirectThatLeadsInCirclesIsRetriedLater() {
        for (int i = 0; i < 9; i++) {
            github.failNextWrite(
                    GitHubFault.redirect(308, github.address() + "/repos/example/net/issues/117/comments"));
        }

        assertThat(channel.post(textMessage("example/net#117"))).isInstanceOf(SendResult.RetryLater.class);
        github.clearFaults();
        assertThat(channel.post(textMessage("example/net#117"))).isInstanceOf(SendResult.Sent.class);
    }

    @Test
    void aRateLimitIsKeptWithoutAnotherRequest() {
        github.failNextWrite(GitHubFault.retryAfter(429, 120));
        channel.post(incidentMessage(NotificationKind.OPENED, REPO));
        int asked = github.requests().size();

        clock.advance(Duration.ofSeconds(119));
        assertThat(channel.post(incidentMessage(NotificationKind.OPENED, REPO)))
                .isInstanceOfSatisfying(SendResult.RetryLater.class, later -> {
                    assertThat(later.retryAfter()).isEqualTo(Duration.ofSeconds(1));
                    assertThat(later.scope()).isEqualTo(SendResult.Scope.CHANNEL);
                });
        assertThat(github.requests()).hasSize(asked);

        clock.advance(Duration.ofSeconds(1));
        assertThat(channel.post(incidentMessage(NotificationKind.OPENED, REPO))).isInstanceOf(SendResult.Sent.class);
    }

    @Test
    void aReplacedTokenTakesEffectAtOnce() throws IOException {
        github.accepts(authorization -> authorization.equals("Bearer new-token"));
        assertThat(channel.post(textMessage("example/net#117")).toString())
                .startsWith("RetryLater")
                .contains("scope=CHANNEL");

        Files.writeString(token, "new-token");

        assertThat(channel.post(textMessage("example/net#117"))).isInstanceOf(SendResult.Sent.class);
    }

    @Test
    void aMissingOrEmptyTokenFileIsReported() throws IOException {
        Files.writeString(token, "\n");
        assertThat(channel.post(textMessage("example/net#117")).toString()).contains("is not a GitHub token");
        Files.delete(token);
        assertThat(channel.post(textMessage("example/net#117")))
                .isInstanceOf(SendResult.RetryLater.class)
                .asString()
                .contains("--github-token-path");
    }

    @Test
    void aDeletedMessageIsGone() {
        assertThat(channel.edit(incidentMessage(NotificationKind.OPENED, REPO), "example/ci#9"))
                .isInstanceOf(SendResult.TargetGone.class);
        assertThat(channel.reply(incidentMessage(NotificationKind.ESCALATED, REPO), "example/ci#9"))
                .isInstanceOf(SendResult.TargetGone.class);
        assertThat(channel.edit(textMessage("example/net#117"), "example/net#117/5"))
                .isInstanceOf(SendResult.TargetGone.class);
        assertThat(channel.findRoot(textMessage("example/net#9"))).isEqualTo(new LookupResult.NotFound());
    }

    @Test
    void aReadableIssueIsNotDeleted() {
        channel.post(incidentMessage(NotificationKind.OPENED, REPO));
        String comment = ((SendResult.Sent) channel.post(textMessage("example/net#117"))).reference();

        assertMayNot(channel::edit, incidentMessage(NotificationKind.ESCALATED, REPO), "example/ci#1");
        assertMayNot(channel::reply, incidentMessage(NotificationKind.ESCALATED, REPO), "example/ci#1");
        assertMayNot(channel::edit, textMessage("example/net#117"), comment);
        assertMayNot(channel::reply, textMessage("example/net#117"), comment);
    }

    private void assertMayNot(
            BiFunction<AddressedMessage, String, SendResult> write, AddressedMessage message, String root) {
        github.failNextWrite(GitHubFault.status(404, "Not Found"));
        assertThat(write.apply(message, root))
                .isInstanceOf(SendResult.RetryLater.class)
                .asString()
                .contains("write access");
    }

    @Test
    void anInvisibleRepositoryDoesNotCountAsDeleted() {
        channel.post(incidentMessage(NotificationKind.OPENED, REPO));
        github.failNextWrite(GitHubFault.status(404, "Not Found")).failReads(GitHubFault.status(404, "Not Found"));

        assertThat(channel.edit(incidentMessage(NotificationKind.OPENED, REPO), "example/ci#1"))
                .isInstanceOf(SendResult.RetryLater.class)
                .asString()
                .contains("read access");
        assertThat(channel.findRoot(textMessage("example/net#117"))).isInstanceOf(LookupResult.Inconclusive.class);
    }

    @Test
    void aMissingRepositoryIsRetriedLater() {
        assertThat(channel.post(textMessage("example/none#1"))).isInstanceOf(SendResult.RetryLater.class);
    }

    @Test
    void anInvalidDestinationIsRejected() {
        assertThat(channel.post(textMessage("nonsense"))).isInstanceOf(SendResult.Rejected.class);
        assertThat(channel.post(textMessage("example/net#x"))).isInstanceOf(SendResult.Rejected.class);
    }

    @Test
    void aPersonWhoIsUnknownToGitHubIsNamedAndNotAssigned() {
        github.world().repository("example/other");
        GitHubConfig config =
                new GitHubConfig(new GitHubConfig.Issues("example/other", true, null, null, null), null, null, null);
        channel = new GitHubChannel(
                api,
                new GitHubFormatter(GitHubChannelTest::templates, GitHubChannelTest::models),
                () -> config,
                repository -> Visibility.PUBLIC);

        assertThat(channel.post(incidentMessage(NotificationKind.OPENED, "example/other")))
                .isInstanceOf(SendResult.Sent.class);

        assertThat(github.world().issues("example/other")).singleElement().satisfies(issue -> {
            assertThat(issue.path("assignees")).isEmpty();
            assertThat(issue.path("body").asText()).contains("robin");
        });
    }

    @ParameterizedTest
    @EnumSource(GitHubFaultOfEdit.class)
    void anEditThatIsNoLongerPossibleHasAnExplanation(GitHubFaultOfEdit fault) {
        String root = ((SendResult.Sent) channel.post(textMessage("example/net#117"))).reference();
        github.failNextWrite(fault.fault);

        SendResult result = channel.edit(textMessage("example/net#117"), root);

        assertThat(result).isInstanceOf(SendResult.RetryLater.class);
        assertThat(result.toString()).contains(fault.sentence);
    }

    /** Why an edit is refused: for good, or until it is allowed. */
    enum GitHubFaultOfEdit {
        ARCHIVED(GitHubFault.archived(), "is archived"),
        LOCKED(GitHubFault.locked(), "is locked; unlock it"),
        FORBIDDEN(GitHubFault.forbidden(), "issues=write");

        private final GitHubFault fault;
        private final String sentence;

        GitHubFaultOfEdit(GitHubFault fault, String sentence) {
            this.fault = fault;
            this.sentence = sentence;
        }
    }

    /** Answers that are not what GitHub promises: unknown if something may have been written, otherwise an error. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        <html>please log in</html>
        ``
        {}
        null
        "text"
        {"message":"Bad gateway"}
        {"id":"x","number":"y","login":7,"items":{}}
        """)
    void anAnswerThatIsNotOfGitHubIsNoProof(String body) {
        ObjectNode issue =
                JsonNodeFactory.instance.objectNode().put("number", 1).put("state", "open");
        try (FaultyServer page = new FaultyServer(request -> new FaultyServer.Reply(200, issue))) {
            page.faults(request -> Optional.of(Fault.answers(200, body)));
            use(false, page.address());
            AddressedMessage comment = textMessage("example/net#117");

            assertThat(channel.post(comment)).isInstanceOf(SendResult.Unknown.class);
            assertThat(channel.reply(comment, "example/net#117")).isInstanceOf(SendResult.Unknown.class);
            assertThat(channel.post(incidentMessage(NotificationKind.OPENED, REPO)))
                    .as("fails before it writes")
                    .isInstanceOf(SendResult.RetryLater.class)
                    .asString()
                    .containsAnyOf("JSON", "a list");
            assertThat(channel.findRoot(comment)).isInstanceOf(LookupResult.Inconclusive.class);
            assertThat(channel.findReply(comment, "example/net#117")).isInstanceOf(LookupResult.Inconclusive.class);
            assertThat(channel.findRoot(incidentMessage(NotificationKind.OPENED, REPO)))
                    .isInstanceOf(LookupResult.Inconclusive.class);
            assertThat(channel.readBack(incidentMessage(NotificationKind.OPENED, REPO), "example/ci#1"))
                    .isInstanceOf(ReadBackResult.Inconclusive.class);

            page.faults(request -> Optional.of(Fault.answers(200, body))
                    .filter(fault -> !request.method().equals("GET")));
            assertThat(channel.edit(incidentMessage(NotificationKind.RESOLVED, REPO), "example/ci#1"))
                    .isInstanceOf(SendResult.Unknown.class);
        }
    }

    @Test
    void theNextEndpointIsAskedWhenOneCannotBeReached() {
        FakeGitHub dead = new FakeGitHub();
        URI nobody = dead.address();
        dead.close();
        use(false, nobody, github.address());

        assertThat(channel.post(incidentMessage(NotificationKind.OPENED, REPO))).isInstanceOf(SendResult.Sent.class);

        use(false, nobody);
        assertThat(channel.post(textMessage("example/net#117")))
                .isInstanceOf(SendResult.RetryLater.class)
                .asString()
                .contains("is unreachable");
    }

    @Test
    void aFailingProxyIsSkippedUnlessThatCouldPostTwice() {
        try (FakeGitHub proxy = new FakeGitHub()) {
            proxy.world().pull("example/net", 117, "author", "abc");
            use(false, proxy.address(), github.address());

            proxy.failNextWrite(GitHubFault.lost(How.SERVER_ERROR));
            assertThat(channel.post(textMessage("example/net#117"))).isInstanceOf(SendResult.Unknown.class);
            assertThat(github.world().comments("example/net", 117)).isEmpty();

            github.world().addComment("example/net", 117, "ci-bot", "old");
            proxy.failNextWrite(GitHubFault.status(503, "down"));
            assertThat(channel.edit(textMessage("example/net#117"), "example/net#117/1001"))
                    .as("the proxy may still carry it out")
                    .isInstanceOf(SendResult.Unknown.class);
            assertThat(github.world().comments("example/net", 117))
                    .singleElement()
                    .asString()
                    .startsWith("Done.");

            proxy.failNextWrite(GitHubFault.status(503, "down"));
            github.failNextWrite(GitHubFault.retryAfter(429, 20));
            assertThat(channel.edit(textMessage("example/net#117"), "example/net#117/1001"))
                    .as("whatever the next endpoint answers")
                    .isInstanceOf(SendResult.Unknown.class);
        }
    }

    @Test
    void aDryRunWritesNothing() {
        use(true, github.address());

        assertThat(channel.post(incidentMessage(NotificationKind.OPENED, REPO))).isInstanceOf(SendResult.Sent.class);
        assertThat(channel.reply(textMessage("example/net#117"), "example/net#117"))
                .isInstanceOf(SendResult.Sent.class);

        assertThat(github.requests()).allMatch(request -> request.startsWith("GET "));
        assertThat(github.world().issues(REPO)).isEmpty();
    }
}
