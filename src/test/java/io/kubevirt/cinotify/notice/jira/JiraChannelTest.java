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
package io.kubevirt.cinotify.notice.jira;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.fixture.FakeJira;
import io.kubevirt.cinotify.fixture.Fault;
import io.kubevirt.cinotify.fixture.News;
import io.kubevirt.cinotify.incident.policy.MessageKind;
import io.kubevirt.cinotify.notice.Content;
import io.kubevirt.cinotify.notice.Lookup;
import io.kubevirt.cinotify.notice.Receipt;
import io.kubevirt.cinotify.notice.Saying;
import io.kubevirt.cinotify.notice.SecretFile;
import io.kubevirt.cinotify.notice.http.Server;
import io.kubevirt.cinotify.notice.template.ExampleMessages;
import io.kubevirt.cinotify.notice.template.Links;
import io.kubevirt.cinotify.notice.template.Templates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

/** What an incident is on the group's board. */
class JiraChannelTest {

    private static final Duration LAG = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final FakeJira jira = new FakeJira();
    private final Server server = new Server(Duration.ofMillis(700));
    private Path token;
    private String project = "CI";
    private String resolve = "Done";
    private JiraChannel channel;

    @BeforeEach
    void open() throws IOException, InvalidDocument {
        token = Files.writeString(folder.resolve("token"), FakeJira.TOKEN);
        Templates templates = Templates.open(JiraText.TEMPLATES, null);
        channel = new JiraChannel(server, this::site, new JiraText(() -> templates, Links::none));
    }

    @AfterEach
    void close() {
        server.close();
        jira.close();
    }

    private JiraSite site() {
        JiraSite.Board board = new JiraSite.Board(project, "Task", "infrastructure", List.of("ci"));
        return new JiraSite(jira.address(), new SecretFile(token), Map.of("sig-support", board), resolve, "Reopen");
    }

    private static Saying saying(MessageKind kind) {
        return new Saying(
                "jira", "sig-support", new Content.IncidentNews(ExampleMessages.full(kind), List.of("because")));
    }

    private String root() {
        return ((Receipt.Written) channel.post(saying(MessageKind.OPENED))).reference();
    }

    @Test
    void anIncidentOfAListedAreaIsAnIssue() {
        assertThat(channel.places(saying(MessageKind.OPENED).content())).containsExactly("sig-support");
        assertThat(channel.places(new Content.IncidentNews(ExampleMessages.bare(MessageKind.OPENED), List.of())))
                .isEmpty();

        assertThat(channel.post(saying(MessageKind.OPENED))).isEqualTo(new Receipt.Written("CI-1"));

        assertThat(jira.issues()).singleElement().satisfies(issue -> {
            assertThat(issue.fields().path("summary").asText()).isEqualTo("Broken: example/net pull-e2e-sig-net");
            assertThat(issue.fields().path("labels").toString())
                    .isEqualTo("[\"ci-notify\",\"ci-notify:inc-4f1c\",\"ci\"]");
            assertThat(issue.fields().path("components").toString()).contains("infrastructure");
            assertThat(issue.fields().path("description").asText())
                    .contains("{noformat}\n  Timed out after 360.001s.")
                    .contains("[run|https://prow.example.org/");
        });
    }

    @Test
    void theEndIsATransitionWithAWordAndARelapseOpensItAgain() {
        String root = root();

        channel.edit(saying(MessageKind.RESOLVED), root);
        channel.edit(saying(MessageKind.RESOLVED), root);
        assertThat(jira.issues()).singleElement().satisfies(issue -> {
            assertThat(issue.done()).isTrue();
            assertThat(issue.transitions()).hasSize(1);
            assertThat(issue.comments()).hasSize(1);
            assertThat(issue.fields().path("summary").asText()).startsWith("Resolved: ");
            assertThat(issue.fields().path("labels")).hasSize(3);
        });

        channel.edit(saying(MessageKind.OPENED), root);
        assertThat(jira.issues().getFirst().done()).isFalse();
        assertThat(jira.issues().getFirst().comments()).hasSize(2);
    }

