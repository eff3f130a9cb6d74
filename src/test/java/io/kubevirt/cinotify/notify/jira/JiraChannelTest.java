// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.jira;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.FakeJira;
import io.kubevirt.cinotify.fixture.Fault;
import io.kubevirt.cinotify.fixture.GuardedWrites;
import io.kubevirt.cinotify.fixture.NotificationBuilder;
import io.kubevirt.cinotify.http.BoundedHttpClient;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.LookupResult;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.ReadBackResult;
import io.kubevirt.cinotify.notify.SendResult;
import io.kubevirt.cinotify.notify.template.Links;
import io.kubevirt.cinotify.notify.template.SampleMessages;
import io.kubevirt.cinotify.notify.template.Templates;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an incident is on the group's board. */
class JiraChannelTest {

    private static final Duration LAG = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private final FakeJira jira = new FakeJira();
    private final BoundedHttpClient client = new BoundedHttpClient(Duration.ofMinutes(1));
    private Path token;
    private String project = "CI";
    private String resolve = "Done";
    private String user;
    private JiraChannel channel;

    @BeforeEach
    void open() throws IOException, InvalidConfigException {
        token = Files.writeString(folder.resolve("token"), FakeJira.TOKEN);
        Templates templates = Templates.open(JiraFormatter.TEMPLATES, null);
        channel = new JiraChannel(
                client,
                this::config,
                file -> new SecretFile(Path.of(file)),
                new JiraFormatter(() -> templates, Links::none));
    }

    @AfterEach
    void close() {
        client.close();
        jira.close();
    }

    private JiraConfig config() {
        JiraConfig.Board board = new JiraConfig.Board(project, "Task", "infrastructure", List.of("ci"));
        return new JiraConfig(
                jira.address().toString(),
                token.toString(),
                user,
                Map.of("sig-support", board),
                resolve,
                "Reopen",
                null);
    }

    private static AddressedMessage addressed(NotificationKind kind) {
        return new AddressedMessage(
                "jira",
                "sig-support",
                new OutgoingMessage.IncidentMessage(SampleMessages.full(kind), List.of("because")));
    }

    private String root() {
        return ((SendResult.Sent) channel.post(addressed(NotificationKind.OPENED))).reference();
    }

    @Test
    void anIncidentOfAListedAreaIsAnIssue() {
        assertThat(channel.destinations(addressed(NotificationKind.OPENED).message()))
                .containsExactly("sig-support");
        assertThat(channel.destinations(
                        new OutgoingMessage.IncidentMessage(SampleMessages.bare(NotificationKind.OPENED), List.of())))
                .isEmpty();

        assertThat(channel.post(addressed(NotificationKind.OPENED))).isEqualTo(new SendResult.Sent("CI-1"));

        assertThat(jira.issues()).singleElement().satisfies(issue -> {
            assertThat(issue.fields().path("summary").asText())
                    .isEqualTo("sig-net e2e (k8s 1.35, 1.36) broken: 3 PRs blocked");
            assertThat(issue.fields().path("labels").toString())
                    .isEqualTo("[\"ci-notify\",\"ci-notify:inc-4f1c\",\"ci\"]");
            assertThat(issue.fields().path("components").toString()).contains("infrastructure");
            assertThat(issue.fields().path("description").asText())
                    .contains("{noformat}\n  Timed out after 360.001s.")
                    .contains("[run|https://prow.example.org/");
        });
    }

    @Test
    void aNoteShowsNoEntities() {
        channel.post(new AddressedMessage(
                "jira",
                "sig-support",
                new OutgoingMessage.TextMessage("a", "a", "jira", "sig-support", "t", "o/r#&#8203;1")));

        assertThat(jira.issues().getFirst().fields().path("description").asText())
                .contains("o/r#1");
    }

