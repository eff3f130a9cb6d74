// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.comment;

import static io.kubevirt.cinotify.engine.comment.CommentTestPlugin.HEAD;
import static io.kubevirt.cinotify.engine.comment.CommentTestPlugin.PULL;
import static io.kubevirt.cinotify.engine.comment.CommentTestPlugin.REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.command.CommandHelp;
import io.kubevirt.cinotify.command.Reassignment;
import io.kubevirt.cinotify.fixture.CommentPayload;
import io.kubevirt.cinotify.fixture.StatusPayload;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a comment that hook delivers to what stands on GitHub. */
@Timeout(120)
class CommentAnswersTest {

    private static final String LANE = "pull-kubevirt-e2e-k8s-1.36-sig-network";
    private static final String MEMBER = "dhiller";
    private static final String TRUSTED = "trusted-person";
    private static final String STRANGER = "somebody";

    @TempDir
    private Path folder;

    private CommentTestPlugin plugin;

    @BeforeEach
    void open() throws IOException, InvalidConfigException {
        plugin = new CommentTestPlugin(folder);
    }

    @AfterEach
    void close() {
        plugin.close();
    }

    @Test
    void aFailedPullRequestNotifiesAPersonWhoAcknowledgesThere() {
        plugin.github.world().run(REPOSITORY, PULL, HEAD, LANE, "failure");
        plugin.github.world().run(REPOSITORY, PULL, HEAD, "pull-kubevirt-unit-test", "success");

        String delivery = plugin.writes(TRUSTED, "/ci-notify\r\n");

        assertThat(plugin.notifications).singleElement().satisfies(notification -> {
            assertThat(notification.kind()).isEqualTo(NotificationKind.OPENED);
            assertThat(notification.to().handle()).isEqualTo(MEMBER);
            assertThat(notification.incident().kind()).isEqualTo(IncidentKind.REQUEST);
            assertThat(notification.incident().lanes()).containsExactly(LANE);
        });
        String id = plugin.notifications.getFirst().incident().id();
        assertThat(plugin.comments()).singleElement().satisfies(text -> assertThat(text)
                .startsWith("@trusted-person: 1 required check is failing. ")
                .contains("`dhiller` (Primary) is notified now", "incident `" + id + "`", "SIG `network`")
                .contains("<!-- ci-notify:"));
        assertThat(plugin.reactions()).containsExactly("comments/42: eyes", "comments/42: +1");
        assertThat(plugin.outcome(delivery)).isEqualTo("notified");

        plugin.writes(MEMBER, "/ci-notify ack " + id);

        assertThat(plugin.comments()).hasSize(2);
        assertThat(plugin.lastComment()).contains("acknowledged");
        assertThat(incident(id).acknowledgedBy()).isEqualTo(MEMBER);

        plugin.writes(MEMBER, "/ci-notify resolve " + id);
        assertThat(incident(id).state()).isEqualTo(IncidentState.RESOLVED);
        plugin.database.outcomes().assertConserved(3);
    }

    @Test
    void anExplanationShowsWhatWasDecidedOnTheRun() {
        plugin.github.world().run(REPOSITORY, PULL, HEAD, LANE, "failure");
        plugin.writes(STRANGER, "/ci-notify explain");
        assertThat(plugin.lastComment()).contains("no open incident; this run has not been received yet");

        plugin.receives(StatusPayload.failure().job(LANE).build(7).pull(PULL));
        plugin.writes(STRANGER, "/ci-notify explain");

        assertThat(plugin.lastComment())
                .contains("no open incident; nobody was notified (below-threshold)", "are red on 1 pull request");
    }

    @Test
    void aRepeatedRequestNotifiesOnceAndEditsTheReply() {
        plugin.github.world().run(REPOSITORY, PULL, HEAD, LANE, "failure");
        String first = plugin.writes(TRUSTED, "/ci-notify");
        plugin.redeliver(first);
        plugin.writes(TRUSTED, "/ci-notify");

        assertThat(plugin.notifications).hasSize(1);
        assertThat(plugin.comments()).singleElement().satisfies(text -> assertThat(text)
                .contains("[already requested]"));
        plugin.database.outcomes().assertConserved(2);
    }

