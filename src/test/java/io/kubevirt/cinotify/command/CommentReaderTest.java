// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.command.Comment.Kind;
import io.kubevirt.cinotify.fixture.CommentPayload;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which comments are commands. */
class CommentReaderTest {

    private final CommentReader reader = new CommentReader(Set.of("kubevirt-bot"));

    @ParameterizedTest
    @CsvSource({
        "issue_comment, COMMENT, 42",
        "pull_request_review_comment, REVIEW_COMMENT, 42",
        "pull_request, BODY, 14890",
        "issues, BODY, 14890",
        "pull_request_review, , "
    })
    void everyEventThatCanCarryACommandIsRead(String event, Kind kind, Long id) {
        assertThat(reader.read(event, CommentPayload.of(event, "/ci-notify").json()))
                .isInstanceOfSatisfying(CommentReader.Result.CommandComment.class, command -> {
                    Comment comment = command.comment();
                    assertThat(comment.author()).isEqualTo(kind == Kind.BODY ? "pr-author" : "somebody");
                    assertThat(comment.conversation().reference()).isEqualTo("kubevirt/kubevirt#14890");
                    assertThat(comment.conversation().author()).isEqualTo("pr-author");
                    assertThat(comment.conversation().title()).isEqualTo("Make it better");
                    assertThat(comment.conversation().open()).isTrue();
                    assertThat(comment.conversation().pull()).isEqualTo(!event.equals("issues"));
                    assertThat(comment.reactionTarget())
                            .isEqualTo(kind == null ? null : new Comment.ReactionTarget(kind, id));
                });
    }

    @Test
    void aCommentOnAnIssueIsOnAnIssue() {
        JsonNode payload =
                CommentPayload.of("issue_comment", "/ci-notify").onIssue().json();
        assertThat(((CommentReader.Result.CommandComment) reader.read("issue_comment", payload))
                        .comment()
                        .conversation()
                        .pull())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "issue_comment, edited",
        "issue_comment, deleted",
        "pull_request, edited",
        "pull_request, synchronize",
        "pull_request, reopened",
        "issues, labeled",
        "issues, closed",
        "pull_request_review, dismissed",
        "pull_request_review, edited",
        "pull_request_review_comment, deleted",
        "status, created",
        "push, "
    })
    void anEventThatIsNotACreationIsIgnored(String event, String action) {
        JsonNode payload = CommentPayload.of("issue_comment", "/ci-notify")
                .action(String.valueOf(action))
                .json();
        assertThat(reason(event, payload)).isEqualTo(CommentReader.Result.IgnoredReason.NOT_CREATED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"old_issue", "old_repository"})
    void aMovedIssueIsNotWrittenAgain(String change) {
        ObjectNode payload =
                (ObjectNode) CommentPayload.of("issues", "/ci-notify").json();
        assertThat(reader.read("issues", payload)).isInstanceOf(CommentReader.Result.CommandComment.class);

        payload.putObject("changes").putObject(change).put("id", 1);

        assertThat(reason("issues", payload)).isEqualTo(CommentReader.Result.IgnoredReason.NOT_CREATED);
    }

    @Test
    void aCommentWithoutCommandIsIgnored() {
        assertThat(reason(
                        "issue_comment",
                        CommentPayload.of("issue_comment", "/lgtm").json()))
                .isEqualTo(CommentReader.Result.IgnoredReason.NO_COMMAND);
        ObjectNode empty = CommentPayload.of("pull_request", "").json();
        ((ObjectNode) empty.path("pull_request")).putNull("body");
        assertThat(reason("pull_request", empty)).isEqualTo(CommentReader.Result.IgnoredReason.NO_COMMAND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"issue_comment", "pull_request_review_comment", "pull_request", "issues", "pull_request_review"})
    void aCommentByABotIsIgnored(String event) {
        assertThat(reason(
                        event,
                        CommentPayload.of(event, "/ci-notify")
                                .by("renovate[bot]", "Bot")
                                .json()))
                .isEqualTo(CommentReader.Result.IgnoredReason.BY_BOT);
        assertThat(reason(
                        event,
                        CommentPayload.of(event, "/ci-notify")
                                .by("some-app", "Bot")
                                .json()))
                .isEqualTo(CommentReader.Result.IgnoredReason.BY_BOT);
        assertThat(reason(
                        event,
                        CommentPayload.of(event, "/ci-notify")
                                .by("Kubevirt-Bot", "User")
                                .json()))
                .isEqualTo(CommentReader.Result.IgnoredReason.BY_BOT);
        assertThat(reason(
                        event,
                        CommentPayload.of(event, "/ci-notify")
                                .sentBy("kubevirt-bot")
                                .json()))
                .isEqualTo(CommentReader.Result.IgnoredReason.BY_BOT);
        assertThat(reason(
                        event,
                        CommentPayload.of(event, "/ci-notify").throughAnApp().json()))
                .isEqualTo(CommentReader.Result.IgnoredReason.BY_BOT);
    }

    @Test
    void aCommentOfThePluginIsIgnoredWhoeverPostsIt() {
        String own = "<!-- ci-notify:command-x -->\n@somebody: write\n/ci-notify\n";
        assertThat(reason(
                        "issue_comment", CommentPayload.of("issue_comment", own).json()))
                .isEqualTo(CommentReader.Result.IgnoredReason.OWN_COMMENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../..", "@all", "a b", "-", "", "x/y", "a`b"})
    void aCommentWithoutValidLoginIsIgnored(String login) {
        assertThat(reason(
                        "issue_comment",
                        CommentPayload.of("issue_comment", "/ci-notify")
                                .by(login, "User")
                                .json()))
                .isEqualTo(CommentReader.Result.IgnoredReason.MALFORMED_EVENT);
    }

    @Test
    void aDamagedPayloadBreaksNothing() {
        long seed = 20261122;
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            String event = CommentReader.EVENTS.stream().sorted().toList().get(random.nextInt(5));
            ObjectNode payload = CommentPayload.of(event, "/ci-notify").json();
            damage(payload, random);
            assertThat(reader.read(event, payload))
                    .as("seed %d, round %d", seed, round)
                    .isNotNull();
        }
    }

    private static void damage(ObjectNode node, Random random) {
        node.fieldNames().forEachRemaining(name -> {
            if (random.nextInt(4) > 0) {
                return;
            }
            JsonNodeFactory make = JsonNodeFactory.instance;
            switch (random.nextInt(4)) {
                case 0 -> node.replace(name, make.nullNode());
                case 1 -> node.replace(name, make.numberNode(-1));
                case 2 -> node.replace(name, make.arrayNode().add("x"));
                default -> {
                    if (node.get(name) instanceof ObjectNode child) {
                        damage(child, random);
                    }
                }
            }
        });
    }

    private CommentReader.Result.IgnoredReason reason(String event, JsonNode payload) {
        return ((CommentReader.Result.Ignored) reader.read(event, payload)).reason();
    }
}