    @Test
    void resolvingTransitionsTheIssueAndARelapseReopensIt() {
        String root = root();

        assertThat(channel.edit(addressed(NotificationKind.RESOLVED), root)).isEqualTo(new SendResult.Sent(root));
        channel.edit(addressed(NotificationKind.RESOLVED), root);
        assertThat(jira.issues()).singleElement().satisfies(issue -> {
            assertThat(issue.done()).isTrue();
            assertThat(issue.transitions()).hasSize(1);
            assertThat(issue.fields().path("summary").asText()).startsWith("Resolved: ");
            assertThat(issue.fields().path("labels")).hasSize(3);
        });

        channel.edit(addressed(NotificationKind.CHANGED), root);
        assertThat(jira.issues().getFirst().done()).isFalse();
        assertThat(jira.issues().getFirst().comments())
                .as("an edit may be repeated, so it writes no comment")
                .isEmpty();
    }

    @Test
    void theClosingCommentIsAReplyOfItsOwn() {
        String root = root();

        assertThat(channel.repliesBeforeEdit(NotificationKind.RESOLVED, root)).isTrue();
        assertThat(channel.repliesBeforeEdit(NotificationKind.CHANGED, root)).isFalse();
        channel.reply(addressed(NotificationKind.RESOLVED), root);

        assertThat(channel.findReply(addressed(NotificationKind.RESOLVED), root))
                .isEqualTo(new LookupResult.Found("1"));
    }

    @Test
    void aSlowTransitionOfAGlobalWorkflowIsNotRepeated() {
        String root = root();
        jira.globalTransitions();
        jira.server().faults(request -> Optional.of(Fault.drops().afterwards())
                .filter(fault -> request.method().equals("POST")));
        assertThat(channel.edit(addressed(NotificationKind.RESOLVED), root)).isInstanceOf(SendResult.Unknown.class);
        jira.server().faults(request -> Optional.empty());
        assertThat(channel.readBack(addressed(NotificationKind.RESOLVED), root))
                .isInstanceOf(ReadBackResult.Differs.class);

        assertThat(channel.edit(addressed(NotificationKind.RESOLVED), root)).isInstanceOf(SendResult.Sent.class);

        assertThat(channel.readBack(addressed(NotificationKind.RESOLVED), root))
                .isEqualTo(new ReadBackResult.Matches());
        assertThat(jira.issues().getFirst().transitions()).hasSize(1);
        assertThat(jira.issues().getFirst().comments()).isEmpty();
    }

    @Test
    void aLateTransitionIsSeenAndUndone() {
        String root = root();
        channel.edit(addressed(NotificationKind.RESOLVED), root);
        channel.edit(addressed(NotificationKind.CHANGED), root);
        assertThat(channel.readBack(addressed(NotificationKind.CHANGED), root)).isEqualTo(new ReadBackResult.Matches());

        jira.moveBySelf(root, true);

        assertThat(channel.readBack(addressed(NotificationKind.CHANGED), root))
                .isInstanceOf(ReadBackResult.Differs.class);
        channel.edit(addressed(NotificationKind.CHANGED), root);
        assertThat(jira.issues().getFirst().done()).isFalse();
    }

    @Test
    void anIssueThatAPersonClosedIsReopenedOnlyByANotification() {
        String root = root();
        jira.move(root, true);

        channel.edit(addressed(NotificationKind.CHANGED), root);
        assertThat(jira.issues().getFirst().done()).isTrue();
        assertThat(channel.readBack(addressed(NotificationKind.CHANGED), root)).isEqualTo(new ReadBackResult.Matches());

        channel.edit(addressed(NotificationKind.ESCALATED), root);
        assertThat(jira.issues().getFirst().done()).isFalse();
    }