    @Test
    void allCommandsOfOneCommentAreAnswered() {
        plugin.writes(
                TRUSTED, "/ci-notify prow tide is stuck\n/ci-notify operations a node is gone\n/ci-notify who\n/lgtm");

        assertThat(plugin.notifications).hasSize(2);
        assertThat(plugin.comments()).hasSize(2);
        assertThat(plugin.comments().getFirst()).contains("`prow`: ", "`operations`: ");
    }

    @ParameterizedTest
    @CsvSource({
        "status, no open incident",
        "help, the commands",
        "who, on duty now",
        "who prow, `prow`: ",
        "explain, no failing check is known here",
        "suggestions, no reassignment suggests",
        "explain nonsense, is not a job"
    })
    void aReadOnlyCommandIsAnsweredAndNotifiesNobody(String words, String answer) {
        plugin.writes(STRANGER, "/ci-notify " + words);

        assertThat(plugin.comments()).singleElement().satisfies(text -> assertThat(text)
                .contains(answer));
        assertThat(plugin.notifications).isEmpty();
        assertThat(plugin.reactions()).first().isEqualTo("comments/42: eyes");
        assertThat(plugin.github.requests()).noneMatch(request -> request.contains("/members/"));
    }

    @Test
    void theJobsOfAPrivateIncidentAreNotSuggestedInPublic() {
        plugin.github.world().run(REPOSITORY, PULL, HEAD, LANE, "failure");
        plugin.writes(TRUSTED, "/ci-notify");
        String id = plugin.notifications.getFirst().incident().id();
        Reassignment stored = new Reassignment(
                plugin.now, MEMBER, id, LANE, REPOSITORY, "a-rule", "network", "network", "storage", "storage");
        plugin.database.store().inTransaction(transaction -> {
            transaction.commands().add(stored);
            return stored;
        });
        plugin.writes(STRANGER, "/ci-notify suggestions");
        assertThat(plugin.lastComment()).contains("a-rule", "reassigned-pull-kubevirt-e2e");

        plugin.database.execute("UPDATE incident SET visibility = 'private'");
        plugin.writes(STRANGER, "/ci-notify suggestions");

        assertThat(plugin.lastComment()).contains("no reassignment suggests").doesNotContain("a-rule", "kubevirt-e2e");
    }

    @Test
    void aStrangerIsRefusedOncePerConversation() {
        plugin.writes(STRANGER, "/ci-notify prow");
        String second = plugin.writes(STRANGER, "/ci-notify drill");

        assertThat(plugin.notifications).isEmpty();
        assertThat(plugin.comments()).singleElement().satisfies(text -> assertThat(text)
                .contains("this command is only for"));
        assertThat(plugin.reactions()).last().isEqualTo("comments/43: confused");
        assertThat(plugin.outcome(second)).isEqualTo("refused");
    }

    @Test
    void aFloodOfCommentsCausesNoReactionsAndReadsBeyondTheLimit() {
        String last = "";
        for (int comment = 0; comment < 12; comment++) {
            last = plugin.writes(STRANGER, "/ci-notify prow");
        }
        assertThat(plugin.reactions())
                .as("two for each refused comment up to the limit")
                .hasSize(2 * 5);
        assertThat(plugin.outcome(last)).isEqualTo("refused");
        int asked = plugin.github.requests().size();
        plugin.writes(STRANGER, "/ci-notify help");
        assertThat(plugin.github.requests()).hasSize(asked);

        plugin.now = plugin.now.plus(Duration.ofMinutes(61));
        plugin.writes(STRANGER, "/ci-notify help");
        assertThat(plugin.lastComment()).contains("the commands");
    }

    @Test
    void commentsThatWaitForTheirDecisionCountToo() {
        for (int comment = 0; comment < 34; comment++) {
            plugin.sent(
                    "issue_comment",
                    CommentPayload.of("issue_comment", "/ci-notify help")
                            .by(STRANGER, "User")
                            .id(1_000 + comment));
        }
        plugin.work();

        assertThat(plugin.reactions()).as("two for each answer").hasSize(2 * 30);
    }

