// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.slack;

import static io.kubevirt.cinotify.notify.slack.SlackChannelFixture.CHANNEL;
import static io.kubevirt.cinotify.notify.slack.SlackChannelFixture.addressed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kubevirt.cinotify.fixture.FakeSlack;
import io.kubevirt.cinotify.fixture.Fault;
import io.kubevirt.cinotify.fixture.GuardedWrites;
import io.kubevirt.cinotify.fixture.Lag;
import io.kubevirt.cinotify.fixture.VirtualTime;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.LookupResult;
import io.kubevirt.cinotify.notify.ReadBackResult;
import io.kubevirt.cinotify.notify.SendResult;
import io.kubevirt.cinotify.notify.template.SampleMessages;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Each error of Slack has a result that says whether a message may exist, and a hint for the operator. */
class SlackFaultsTest {

    @TempDir
    Path folder;

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private SlackChannelFixture fixture;

    @BeforeEach
    void open() {
        fixture = new SlackChannelFixture(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
        Metrics.globalRegistry.remove(meters);
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
    void anUnknownOutcomeIsFoundAndNotSentAgain(String name, Fault fault) {
        // A connection that is kept, as all but the first are: the client would like to try again on it.
        fixture.channel.post(addressed(SampleMessages.bare(NotificationKind.OPENED), CHANNEL));
        fixture.slack.server().failOnce("chat.postMessage", fault);

        SendResult lost =
                fixture.slack.server().interruptHanging(() -> fixture.channel.post(addressed(NotificationKind.OPENED)));
        LookupResult found = fixture.channel.findRoot(addressed(NotificationKind.OPENED));

        assertThat(lost).isInstanceOf(SendResult.Unknown.class);
        assertThat(found).isInstanceOf(LookupResult.Found.class);
        String root = ((LookupResult.Found) found).reference();
        assertThat(fixture.channel.edit(addressed(NotificationKind.RESOLVED), root))
                .isEqualTo(new SendResult.Sent(root));
        assertThat(fixture.slack.messages())
                .filteredOn(message -> message.marker().equals("ci-notify:inc-4f1c"))
                .singleElement()
                .satisfies(message -> assertThat(message.text()).startsWith("Resolved"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lostAnswers")
    void aReplyWithAnUnknownOutcomeIsFound(String name, Fault fault) {
        String root = fixture.root();
        fixture.slack.server().failOnce("chat.postMessage", fault);

        assertThat(fixture.slack
                        .server()
                        .interruptHanging(() -> fixture.channel.reply(addressed(NotificationKind.REMINDED), root)))
                .isInstanceOf(SendResult.Unknown.class);
        assertThat(fixture.channel.findReply(addressed(NotificationKind.REMINDED), root))
                .isInstanceOf(LookupResult.Found.class);
        assertThat(fixture.channel.findReply(addressed(NotificationKind.ESCALATED), root))
                .isInstanceOf(LookupResult.NotFound.class);
        assertThat(fixture.slack.messages()).hasSize(2);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lostAnswers")
    void anEditWithALostAnswerIsUnknownAndMayBeRepeated(String name, Fault fault) {
        String root = fixture.root();
        fixture.slack.server().failOnce("chat.update", fault);

        assertThat(fixture.slack
                        .server()
                        .interruptHanging(() -> fixture.channel.edit(addressed(NotificationKind.RESOLVED), root)))
                .isInstanceOf(SendResult.Unknown.class);
        assertThat(fixture.channel.edit(addressed(NotificationKind.RESOLVED), root))
                .isInstanceOf(SendResult.Sent.class);
        assertThat(fixture.slack.messages()).hasSize(1);
    }

    @Test
    void aMessageThatWasNeverSentIsNotFound() {
        fixture.slack.server().failOnce("chat.postMessage", Fault.hangs());
        SlackChannel soonTimedOut = fixture.withTimeout(Duration.ofMillis(300));

        // On a busy machine the timeout may end an attempt before it writes; then the result is RetryLater.
        await().atMost(Duration.ofMinutes(1))
                .until(() -> soonTimedOut.post(addressed(NotificationKind.OPENED)) instanceof SendResult.Unknown);
        assertThat(fixture.channel.findRoot(addressed(NotificationKind.OPENED)))
                .isInstanceOf(LookupResult.NotFound.class);
    }

    @Test
    void aRootIsFoundBehindManyOthers() {
        fixture.root();
        for (int i = 0; i < 450; i++) {
            fixture.slack.chat(CHANNEL, "chatter " + i);
        }

        LookupResult found = new FreshProcess(fixture).findRootAgain();

        assertThat(found).isInstanceOf(LookupResult.Found.class);
        assertThat(fixture.slack.server().requests())
                .filteredOn(request -> request.path().endsWith("conversations.history"))
                .hasSize(3);
    }

    /** Some apps get 15 messages and one call a minute. */
    @Test
    void aLookupGoesOnWhereTheRateLimitStoppedItAndDelaysNothingElse() {
        VirtualTime clock = new VirtualTime();
        fixture.root();
        for (int i = 0; i < 40; i++) {
            fixture.slack.chat(CHANNEL, "chatter " + i);
        }
        fixture.slack.limitHistory(clock);

        for (int call = 1; call < 3; call++) {
            assertThat(fixture.channel.findRoot(addressed(NotificationKind.OPENED)))
                    .isInstanceOfSatisfying(LookupResult.Inconclusive.class, limited -> {
                        assertThat(limited.retryAfter()).isEqualTo(Duration.ofSeconds(60));
                        assertThat(limited.scope()).isEqualTo(SendResult.Scope.MESSAGE);
                    });
            clock.advance(Duration.ofSeconds(60));
        }
        assertThat(fixture.channel.findRoot(addressed(NotificationKind.OPENED))).isInstanceOf(LookupResult.Found.class);
        assertThat(fixture.slack.server().requests())
                .filteredOn(request -> request.path().endsWith("conversations.history"))
                .as("three pages, and two refused calls")
                .hasSize(5);
    }

    @Test
    void whatCameWhileALookupPausedIsSearchedToo() {
        VirtualTime clock = new VirtualTime();
        for (int i = 0; i < 20; i++) {
            fixture.slack.chat(CHANNEL, "chatter " + i);
        }
        fixture.channel.post(addressed(SampleMessages.bare(NotificationKind.OPENED), CHANNEL));
        fixture.slack.limitHistory(clock);
        assertThat(fixture.channel.findRoot(addressed(NotificationKind.OPENED)))
                .isInstanceOf(LookupResult.Inconclusive.class);

        // The lost post is carried out now, above the page that was read.
        fixture.root();
        clock.advance(Duration.ofSeconds(60));
        assertThat(fixture.channel.findRoot(addressed(NotificationKind.OPENED)))
                .as("the rest of the search begun before, and the newest messages are not read yet")
                .isInstanceOf(LookupResult.Inconclusive.class);
        clock.advance(Duration.ofSeconds(60));

        assertThat(fixture.channel.findRoot(addressed(NotificationKind.OPENED))).isInstanceOf(LookupResult.Found.class);
    }

    @Test
    void aMessageThatTheHistoryShowsLateIsFoundByALaterLookup() {
        VirtualTime clock = new VirtualTime();
        fixture.slack.lag(Lag.of(clock, Duration.ofSeconds(20)));
        fixture.root();
        fixture.slack.lag(Lag.NONE);
        fixture.channel.post(addressed(SampleMessages.bare(NotificationKind.OPENED), CHANNEL));
        assertThat(fixture.channel.findRoot(addressed(NotificationKind.OPENED))).isEqualTo(new LookupResult.NotFound());

        clock.advance(Duration.ofSeconds(20));

        assertThat(fixture.channel.findRoot(addressed(NotificationKind.OPENED))).isInstanceOf(LookupResult.Found.class);
    }

    @Test
    void anEditThatIsCarriedOutLateIsReadBack() {
        String root = fixture.root();
        fixture.channel.edit(addressed(NotificationKind.CHANGED), root);
        assertThat(fixture.channel.readBack(addressed(NotificationKind.CHANGED), root))
                .isEqualTo(new ReadBackResult.Matches());

        fixture.channel.edit(addressed(NotificationKind.RESOLVED), root);

        assertThat(fixture.channel.readBack(addressed(NotificationKind.CHANGED), root))
                .isInstanceOf(ReadBackResult.Differs.class);
        fixture.slack.delete(fixture.slack.messages().getFirst());
        assertThat(fixture.channel.readBack(addressed(NotificationKind.CHANGED), root))
                .as("what a person deleted is respected")
                .isEqualTo(new ReadBackResult.Matches());
    }

    @Test
    void theGuardIsAskedBeforeEachWrite() {
        GuardedWrites.check(
                fixture.channel,
                addressed(NotificationKind.REMINDED),
                () -> (int) fixture.slack.server().requests().stream()
                        .filter(request -> request.path().contains("/chat."))
                        .count());
    }

    /** Answers that are not what Slack promises: unknown if something may have been written, otherwise an error. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        <html>please log in</html>
        ``
        {}
        []
        null
        {"ok":true}
        {"ok":"yes","ts":7,"channel":{},"messages":{}}
        {"ok":true,"ts":null,"channel":7,"messages":null,"channels":null}
        {"ok":false}
        """)
    void anAnswerThatIsNotOfSlackIsNoProof(String body) {
        String root = fixture.root();
        fixture.slack.server().faults(request -> Optional.of(Fault.answers(200, body == null ? "" : body)));

        assertThat(fixture.channel.post(addressed(NotificationKind.OPENED))).isInstanceOf(SendResult.Unknown.class);
        assertThat(fixture.channel.reply(addressed(NotificationKind.REMINDED), root))
                .isInstanceOf(SendResult.Unknown.class);
        assertThat(fixture.channel.edit(addressed(NotificationKind.RESOLVED), root))
                .isInstanceOf(SendResult.Unknown.class);
        assertThat(fixture.channel.findRoot(addressed(NotificationKind.OPENED)))
                .isInstanceOf(LookupResult.Inconclusive.class);
        assertThat(fixture.channel.findReply(addressed(NotificationKind.REMINDED), root))
                .isInstanceOf(LookupResult.Inconclusive.class);
        assertThat(fixture.channel.readBack(addressed(NotificationKind.OPENED), root))
                .isInstanceOf(ReadBackResult.Inconclusive.class);
        assertThat(new FreshProcess(fixture).findRootAgain()).isInstanceOf(LookupResult.Inconclusive.class);
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
        channel_not_found   | RetryLater  | invite the app
        not_in_channel      | RetryLater  | invite it with /invite
        restricted_action   | RetryLater  | ask its administrators
        ratelimited         | RetryLater  | fewer calls
        internal_error      | Unknown | Slack failed
        message_not_found   | TargetGone  | deleted
        thread_not_found    | TargetGone  | deleted
        is_archived         | RetryLater | unarchive it
        messages_tab_disabled | RetryLater | turn on the Messages tab in App Home
        edit_window_closed  | Rejected | edit their messages
        something_new       | RetryLater | something_new
        """)
    void eachSlackErrorHasAResultAndAnExplanation(String error, String state, String sentence) {
        fixture.slack.server().failOnce("chat.postMessage", Fault.notOk(error));

        SendResult result = fixture.channel.post(addressed(NotificationKind.OPENED));

        assertThat(result.getClass().getSimpleName()).isEqualTo(state);
        assertThat(result.toString()).contains(sentence).doesNotContain(FakeSlack.TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"msg_too_long", "msg_blocks_too_long", "invalid_blocks", "invalid_blocks_format"})
    void whatSlackRefusesIsShortenedAndSentOnceAsText(String error) {
        Metrics.globalRegistry.add(meters);
        fixture.slack.server().failOnce("chat.postMessage", Fault.notOk(error));

        String root = fixture.root();

        FakeSlack.Message posted = fixture.slack.messages().getFirst();
        assertThat(fixture.slack.messages()).hasSize(1);
        assertThat(posted.blocks()).isEmpty();
        assertThat(posted.text())
                .startsWith("sig-net e2e (k8s 1.35, 1.36) broken: 3 PRs blocked")
                .contains("hotplug should attach a second NIC")
                .hasSizeLessThan(4_000);
        assertThat(meters.get("ci_notify.messages.shortened")
                        .tag("channel", "slack")
                        .counter()
                        .count())
                .isEqualTo(1);

        fixture.slack.server().failOnce("chat.update", Fault.notOk(error));
        assertThat(fixture.channel.edit(addressed(NotificationKind.RESOLVED), root))
                .isEqualTo(new SendResult.Sent(root));
        assertThat(posted.text()).startsWith("Resolved: sig-net e2e");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        msg_too_long        | shorten the template
        invalid_blocks      | check the template
        """)
    void whatSlackRefusesTwiceIsGivenUp(String error, String sentence) {
        fixture.slack.server().outage(Fault.notOk(error), Duration.ofHours(1));

        assertThat(fixture.channel.post(addressed(NotificationKind.OPENED)))
                .isInstanceOfSatisfying(SendResult.Rejected.class, refused -> assertThat(refused.reason())
                        .contains(sentence));
        assertThat(fixture.slack.messages()).isEmpty();
    }

    @Test
    void aMissingScopeIsNamed() {
        fixture.slack
                .server()
                .failOnce(
                        "conversations.history",
                        Fault.answers(
                                200,
                                "{\"ok\":false,\"error\":\"missing_scope\",\"needed\":\"channels:history\",\"provided\":\"chat:write\"}"));
        fixture.root();

        LookupResult lookup = fixture.channel.findRoot(addressed(NotificationKind.OPENED));

        assertThat(lookup).isInstanceOf(LookupResult.Inconclusive.class);
        assertThat(lookup.toString()).contains("lacks the scope channels:history (it has chat:write)");
    }

    @Test
    void aDirectMessageIsFoundByAnotherProcessThatHasTheScope() {
        fixture.slack.channel("U0ROBIN", null, true);
        AddressedMessage direct = addressed(SampleMessages.full(NotificationKind.OPENED), "U0ROBIN");
        fixture.slack.server().failOnce("chat.postMessage", Fault.drops().afterwards());
        assertThat(fixture.channel.post(direct)).isInstanceOf(SendResult.Unknown.class);

        fixture.slack.scopes("chat:write,channels:history");
        assertThat(fixture.channel.findRoot(direct).toString()).contains("lacks the scope im:write");
        fixture.slack.scopes("chat:write,channels:history,im:history,im:write");
        assertThat(fixture.channel.findRoot(direct)).isInstanceOf(LookupResult.Found.class);
    }

    @Test
    void aScopeThatWritingLacksIsNamedAndWaitedFor() {
        fixture.slack
                .server()
                .failOnce(
                        "chat.postMessage",
                        Fault.answers(
                                200,
                                "{\"ok\":false,\"error\":\"missing_scope\",\"needed\":\"chat:write\",\"provided\":\"users:read\"}"));

        assertThat(fixture.channel.post(addressed(NotificationKind.OPENED)).toString())
                .startsWith("RetryLater")
                .contains("lacks the scope chat:write (it has users:read)");
        assertThat(fixture.channel.post(addressed(NotificationKind.OPENED))).isInstanceOf(SendResult.Sent.class);
    }

    @Test
    void aRotatedTokenIsPickedUpByTheNextMessage() throws IOException {
        fixture.slack.rotate("xoxb-new");
        assertThat(fixture.channel.post(addressed(NotificationKind.OPENED)).toString())
                .contains("invalid_auth", "scope=CHANNEL");

        Files.writeString(fixture.token, "xoxb-new");

        assertThat(fixture.channel.post(addressed(NotificationKind.OPENED))).isInstanceOf(SendResult.Sent.class);
    }

    @Test
    void aTokenThatTheServerEchoesIsCensored() {
        fixture.slack.server().failOnce("chat.postMessage", Fault.notOk("bad " + FakeSlack.TOKEN));

        assertThat(fixture.channel.post(addressed(NotificationKind.OPENED)).toString())
                .contains("bad [secret]")
                .doesNotContain(FakeSlack.TOKEN);
    }

    @Test
    void aMissingTokenFileWaitsForTheOperator() throws IOException {
        Files.delete(fixture.token);

        SendResult result = fixture.channel.post(addressed(NotificationKind.OPENED));

        assertThat(result).isInstanceOf(SendResult.RetryLater.class);
        assertThat(result.toString()).contains("there is no such file");
        assertThat(fixture.slack.server().requests()).isEmpty();
    }

    @Test
    void retryAfterOfSlackIsKept() {
        fixture.slack.server().failOnce("chat.postMessage", Fault.tooMany(30));

        assertThat(fixture.channel.post(addressed(NotificationKind.OPENED)))
                .isInstanceOfSatisfying(SendResult.RetryLater.class, later -> {
                    assertThat(later.retryAfter()).isEqualTo(Duration.ofSeconds(30));
                    assertThat(later.scope()).isEqualTo(SendResult.Scope.CHANNEL);
                });
        assertThat(fixture.slack.messages()).isEmpty();
    }

    @Test
    void aDeletedRootIsGone() {
        String root = fixture.root();
        fixture.slack.delete(fixture.slack.messages().getFirst());

        assertThat(fixture.channel.edit(addressed(NotificationKind.RESOLVED), root))
                .isInstanceOf(SendResult.TargetGone.class);
        assertThat(fixture.channel.reply(addressed(NotificationKind.REMINDED), root))
                .isInstanceOf(SendResult.TargetGone.class);
        assertThat(fixture.channel.findRoot(addressed(NotificationKind.OPENED)))
                .isInstanceOf(LookupResult.NotFound.class);
    }

    @Test
    void anArchivedOrUnknownChannelIsReported() {
        fixture.slack.channel("old", "is_archived", false);

        assertThat(fixture.channel.post(addressed(SampleMessages.full(NotificationKind.OPENED), "old")))
                .isInstanceOf(SendResult.RetryLater.class);
        assertThat(fixture.channel.post(addressed(SampleMessages.full(NotificationKind.OPENED), "none")))
                .isInstanceOfSatisfying(SendResult.RetryLater.class, later -> assertThat(later.scope())
                        .isEqualTo(SendResult.Scope.DESTINATION));
        assertThat(fixture.channel
                        .findRoot(addressed(SampleMessages.full(NotificationKind.OPENED), "none"))
                        .toString())
                .contains("Slack has no public channel none");
    }

    @Test
    void anUnreachableServerMeansThatNothingWasSent() {
        try (SlackChannelFixture away = new SlackChannelFixture(folder, URI.create("http://127.0.0.1:1/api"), null)) {
            SendResult result = away.channel.post(addressed(NotificationKind.OPENED));

            assertThat(result).isInstanceOf(SendResult.RetryLater.class);
            assertThat(result.toString()).contains("--slack-endpoint");
        }
    }

    @Test
    void aProxyThatRefusesIsNamed() {
        fixture.slack.server().faults(request -> Optional.of(Fault.answers(403, "<html>denied</html>")));

        assertThat(fixture.channel.post(addressed(NotificationKind.OPENED)).toString())
                .startsWith("RetryLater")
                .contains("HTTP 403")
                .contains("--slack-endpoint");
    }
}