    @Test
    void textThatAPersonEditedStaysAndOnlyTheStatusFollowsTheIncident() {
        String root = root();
        channel.edit(addressed(NotificationKind.CHANGED), root);
        jira.rename(root, "Storage lane: somebody works on it");

        assertThat(channel.edit(addressed(NotificationKind.RESOLVED), root)).isEqualTo(new SendResult.Sent(root));

        assertThat(jira.issues().getFirst().done()).isTrue();
        assertThat(jira.issues().getFirst().fields().path("summary").asText()).startsWith("Storage lane");
        assertThat(channel.readBack(addressed(NotificationKind.RESOLVED), root))
                .isEqualTo(new ReadBackResult.Matches());
    }

    @Test
    void aDeletedIssueIsLeftAlone() {
        String root = root();
        jira.delete(root);

        assertThat(channel.readBack(addressed(NotificationKind.CHANGED), root)).isEqualTo(new ReadBackResult.Matches());
    }

    @Test
    void jiraCloudTakesTheEMailAddressAndHasAnotherSearch() {
        jira.cloud("ci@example.org");
        assertThat(channel.post(addressed(NotificationKind.OPENED)).toString()).contains("check jira.user");

        user = "ci@example.org";
        String root = root();
        jira.move(root, true);

        assertThat(channel.findRoot(addressed(NotificationKind.OPENED))).isEqualTo(new LookupResult.Found("CI-1"));
        assertThat(channel.edit(addressed(NotificationKind.CHANGED), root)).isInstanceOf(SendResult.Sent.class);
        assertThat(jira.issues().getFirst().done()).isTrue();
        assertThat(channel.readBack(addressed(NotificationKind.CHANGED), root)).isEqualTo(new ReadBackResult.Matches());
        assertThat(channel.readBack(addressed(NotificationKind.OPENED), root))
                .isInstanceOf(ReadBackResult.Differs.class);
        channel.reply(addressed(NotificationKind.REMINDED), root);
        assertThat(channel.findReply(addressed(NotificationKind.REMINDED), root))
                .isInstanceOf(LookupResult.Found.class);
        assertThat(channel.findReply(addressed(NotificationKind.ESCALATED), root))
                .isInstanceOf(LookupResult.NotFound.class);
    }

    @Test
    void theGuardIsAskedBeforeEachWrite() {
        GuardedWrites.check(channel, addressed(NotificationKind.RESOLVED), () -> (int) jira.server().requests().stream()
                .filter(request -> !request.method().equals("GET"))
                .count());

        assertThat(jira.issues()).singleElement().satisfies(issue -> assertThat(issue.transitions())
                .as("a transition is a write of its own")
                .hasSize(1));
    }

    @Test
    void aRetractedIncidentIsDoneToo() {
        String root = root();

        channel.edit(retracted(NotificationKind.RESOLVED), root);

        assertThat(jira.issues().getFirst().done()).isTrue();
    }

    @Test
    void onlyAResolutionClosesAnIssue() {
        String root = root();

        channel.edit(retracted(NotificationKind.CHANGED), root);

        assertThat(jira.issues().getFirst().done()).isFalse();
        assertThat(channel.readBack(retracted(NotificationKind.CHANGED), root)).isEqualTo(new ReadBackResult.Matches());
    }

    private static AddressedMessage retracted(NotificationKind kind) {
        return new AddressedMessage(
                "jira",
                "sig-support",
                new OutgoingMessage.IncidentMessage(
                        NotificationBuilder.retracted(SampleMessages.full(kind)), List.of("because")));
    }