    @Test
    void aCommandRepeatedWithinACommentIsAnsweredOnce() {
        plugin.writes(STRANGER, "/ci-notify help\n".repeat(4_000));

        assertThat(plugin.comments()).singleElement().satisfies(text -> assertThat(text.split("the commands, each"))
                .hasSize(2));
    }

    @Test
    void trustIsCachedForAnHour() {
        plugin.writes(TRUSTED, "/ci-notify prow one");
        plugin.writes(TRUSTED, "/ci-notify prow two");
        assertThat(asked()).isEqualTo(1);
        plugin.now = plugin.now.plus(Duration.ofMinutes(61));
        plugin.writes(TRUSTED, "/ci-notify prow three");
        assertThat(asked()).isEqualTo(2);
    }

    private long asked() {
        return plugin.github.requests().stream()
                .filter(request -> request.contains("/members/" + TRUSTED))
                .count();
    }

    @Test
    void anAuthorWhomGitHubCallsAMemberIsTrusted() {
        plugin.happens(
                "issue_comment",
                CommentPayload.of("issue_comment", "/ci-notify prow")
                        .by("colleague", "User")
                        .association("MEMBER"));
        assertThat(plugin.notifications).hasSize(1);
    }

    @Test
    void anIssueGetsOnlyLabelsThatItsRepositoryHas() {
        plugin.happens(
                "issue_comment",
                CommentPayload.of("issue_comment", "/ci-notify sig-network dns")
                        .onIssue()
                        .by(TRUSTED, "User"));
        plugin.happens(
                "issue_comment",
                CommentPayload.of("issue_comment", "/ci-notify prow tide")
                        .onIssue()
                        .by(TRUSTED, "User"));

        assertThat(plugin.notifications).hasSize(2);
        JsonNode issue = plugin.github.world().issues(REPOSITORY).getFirst();
        assertThat(issue.path("labels").findValuesAsText("name"))
                .contains("sig/network", "prow")
                .doesNotContain("sig-support");
    }

    @ParameterizedTest
    @CsvSource({
        "pull_request_review_comment, comments/42: eyes",
        "pull_request_review, ",
        "pull_request, 14890: eyes",
        "issues, 14890: eyes"
    })
    void aCommandInEveryEventIsAnswered(String event, String reaction) {
        plugin.happens(event, CommentPayload.of(event, "/ci-notify who"));

        assertThat(plugin.comments()).hasSize(1);
        if (event.equals("pull_request_review_comment")) {
            assertThat(plugin.github.requests()).anyMatch(request -> request.contains("/pulls/comments/42/reactions"));
        }
        if (reaction == null) {
            assertThat(plugin.reactions()).isEmpty();
        } else {
            assertThat(plugin.reactions()).first().isEqualTo(reaction);
        }
    }

    @Test
    void aReplyOfThePluginIsNeverACommand() {
        plugin.writes(STRANGER, "/ci-notify help");
        String own = plugin.lastComment();
        String first = plugin.writes("ci-bot", "/ci-notify help");
        String second = plugin.writes(STRANGER, own + "\n/ci-notify help");
        String third = plugin.happens(
                "issue_comment",
                CommentPayload.of("issue_comment", "/ci-notify").by("x[bot]", "Bot"));

        assertThat(plugin.comments()).hasSize(1);
        assertThat(List.of(plugin.outcome(first), plugin.outcome(second), plugin.outcome(third)))
                .containsExactly("by-bot", "own-comment", "by-bot");
        plugin.database.outcomes().assertConserved(4);
    }

    @Test
    void aCommentWithoutCommandIsSuppressedWithItsReason() {
        assertThat(plugin.outcome(plugin.writes(STRANGER, "/lgtm"))).isEqualTo("no-command");
        assertThat(plugin.outcome(plugin.happens(
                        "issue_comment",
                        CommentPayload.of("issue_comment", "/ci-notify").action("edited"))))
                .isEqualTo("not-created");
        assertThat(plugin.comments()).isEmpty();
        assertThat(plugin.reactions()).isEmpty();
    }