    @Test
    void whatTurnedOutNotToHaveBeenIsDoneToo() {
        String root = root();

        channel.edit(
                new Saying(
                        "jira",
                        "sig-support",
                        new Content.IncidentNews(
                                News.retracted(ExampleMessages.full(MessageKind.RESOLVED)), List.of("because"))),
                root);

        assertThat(jira.issues().getFirst().done()).isTrue();
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
    void whatMayHaveBeenWrittenIsFoundAndNotWrittenAgain(String name, Fault fault) {
        jira.server().failOnce("issue", fault);
        jira.searchable(false);

        assertThat(channel.post(saying(MessageKind.OPENED))).isInstanceOf(Receipt.Unknown.class);
        assertThat(channel.findRoot(saying(MessageKind.OPENED))).isEqualTo(new Lookup.Missing());
        assertThat(channel.abilities().late())
                .as("until then that does not count")
                .isEqualTo(LAG);

        jira.searchable(true);
        assertThat(channel.findRoot(saying(MessageKind.OPENED))).isEqualTo(new Lookup.Found("CI-1"));
    }

    @Test
    void theSearchIsFoundWhereAtlassianMovedIt() {
        root();
        jira.moveSearch();

        assertThat(channel.findRoot(saying(MessageKind.OPENED))).isEqualTo(new Lookup.Found("CI-1"));
    }

    @Test
    void aSearchThatIsNotThereSaysNothingAboutTheIssue() {
        jira.server().faults(request -> Optional.of(Fault.answers(404, "")));

        assertThat(channel.findRoot(saying(MessageKind.OPENED))).isInstanceOf(Lookup.Unclear.class);
    }

    @Test
    void aCommentWhoseAnswerWasLostIsFound() {
        String root = root();
        jira.server().failOnce("comment", Fault.drops().afterwards());

        assertThat(channel.reply(saying(MessageKind.REMINDED), root)).isInstanceOf(Receipt.Unknown.class);
        assertThat(channel.findReply(saying(MessageKind.REMINDED), root)).isInstanceOf(Lookup.Found.class);
        assertThat(channel.findReply(saying(MessageKind.ESCALATED), root)).isInstanceOf(Lookup.Missing.class);
        assertThat(jira.issues().getFirst().comments()).singleElement().satisfies(comment -> assertThat(comment)
                .endsWith("{anchor:ci-notify-inc-4f1c-reminded-1}"));
    }

    @Test
    void aDeletedIssueIsGone() {
        String root = root();
        jira.delete(root);

        assertThat(channel.edit(saying(MessageKind.RESOLVED), root)).isInstanceOf(Receipt.Gone.class);
        assertThat(channel.reply(saying(MessageKind.REMINDED), root)).isInstanceOf(Receipt.Gone.class);
        assertThat(channel.edit(saying(MessageKind.RESOLVED), "dry-run")).isInstanceOf(Receipt.Gone.class);
    }

    @Test
    void whatCanBeReadIsNotDeleted() {
        String root = root();
        jira.server().faults(request -> Optional.of(Fault.answers(404, ""))
                .filter(fault -> !request.method().equals("GET")));

        assertThat(channel.edit(saying(MessageKind.RESOLVED), root))
                .isInstanceOf(Receipt.Later.class)
                .asString()
                .contains("permission");
        assertThat(channel.reply(saying(MessageKind.REMINDED), root)).isInstanceOf(Receipt.Later.class);
    }

    @Test
    void whereNothingCanBeSeenNothingIsDeleted() {
        String root = root();
        jira.server().faults(request -> Optional.of(Fault.answers(404, "")));

        assertThat(channel.edit(saying(MessageKind.RESOLVED), root))
                .isInstanceOf(Receipt.Later.class)
                .asString()
                .contains("permission");
        assertThat(channel.findReply(saying(MessageKind.REMINDED), root)).isInstanceOf(Lookup.Unclear.class);
    }

    @Test
    void aRotatedTokenIsPickedUpByTheNextCall() throws IOException {
        jira.rotate("new");
        assertThat(channel.post(saying(MessageKind.OPENED)).toString())
                .startsWith("Later")
                .contains("put a valid one into " + token, "scope=CHANNEL");

        Files.writeString(token, "new\n");
        assertThat(channel.post(saying(MessageKind.OPENED))).isInstanceOf(Receipt.Written.class);
    }

    @Test
    void whatTheSettingsNameWronglyIsTold() {
        String root = root();
        resolve = "Close";
        assertThat(channel.edit(saying(MessageKind.RESOLVED), root).toString())
                .startsWith("Later")
                .contains("no transition \"Close\", but [Done]");

        project = "NOPE";
        assertThat(channel.post(saying(MessageKind.OPENED)).toString())
                .startsWith("Later")
                .contains("project: valid project is required");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            302 | Later   | log-in
            403 | Later   | permission
            404 | Later   | jira.url
            413 | Refused | shorten the template
            429 | Later   | 429
            503 | Unknown | 503
            """)
    void eachAnswerHasAStateAndASentence(int status, String state, String sentence) {
        jira.server().failOnce("issue", Fault.answers(status, ""));

        Receipt receipt = channel.post(saying(MessageKind.OPENED));

        assertThat(receipt.getClass().getSimpleName()).isEqualTo(state);
        assertThat(receipt.toString()).contains(sentence).doesNotContain(FakeJira.TOKEN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            [~robin] look; \\[\\~robin\\] look
            {code}x{code}; \\{code\\}x\\{code\\}
            [here|https://evil.test]; \\[here\\|https://evil.test\\]
            !https://evil.test/a.png!; \\!https://evil.test/a.png\\!
            <b>; '&lt;b&gt;'
            """)
    void textFromOutsideCallsNobodyAndDrawsNothing(String outside, String written) {
        assertThat(new JiraWiki().text(outside)).isEqualTo(written);
    }

    @Test
    void aLineFromOutsideEndsNoBlock() {
        assertThat(new JiraWiki().block(List.of("{noformat}", "h1. x")).split("\\{noformat}", -1))
                .hasSize(3);
    }
}
