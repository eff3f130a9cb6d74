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
package io.kubevirt.cinotify.notice.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.fixture.FakeGitHub;
import io.kubevirt.cinotify.fixture.Fault;
import io.kubevirt.cinotify.fixture.FaultyServer;
import io.kubevirt.cinotify.fixture.GitHubFault;
import io.kubevirt.cinotify.fixture.GitHubFault.How;
import io.kubevirt.cinotify.fixture.VirtualTime;
import io.kubevirt.cinotify.incident.policy.Message;
import io.kubevirt.cinotify.incident.policy.MessageKind;
import io.kubevirt.cinotify.notice.Content;
import io.kubevirt.cinotify.notice.Lookup;
import io.kubevirt.cinotify.notice.Receipt;
import io.kubevirt.cinotify.notice.Saying;
import io.kubevirt.cinotify.notice.template.ExampleMessages;
import io.kubevirt.cinotify.notice.template.Links;
import io.kubevirt.cinotify.notice.template.MessageViews;
import io.kubevirt.cinotify.notice.template.TemplateSet;
import io.kubevirt.cinotify.notice.template.Templates;
import io.kubevirt.cinotify.prow.Repository;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the outbox may rely on, over everything that can go wrong at GitHub. */
class GitHubChannelTest {

    private static final Instant NOW = VirtualTime.START;
    private static final String REPO = "example/ci";
    private static final Repository CI = Repository.of(REPO);

