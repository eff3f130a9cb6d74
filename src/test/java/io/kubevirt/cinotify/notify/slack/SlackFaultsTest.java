// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.slack;

import static io.kubevirt.cinotify.notify.slack.SlackChannelFixture.CHANNEL;
import static io.kubevirt.cinotify.notify.slack.SlackChannelFixture.addressed;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.FakeSlack;
import io.kubevirt.cinotify.fixture.Fault;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.notify.LookupResult;
import io.kubevirt.cinotify.notify.SendResult;
import io.kubevirt.cinotify.notify.template.SampleMessages;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

/** Whatever Slack does, it is known whether something may have been written, and the operator is told what to do. */
class SlackFaultsTest {

    @TempDir
    Path folder;

    private SlackChannelFixture bench;

    @BeforeEach
    void open() {
        bench = new SlackChannelFixture(folder);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    static Stream<Arguments> lostAnswers() {
        return Stream.of(
                Arguments.of("hangs", Fault.hangs().afterwards()),
                Arguments.of("cut in the middle", Fault.cut()),
                Arguments.of("closed without a word", Fault.drops().afterwards()),
                Arguments.of("500", Fault.answers(500, "oops").afterwards()),
                Arguments.of(
                        "not JSON", Fault.answers(200, "<html>proxy</html>").afterwards()),
                Arguments.of("empty", Fault.answers(200, "").afterwards()),
                Arguments.of("no word of success", Fault.answers(200, "{}").afterwards()),
                Arguments.of("fatal error", Fault.notOk("fatal_error").afterwards()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lostAnswers")
    void whatMayHaveBeenWrittenIsFoundAndNotWrittenAgain(String name, Fault fault) {
        // A connection that is kept, as all but the first are: the client would like to try again on it.
        bench.channel.post(addressed(SampleMessages.bare(NotificationKind.OPENED), CHANNEL));
        bench.slack.server().failOnce("chat.postMessage", fault);

        SendResult lost = bench.channel.post(addressed(NotificationKind.OPENED));
        LookupResult found = bench.channel.findRoot(addressed(NotificationKind.OPENED));

        assertThat(lost).isInstanceOf(SendResult.Unknown.class);
        assertThat(found).isInstanceOf(LookupResult.Found.class);
        String root = ((LookupResult.Found) found).reference();
        assertThat(bench.channel.edit(addressed(NotificationKind.RESOLVED), root))
                .isEqualTo(new SendResult.Sent(root));
        assertThat(bench.slack.messages())
                .filteredOn(message -> message.marker().equals("ci-notify:inc-4f1c"))
                .singleElement()
                .satisfies(message -> assertThat(message.text()).startsWith("Resolved"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lostAnswers")
    void theSameForAReply(String name, Fault fault) {
        String root = bench.root();
        bench.slack.server().failOnce("chat.postMessage", fault);

        assertThat(bench.channel.reply(addressed(NotificationKind.REMINDED), root))
                .isInstanceOf(SendResult.Unknown.class);
        assertThat(bench.channel.findReply(addressed(NotificationKind.REMINDED), root))
                .isInstanceOf(LookupResult.Found.class);
        assertThat(bench.channel.findReply(addressed(NotificationKind.ESCALATED), root))
                .isInstanceOf(LookupResult.NotFound.class);
        assertThat(bench.slack.messages()).hasSize(2);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lostAnswers")
    void anEditIsSimplyDoneAgain(String name, Fault fault) {
        String root = bench.root();
        bench.slack.server().failOnce("chat.update", fault);

        assertThat(bench.channel.edit(addressed(NotificationKind.RESOLVED), root))
                .isInstanceOf(SendResult.RetryLater.class);
        assertThat(bench.channel.edit(addressed(NotificationKind.RESOLVED), root))
                .isInstanceOf(SendResult.Sent.class);
        assertThat(bench.slack.messages()).hasSize(1);
    }

    @Test
    void whatWasNeverWrittenIsMissing() {
        bench.slack.server().failOnce("chat.postMessage", Fault.hangs());

        assertThat(bench.channel.post(addressed(NotificationKind.OPENED))).isInstanceOf(SendResult.Unknown.class);
        assertThat(bench.channel.findRoot(addressed(NotificationKind.OPENED)))
                .isInstanceOf(LookupResult.NotFound.class);
    }

    @Test
    void aRootIsFoundBehindManyOthers() {
        bench.root();
        for (int i = 0; i < 450; i++) {
            bench.slack.chat(CHANNEL, "chatter " + i);
        }

        LookupResult found = new FreshProcess(bench).findRootAgain();

        assertThat(found).isInstanceOf(LookupResult.Found.class);
        assertThat(bench.slack.server().requests())
                .filteredOn(request -> request.path().endsWith("conversations.history"))
                .hasSize(3);
    }

    /** A process that has just started: it knows no ids yet. */
    private record FreshProcess(SlackChannelFixture old) {
        LookupResult findRootAgain() {
            SlackChannel fresh = new SlackChannel(old.api, old::context, null);
            return fresh.findRoot(addressed(NotificationKind.OPENED));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        invalid_auth        | RetryLater  | put a valid bot token into
        token_revoked       | RetryLater  | put a valid bot token into
        token_expired       | RetryLater  | put a valid bot token into
        channel_not_found   | RetryLater  | invite the app to the channel
        not_in_channel      | RetryLater  | type /invite
        restricted_action   | RetryLater  | ask its administrators
        ratelimited         | RetryLater  | fewer messages
        internal_error      | Unknown | trouble of its own
        message_not_found   | TargetGone  | deleted
        thread_not_found    | TargetGone  | deleted
        is_archived         | Rejected | unarchive it
        msg_too_long        | Rejected | shorten the template
        invalid_blocks      | Rejected | look at the template
        edit_window_closed  | Rejected | edit their messages
        something_new       | Rejected | something_new
        """)
    void eachSlackErrorHasAResultAndAnExplanation(String error, String state, String sentence) {
        bench.slack.server().failOnce("chat.postMessage", Fault.notOk(error));

        SendResult receipt = bench.channel.post(addressed(NotificationKind.OPENED));

        assertThat(receipt.getClass().getSimpleName()).isEqualTo(state);
        assertThat(receipt.toString()).contains(sentence).doesNotContain(FakeSlack.TOKEN);
    }

    @Test
    void aMissingScopeIsNamed() {
        bench.slack
                .server()
                .failOnce(
                        "conversations.history",
                        Fault.answers(
                                200,
                                "{\"ok\":false,\"error\":\"missing_scope\",\"needed\":\"channels:history\",\"provided\":\"chat:write\"}"));
        bench.root();

        LookupResult lookup = bench.channel.findRoot(addressed(NotificationKind.OPENED));

        assertThat(lookup).isInstanceOf(LookupResult.Inconclusive.class);
        assertThat(lookup.toString()).contains("lacks the scope channels:history (it has chat:write)");
    }

    @Test
    void aScopeThatWritingLacksIsNamedAndWaitedFor() {
        bench.slack
                .server()
                .failOnce(
                        "chat.postMessage",
                        Fault.answers(
                                200,
                                "{\"ok\":false,\"error\":\"missing_scope\",\"needed\":\"chat:write\",\"provided\":\"users:read\"}"));

        assertThat(bench.channel.post(addressed(NotificationKind.OPENED)).toString())
                .startsWith("RetryLater")
                .contains("lacks the scope chat:write (it has users:read)");
        assertThat(bench.channel.post(addressed(NotificationKind.OPENED))).isInstanceOf(SendResult.Sent.class);
    }

    @Test
    void aRotatedTokenIsPickedUpByTheNextMessage() throws IOException {
        bench.slack.rotate("xoxb-new");
        assertThat(bench.channel.post(addressed(NotificationKind.OPENED)).toString())
                .contains("invalid_auth", "scope=CHANNEL");

        Files.writeString(bench.token, "xoxb-new");

        assertThat(bench.channel.post(addressed(NotificationKind.OPENED))).isInstanceOf(SendResult.Sent.class);
    }

    @Test
    void aMissingTokenFileWaitsForTheOperator() throws IOException {
        Files.delete(bench.token);

        SendResult receipt = bench.channel.post(addressed(NotificationKind.OPENED));

        assertThat(receipt).isInstanceOf(SendResult.RetryLater.class);
        assertThat(receipt.toString()).contains("there is no such file");
        assertThat(bench.slack.server().requests()).isEmpty();
    }

    @Test
    void slacksOwnPauseIsKept() {
        bench.slack.server().failOnce("chat.postMessage", Fault.tooMany(30));

        assertThat(bench.channel.post(addressed(NotificationKind.OPENED)))
                .isInstanceOfSatisfying(SendResult.RetryLater.class, later -> {
                    assertThat(later.retryAfter()).isEqualTo(Duration.ofSeconds(30));
                    assertThat(later.scope()).isEqualTo(SendResult.Scope.CHANNEL);
                });
        assertThat(bench.slack.messages()).isEmpty();
    }

    @Test
    void aDeletedRootIsGone() {
        String root = bench.root();
        bench.slack.delete(bench.slack.messages().getFirst());

        assertThat(bench.channel.edit(addressed(NotificationKind.RESOLVED), root))
                .isInstanceOf(SendResult.TargetGone.class);
        assertThat(bench.channel.reply(addressed(NotificationKind.REMINDED), root))
                .isInstanceOf(SendResult.TargetGone.class);
        assertThat(bench.channel.findRoot(addressed(NotificationKind.OPENED)))
                .isInstanceOf(LookupResult.NotFound.class);
    }

    @Test
    void anArchivedOrUnknownChannelIsReported() {
        bench.slack.channel("old", "is_archived", false);

        assertThat(bench.channel.post(addressed(SampleMessages.full(NotificationKind.OPENED), "old")))
                .isInstanceOf(SendResult.Rejected.class);
        assertThat(bench.channel.post(addressed(SampleMessages.full(NotificationKind.OPENED), "none")))
                .isInstanceOfSatisfying(SendResult.RetryLater.class, later -> assertThat(later.scope())
                        .isEqualTo(SendResult.Scope.DESTINATION));
        assertThat(bench.channel
                        .findRoot(addressed(SampleMessages.full(NotificationKind.OPENED), "none"))
                        .toString())
                .contains("Slack lists no public channel none");
    }

    @Test
    void nobodyAtTheAddressMeansThatNothingWasWritten() {
        try (SlackChannelFixture away = new SlackChannelFixture(folder, URI.create("http://127.0.0.1:1/api"), null)) {
            SendResult receipt = away.channel.post(addressed(NotificationKind.OPENED));

            assertThat(receipt).isInstanceOf(SendResult.RetryLater.class);
            assertThat(receipt.toString()).contains("--slack-endpoint");
        }
    }

    @Test
    void aProxyThatRefusesIsNamed() {
        bench.slack.server().faults(request -> Optional.of(Fault.answers(403, "<html>denied</html>")));

        assertThat(bench.channel.post(addressed(NotificationKind.OPENED)).toString())
                .startsWith("RetryLater")
                .contains("HTTP 403")
                .contains("--slack-endpoint");
    }
}