    @Test
    void aSnoozeIsStoredInTheIncident() {
        plugin.writes(MEMBER, "/ci-notify prow");
        String id = plugin.notifications.getFirst().incident().id();
        plugin.writes(MEMBER, "/ci-notify snooze 2h " + id);

        assertThat(plugin.lastComment()).contains("snoozed until 2026-07-15 14:00");
        assertThat(incident(id).snoozedUntil()).isEqualTo(Instant.parse("2026-07-15T14:00:00Z"));
    }

    @Test
    void aReassignmentNotifiesTheNewAssignee() {
        plugin.writes(MEMBER, "/ci-notify sig-network help");
        String id = plugin.notifications.getFirst().incident().id();
        plugin.writes(MEMBER, "/ci-notify reassign @dollierp " + id);

        Notification last = plugin.notifications.getLast();
        assertThat(last.kind()).isEqualTo(NotificationKind.REMINDED);
        assertThat(last.to().handle()).isEqualTo("dollierp");
    }

    @Test
    void aReassignmentToASigNotifiesItsPerson() {
        plugin.writes(MEMBER, "/ci-notify sig-network help");
        String id = plugin.notifications.getFirst().incident().id();
        plugin.writes(MEMBER, "/ci-notify reassign sig-storage " + id);

        Notification last = plugin.notifications.getLast();
        assertThat(last.kind()).isEqualTo(NotificationKind.REMINDED);
        assertThat(last.to().reasons()).anyMatch(reason -> reason.contains("storage"));
    }

    @Test
    void aDrillNotifiesItsAuthorOnly() {
        plugin.writes("xpivarc", "/ci-notify drill");

        assertThat(plugin.notifications).singleElement().satisfies(notification -> {
            assertThat(notification.to().handle()).isEqualTo("xpivarc");
            assertThat(notification.incident().title()).startsWith("DRILL");
            assertThat(notification.kind()).isEqualTo(NotificationKind.OPENED);
            assertThat(notification.text()).contains("xpivarc started it in").doesNotContain("still broken");
        });
        assertThat(plugin.lastComment()).contains("**drill**", "`xpivarc`");
    }

    @Test
    void aReplyWithoutGitHubDataSaysSo() {
        plugin.happens(
                "issue_comment",
                CommentPayload.of("issue_comment", "/ci-notify")
                        .by(MEMBER, "User")
                        .number(9));

        assertThat(plugin.sentReplies).singleElement().satisfies(text -> assertThat(text)
                .contains("GitHub could not be asked"));
    }

    @Test
    void pluginHelpListsEveryCommandWithExamplesAndPermission() {
        JsonNode commands = plugin.help().get("ci-notify").path("Commands");
        assertThat(commands.findValuesAsText("Usage"))
                .contains("/ci-notify", "/ci-notify drill")
                .hasSameSizeAs(CommandHelp.entries());
        assertThat(commands).allSatisfy(command -> {
            assertThat(command.path("Examples")).isNotEmpty();
            assertThat(command.path("WhoCanUse").asText()).isNotEmpty();
            assertThat(command.path("Description").asText()).isNotEmpty();
        });
    }

    @Test
    void aCrashBeforeTheDecisionStartsOver() throws IOException, InvalidConfigException {
        String delivery = plugin.sent("issue_comment", CommentPayload.of("issue_comment", "/ci-notify who"));
        plugin.prepareOnly();
        plugin.close();

        plugin = new CommentTestPlugin(folder);
        plugin.work();

        assertThat(plugin.comments()).hasSize(1);
        assertThat(plugin.outcome(delivery)).isEqualTo("notified");
    }

    @Test
    void aPullRequestThatIsNoCommandIsSuppressed() {
        String delivery = plugin.happens(
                "pull_request", CommentPayload.of("pull_request", "/ci-notify").action("edited"));

        assertThat(plugin.outcome(delivery)).isEqualTo("not-created");
    }

    private IncidentView incident(String id) {
        return plugin.incidents().stream()
                .filter(view -> view.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