    private final FakeGitHub github = new FakeGitHub();
    private final VirtualTime clock = new VirtualTime();
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
        api = new GitHubApi(new GitHubAccess(
                List.of(endpoints), new GitHubAccess.Identity.Token(token), dryRun, Duration.ofMillis(700), clock));
        GitHubRules rules = new GitHubRules(
                CI,
                true,
                List.of("kind/broken", "not/there"),
                Map.of("sig-support", List.of("area/support")),
                Map.of("network", List.of("SIG/network")),
                GitHubRules.Comments.NEVER,
                0);
        channel = new GitHubChannel(
                api, new GitHubVoice(GitHubChannelTest::templates, GitHubChannelTest::views), () -> rules);
    }

    private static Templates templates() {
        try {
            return Templates.open(TemplateSet.GITHUB, null);
        } catch (InvalidDocument e) {
            throw new AssertionError(e);
        }
    }

    private static MessageViews views() {
        return new MessageViews(Links.none(), handle -> null);
    }

    @AfterEach
    void close() {
        api.close();
        github.close();
    }

    private static Saying news(MessageKind kind, String place) {
        return new Saying("github", place, new Content.IncidentNews(ExampleMessages.full(kind), List.of()));
    }

    private static Saying letter(String place) {
        return new Saying(
                "github",
                place,
                new Content.Letter("answer-1", "example/net#117", "github", place, "An answer", "Done."));
    }

    private ObjectNode issue() {
        return github.world().issues(REPO).getFirst();
    }

    @Test
    void anIncidentIsAnIssueWithItsLabelsItsAssigneeAndItsMarkers() {
        assertThat(channel.post(news(MessageKind.OPENED, REPO))).isEqualTo(new Receipt.Written("example/ci#1"));

        assertThat(issue().get("title").asText()).isEqualTo("Broken: example/net pull-e2e-sig-net");
        assertThat(issue().get("labels").findValuesAsText("name"))
                .containsExactly("area/support", "kind/broken", "sig/network");
        assertThat(issue().get("assignees").toString()).isEqualTo("[\"robin\"]");
        assertThat(issue().get("body").asText())
                .contains("@robin", "@alex")
                .endsWith("<!-- ci-notify:inc-4f1c-opened-1 -->\n<!-- ci-notify:inc-4f1c -->");
    }

    @Test
    void whatWasPostedIsFound() {
        Saying opened = news(MessageKind.OPENED, REPO);
        assertThat(channel.findRoot(opened)).isEqualTo(new Lookup.Missing());

        channel.post(opened);

        assertThat(channel.findRoot(opened)).isEqualTo(new Lookup.Found("example/ci#1"));
        Saying escalated = news(MessageKind.ESCALATED, REPO);
        assertThat(channel.findReply(escalated, "example/ci#1")).isEqualTo(new Lookup.Missing());
        Receipt.Written reply = (Receipt.Written) channel.reply(escalated, "example/ci#1");
        assertThat(channel.findReply(escalated, "example/ci#1")).isEqualTo(new Lookup.Found(reply.reference()));
    }

    @Test
    void somebodyElsesMarkerIsNotOurs() {
        github.world().says("example/net", 117, "mallory", "<!-- ci-notify:example/net#117 -->");
        github.world().says("example/net", 117, "ci-bot", "```\n<!-- ci-notify:example/net#117 -->\n```\nquoted");

        assertThat(channel.findRoot(letter("example/net#117"))).isEqualTo(new Lookup.Missing());
    }

    @Test
    void theEndIsSaidOnceAndClosesTheIssueAndARelapseOpensItAgain() {
        channel.post(news(MessageKind.OPENED, REPO));

        channel.edit(news(MessageKind.RESOLVED, REPO), "example/ci#1");
        channel.edit(news(MessageKind.RESOLVED, REPO), "example/ci#1");

        assertThat(issue().get("state").asText()).isEqualTo("closed");
        assertThat(issue().get("title").asText()).startsWith("Resolved: ");
        assertThat(issue().get("body").asText()).doesNotContain("@robin");
        assertThat(github.world().comments(REPO, 1)).hasSize(1);

        channel.edit(news(MessageKind.OPENED, REPO), "example/ci#1");
        assertThat(issue().get("state").asText()).isEqualTo("open");
    }

    @Test
    void anEditThatCallsNobodyLeavesAnIssueClosed() {
        channel.post(news(MessageKind.OPENED, REPO));
        issue().put("state", "closed");

        channel.edit(news(MessageKind.FOLDED, REPO), "example/ci#1");

        assertThat(issue().get("state").asText()).isEqualTo("closed");
        assertThat(issue().get("body").asText()).contains("part of outage");
    }

    @Test
    void aPersonWhoIsNotYetAtWorkIsNeitherCalledNorAssigned() {
        Message opened = ExampleMessages.full(MessageKind.OPENED);
        Message shown = new Message(opened.id(), opened.kind(), NOW, NOW, opened.incident(), null, opened.text());

        channel.post(new Saying("github", REPO, new Content.IncidentNews(shown, List.of())));

        assertThat(issue().get("body").asText()).contains("robin").doesNotContain("@robin");
        assertThat(issue().get("assignees")).isEmpty();

        channel.reply(news(MessageKind.OPENED, REPO), "example/ci#1");
        assertThat(issue().get("assignees").toString()).isEqualTo("[\"robin\"]");
        assertThat(github.world().comments(REPO, 1)).singleElement().asString().contains("@robin");
    }

    @Test
    void whatIsGatheredComesAsAnIssueWhereIssuesAre() {
        assertThat(channel.home()).contains(REPO);

        assertThat(channel.post(letter(REPO))).isEqualTo(new Receipt.Written("example/ci#1"));
        assertThat(github.world().issues(REPO)).hasSize(1);
    }

    @Test
    void aLetterIsACommentAndIsEdited() {
        Receipt.Written written = (Receipt.Written) channel.post(letter("example/net#117"));

        assertThat(channel.findRoot(letter("example/net#117"))).isEqualTo(new Lookup.Found(written.reference()));
        assertThat(channel.edit(letter("example/net#117"), written.reference())).isEqualTo(written);
        assertThat(github.world().comments("example/net", 117))
                .singleElement()
                .asString()
                .startsWith("Done.\n");
    }

    @ParameterizedTest
    @EnumSource(How.class)
    void whenTheAnswerIsLostItIsUnknownAndThenFound(How how) {
        github.next(GitHubFault.lost(how));

        assertThat(channel.post(news(MessageKind.OPENED, REPO))).isInstanceOf(Receipt.Unknown.class);
        assertThat(channel.findRoot(news(MessageKind.OPENED, REPO))).isEqualTo(new Lookup.Found("example/ci#1"));
        assertThat(github.world().issues(REPO)).hasSize(1);
    }

    @Test
    void whatAProxyGaveUpIsThereLater() {
        github.next(new GitHubFault.Late(Duration.ofMillis(500)));

        assertThat(channel.post(news(MessageKind.OPENED, REPO))).isInstanceOf(Receipt.Unknown.class);
        assertThat(channel.findRoot(news(MessageKind.OPENED, REPO))).isEqualTo(new Lookup.Missing());
        await().atMost(channel.abilities().late())
                .until(() -> channel.findRoot(news(MessageKind.OPENED, REPO)) instanceof Lookup.Found);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(GitHubFault.retryAfter(429, 120), Receipt.Later.class, "120 s"),
                Arguments.of(GitHubFault.retryAfter(403, 30), Receipt.Later.class, "30 s"),
                Arguments.of(
                        GitHubFault.primaryLimit(NOW.plusSeconds(600).getEpochSecond()), Receipt.Later.class, "600 s"),
                Arguments.of(GitHubFault.secondaryLimit(), Receipt.Later.class, "60 s"),
                Arguments.of(GitHubFault.status(401, "Bad credentials"), Receipt.Later.class, "--github-token-path"),
                Arguments.of(GitHubFault.status(500, "oops"), Receipt.Unknown.class, "500"),
                Arguments.of(GitHubFault.archived(), Receipt.Refused.class, "is archived"),
                Arguments.of(GitHubFault.locked(), Receipt.Refused.class, "is locked; unlock it"),
                Arguments.of(GitHubFault.forbidden(), Receipt.Later.class, "issues=write"),
                Arguments.of(GitHubFault.status(404, "Not Found"), Receipt.Later.class, "check the name"),
                Arguments.of(
                        GitHubFault.status(410, "Issues are disabled for this repo"), Receipt.Later.class, "disabled"),
                Arguments.of(GitHubFault.status(422, "Validation Failed"), Receipt.Refused.class, "Validation Failed"),
                Arguments.of(GitHubFault.status(301, "Moved Permanently"), Receipt.Refused.class, "has moved"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void eachRefusalHasItsStateAndItsSentence(GitHubFault fault, Class<? extends Receipt> state, String sentence) {
        github.next(fault);

        Receipt receipt = channel.post(news(MessageKind.OPENED, REPO));

        assertThat(receipt).isInstanceOf(state);
        assertThat(receipt.toString()).contains(sentence).doesNotContain("good-token");
        assertThat(github.world().issues(REPO)).isEmpty();
    }

    @Test
    void aLimitIsKeptWithoutAskingAgain() {
        github.next(GitHubFault.retryAfter(429, 120));
        channel.post(news(MessageKind.OPENED, REPO));
        int asked = github.requests().size();

        clock.pass(Duration.ofSeconds(119));
        assertThat(channel.post(news(MessageKind.OPENED, REPO))).isInstanceOfSatisfying(Receipt.Later.class, later -> {
            assertThat(later.after()).isEqualTo(Duration.ofSeconds(1));
            assertThat(later.scope()).isEqualTo(Receipt.Scope.CHANNEL);
        });
        assertThat(github.requests()).hasSize(asked);

        clock.pass(Duration.ofSeconds(1));
        assertThat(channel.post(news(MessageKind.OPENED, REPO))).isInstanceOf(Receipt.Written.class);
    }

    @Test
    void aTokenThatIsReplacedCountsAtOnce() throws IOException {
        github.accepts(authorization -> authorization.equals("Bearer new-token"));
        assertThat(channel.post(letter("example/net#117")).toString())
                .startsWith("Later")
                .contains("scope=CHANNEL");

        Files.writeString(token, "new-token");

        assertThat(channel.post(letter("example/net#117"))).isInstanceOf(Receipt.Written.class);
    }

    @Test
    void aTokenFileThatIsMissingOrEmptyIsTold() throws IOException {
        Files.writeString(token, "\n");
        assertThat(channel.post(letter("example/net#117")).toString()).contains("holds no token");
        Files.delete(token);
        assertThat(channel.post(letter("example/net#117")))
                .isInstanceOf(Receipt.Later.class)
                .asString()
                .contains("--github-token-path");
    }

    @Test
    void whatSomebodyDeletedIsGone() {
        assertThat(channel.edit(news(MessageKind.OPENED, REPO), "example/ci#9")).isInstanceOf(Receipt.Gone.class);
        assertThat(channel.reply(news(MessageKind.ESCALATED, REPO), "example/ci#9"))
                .isInstanceOf(Receipt.Gone.class);
        assertThat(channel.edit(letter("example/net#117"), "example/net#117/5")).isInstanceOf(Receipt.Gone.class);
        assertThat(channel.findRoot(letter("example/net#9"))).isEqualTo(new Lookup.Missing());
    }

    @Test
    void whatCanBeReadIsNotDeleted() {
        channel.post(news(MessageKind.OPENED, REPO));
        String comment = ((Receipt.Written) channel.post(letter("example/net#117"))).reference();

        assertMayNot(channel::edit, news(MessageKind.ESCALATED, REPO), "example/ci#1");
        assertMayNot(channel::reply, news(MessageKind.ESCALATED, REPO), "example/ci#1");
        assertMayNot(channel::edit, letter("example/net#117"), comment);
        assertMayNot(channel::reply, letter("example/net#117"), comment);
    }

    private void assertMayNot(BiFunction<Saying, String, Receipt> write, Saying saying, String root) {
        github.next(GitHubFault.status(404, "Not Found"));
        assertThat(write.apply(saying, root))
                .isInstanceOf(Receipt.Later.class)
                .asString()
                .contains("permission to write");
    }

    @Test
    void whereNothingCanBeSeenNothingIsDeleted() {
        channel.post(news(MessageKind.OPENED, REPO));
        github.next(GitHubFault.status(404, "Not Found")).refusesReads(GitHubFault.status(404, "Not Found"));

        assertThat(channel.edit(news(MessageKind.OPENED, REPO), "example/ci#1"))
                .isInstanceOf(Receipt.Later.class)
                .asString()
                .contains("permission");
        assertThat(channel.findRoot(letter("example/net#117"))).isInstanceOf(Lookup.Unclear.class);
    }

    @Test
    void aRepositoryThatIsNotThereMayBeThereLater() {
        assertThat(channel.post(letter("example/none#1"))).isInstanceOf(Receipt.Later.class);
    }

    @Test
    void whatIsNoPlaceIsRefused() {
        assertThat(channel.post(letter("nonsense"))).isInstanceOf(Receipt.Refused.class);
        assertThat(channel.post(letter("example/net#x"))).isInstanceOf(Receipt.Refused.class);
    }

    @Test
    void whomGitHubDoesNotKnowIsNamedAndNotAssigned() {
        github.world().repository("example/other");
        GitHubRules rules = new GitHubRules(
                Repository.of("example/other"), true, List.of(), Map.of(), Map.of(), GitHubRules.Comments.NEVER, 0);
        channel = new GitHubChannel(
                api, new GitHubVoice(GitHubChannelTest::templates, GitHubChannelTest::views), () -> rules);

        assertThat(channel.post(news(MessageKind.OPENED, "example/other"))).isInstanceOf(Receipt.Written.class);

        assertThat(github.world().issues("example/other")).singleElement().satisfies(issue -> {
            assertThat(issue.path("assignees")).isEmpty();
            assertThat(issue.path("body").asText()).contains("robin");
        });
    }

    @ParameterizedTest
    @EnumSource(GitHubFaultOfEdit.class)
    void whatCannotBeChangedAnyMoreHasItsSentence(GitHubFaultOfEdit fault) {
        String root = ((Receipt.Written) channel.post(letter("example/net#117"))).reference();
        github.next(fault.fault);

        Receipt receipt = channel.edit(letter("example/net#117"), root);

        assertThat(receipt)
                .isInstanceOf(fault == GitHubFaultOfEdit.FORBIDDEN ? Receipt.Later.class : Receipt.Refused.class);
        assertThat(receipt.toString()).contains(fault.sentence);
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

    @Test
    void aPageInPlaceOfJsonWritesNothingAndIsTold() {
        try (FaultyServer page = new FaultyServer(request -> new FaultyServer.Reply(200, null))) {
            page.faults(request -> Optional.of(Fault.answers(200, "<html>please log in</html>")));
            use(false, page.address());

            Receipt receipt = channel.post(news(MessageKind.OPENED, REPO));

            assertThat(receipt).isInstanceOfAny(Receipt.Later.class, Receipt.Unknown.class);
            assertThat(receipt.toString()).contains("JSON");
        }
    }

    @Test
    void theNextEndpointIsAskedWhenOneCannotBeReached() {
        FakeGitHub dead = new FakeGitHub();
        URI nobody = dead.address();
        dead.close();
        use(false, nobody, github.address());

        assertThat(channel.post(news(MessageKind.OPENED, REPO))).isInstanceOf(Receipt.Written.class);

        use(false, nobody);
        assertThat(channel.post(letter("example/net#117")))
                .isInstanceOf(Receipt.Later.class)
                .asString()
                .contains("cannot be reached");
    }

    @Test
    void aProxyThatFailsIsLeftAsideUnlessThatCouldSayItTwice() {
        try (FakeGitHub proxy = new FakeGitHub()) {
            proxy.world().pull("example/net", 117, "author", "abc");
            use(false, proxy.address(), github.address());

            proxy.next(GitHubFault.lost(How.SERVER_ERROR));
            assertThat(channel.post(letter("example/net#117"))).isInstanceOf(Receipt.Unknown.class);
            assertThat(github.world().comments("example/net", 117)).isEmpty();

            github.world().says("example/net", 117, "ci-bot", "old");
            proxy.next(GitHubFault.status(503, "down"));
            assertThat(channel.edit(letter("example/net#117"), "example/net#117/1001"))
                    .isInstanceOf(Receipt.Written.class);
            assertThat(github.world().comments("example/net", 117))
                    .singleElement()
                    .asString()
                    .startsWith("Done.");
        }
    }

    @Test
    void aDryRunWritesNothing() {
        use(true, github.address());

        assertThat(channel.post(news(MessageKind.OPENED, REPO))).isInstanceOf(Receipt.Written.class);
        assertThat(channel.reply(letter("example/net#117"), "example/net#117")).isInstanceOf(Receipt.Written.class);

        assertThat(github.requests()).allMatch(request -> request.startsWith("GET "));
        assertThat(github.world().issues(REPO)).isEmpty();
    }
}