    static Stream<Arguments> lostAnswers() {
        return Stream.of(
                Arguments.of("hangs", Fault.hangs().afterwards()),
                Arguments.of("cut in the middle", Fault.cut()),
                Arguments.of("closed without a word", Fault.drops().afterwards()),
                Arguments.of("500", Fault.answers(500, "oops").afterwards()),
                Arguments.of("a page", Fault.answers(200, "<html/>").afterwards()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lostAnswers")
    void anUnknownOutcomeIsFoundAndNotSentAgain(String name, Fault fault) {
        jira.server().failOnce("issue", fault);
        jira.searchable(false);

        assertThat(jira.server().interruptHanging(() -> channel.post(addressed(NotificationKind.OPENED))))
                .isInstanceOf(SendResult.Unknown.class);
        assertThat(channel.findRoot(addressed(NotificationKind.OPENED))).isEqualTo(new LookupResult.NotFound());
        assertThat(channel.capabilities().visibilityDelay())
                .as("until then that does not count")
                .isEqualTo(LAG);

        jira.searchable(true);
        assertThat(channel.findRoot(addressed(NotificationKind.OPENED))).isEqualTo(new LookupResult.Found("CI-1"));
    }

    @Test
    void aMissingSearchIsInconclusive() {
        jira.server().faults(request -> Optional.of(Fault.answers(404, "")));

        assertThat(channel.findRoot(addressed(NotificationKind.OPENED))).isInstanceOf(LookupResult.Inconclusive.class);
    }

    @Test
    void aCommentWhoseResponseWasLostIsFound() {
        String root = root();
        jira.server().failOnce("comment", Fault.drops().afterwards());

        assertThat(channel.reply(addressed(NotificationKind.REMINDED), root)).isInstanceOf(SendResult.Unknown.class);
        assertThat(channel.findReply(addressed(NotificationKind.REMINDED), root))
                .isInstanceOf(LookupResult.Found.class);
        assertThat(channel.findReply(addressed(NotificationKind.ESCALATED), root))
                .isInstanceOf(LookupResult.NotFound.class);
        assertThat(jira.issues().getFirst().comments()).singleElement().satisfies(comment -> assertThat(comment)
                .endsWith("{anchor:ci-notify-inc-4f1c-reminded-1}"));
    }

    @Test
    void aDeletedIssueIsGone() {
        String root = root();
        jira.delete(root);

        assertThat(channel.edit(addressed(NotificationKind.RESOLVED), root)).isInstanceOf(SendResult.TargetGone.class);
        assertThat(channel.reply(addressed(NotificationKind.REMINDED), root)).isInstanceOf(SendResult.TargetGone.class);
        assertThat(channel.edit(addressed(NotificationKind.RESOLVED), "dry-run"))
                .isInstanceOf(SendResult.TargetGone.class);
    }

    @Test
    void aReadableIssueIsNotDeleted() {
        String root = root();
        jira.server().faults(request -> Optional.of(Fault.answers(404, ""))
                .filter(fault -> !request.method().equals("GET")));

        assertThat(channel.edit(addressed(NotificationKind.RESOLVED), root))
                .isInstanceOf(SendResult.RetryLater.class)
                .asString()
                .contains("permission");
        assertThat(channel.reply(addressed(NotificationKind.REMINDED), root)).isInstanceOf(SendResult.RetryLater.class);
    }

    @Test
    void anInvisibleProjectDoesNotCountAsDeleted() {
        String root = root();
        jira.server().faults(request -> Optional.of(Fault.answers(404, "")));

        assertThat(channel.edit(addressed(NotificationKind.RESOLVED), root))
                .isInstanceOf(SendResult.RetryLater.class)
                .asString()
                .contains("permission");
        assertThat(channel.findReply(addressed(NotificationKind.REMINDED), root))
                .isInstanceOf(LookupResult.Inconclusive.class);
    }

    @Test
    void aRotatedTokenIsPickedUpByTheNextCall() throws IOException {
        jira.rotate("new");
        assertThat(channel.post(addressed(NotificationKind.OPENED)).toString())
                .startsWith("RetryLater")
                .contains("put a valid one into " + token, "scope=CHANNEL");

        Files.writeString(token, "new\n");
        assertThat(channel.post(addressed(NotificationKind.OPENED))).isInstanceOf(SendResult.Sent.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 413, 418, 429, 500})
    void aTokenThatTheServerEchoesIsCensored(int status) {
        String basic = Base64.getEncoder().encodeToString(("ada:" + FakeJira.TOKEN).getBytes(StandardCharsets.UTF_8));
        jira.server()
                .faults(request -> Optional.of(Fault.answers(
                        status, "{\"errorMessages\":[\"bad " + FakeJira.TOKEN + " Basic " + basic + "\"]}")));

        assertThat(channel.post(addressed(NotificationKind.OPENED)).toString())
                .contains("bad [secret] Basic YWRhOm[secret]")
                .doesNotContain(FakeJira.TOKEN);
    }

    @Test
    void wrongNamesInTheConfigurationAreReported() {
        String root = root();
        resolve = "Close";
        assertThat(channel.edit(addressed(NotificationKind.RESOLVED), root).toString())
                .startsWith("RetryLater")
                .contains("no transition \"Close\", but [Done]");

        project = "NOPE";
        assertThat(channel.post(addressed(NotificationKind.OPENED)).toString())
                .startsWith("RetryLater")
                .contains("project: valid project is required");
    }

    /** Answers that are not what Jira promises: unknown if something may have been written, otherwise an error. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        <html>please log in</html>
        ``
        {}
        []
        null
        {"errorMessages":["broken"]}
        {"key":7,"id":{}}
        {"key":null,"id":null,"issues":{},"comments":7,"fields":"x","total":"many"}
        """)
    void anAnswerThatIsNotOfJiraIsNoProof(String body) {
        String root = root();
        jira.server().faults(request -> Optional.of(Fault.answers(200, body)));

        assertThat(channel.post(addressed(NotificationKind.OPENED))).isInstanceOf(SendResult.Unknown.class);
        assertThat(channel.reply(addressed(NotificationKind.REMINDED), root)).isInstanceOf(SendResult.Unknown.class);
        assertThat(channel.edit(addressed(NotificationKind.RESOLVED), root)).isInstanceOf(SendResult.RetryLater.class);
        assertThat(channel.findRoot(addressed(NotificationKind.OPENED))).isInstanceOf(LookupResult.Inconclusive.class);
        assertThat(channel.findReply(addressed(NotificationKind.REMINDED), root))
                .isInstanceOf(LookupResult.Inconclusive.class);
        assertThat(channel.readBack(addressed(NotificationKind.OPENED), root))
                .isInstanceOf(ReadBackResult.Inconclusive.class);

        jira.server().faults(request -> Optional.of(Fault.answers(200, body))
                .filter(fault -> !request.method().equals("GET")));
        assertThat(channel.edit(addressed(NotificationKind.RESOLVED), root))
                .as("Jira answers edits without a body")
                .isInstanceOf(body.isEmpty() ? SendResult.Sent.class : SendResult.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        302 | RetryLater  | asks for a login
        403 | RetryLater  | permission
        404 | RetryLater  | jira.url
        413 | Rejected | shorten the template
        429 | RetryLater  | 429
        503 | Unknown | 503
        """)
    void eachResponseHasAResultAndAnExplanation(int status, String state, String sentence) {
        jira.server().failOnce("issue", Fault.answers(status, ""));

        SendResult result = channel.post(addressed(NotificationKind.OPENED));

        assertThat(result.getClass().getSimpleName()).isEqualTo(state);
        assertThat(result.toString()).contains(sentence).doesNotContain(FakeJira.TOKEN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        [~robin] look; \\[\\~robin\\] look
        {code}x{code}; \\{code\\}x\\{code\\}
        [here|https://evil.test]; \\[here\\|https:\u200b//evil.test\\]
        !https://evil.test/a.png!; \\!https:\u200b//evil.test/a.png\\!
        <b>; '&lt;b&gt;'
        """)
    void untrustedTextMentionsNobodyAndHasNoMarkup(String outside, String written) {
        assertThat(new JiraMarkup().text(outside)).isEqualTo(written);
    }

    @Test
    void anUntrustedLineCannotCloseABlock() {
        assertThat(new JiraMarkup().block(List.of("{noformat}", "h1. x")).split("\\{noformat}", -1))
                .hasSize(3);
    }
}
