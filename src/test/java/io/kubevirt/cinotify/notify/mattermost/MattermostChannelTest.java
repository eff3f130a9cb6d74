// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.mattermost;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.FakeMattermost;
import io.kubevirt.cinotify.fixture.Fault;
import io.kubevirt.cinotify.fixture.GuardedWrites;
import io.kubevirt.cinotify.http.BoundedHttpClient;
import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.ChannelContext;
import io.kubevirt.cinotify.notify.LookupResult;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.ReadBackResult;
import io.kubevirt.cinotify.notify.SendResult;
import io.kubevirt.cinotify.notify.template.Links;
import io.kubevirt.cinotify.notify.template.SampleMessages;
import io.kubevirt.cinotify.notify.template.Templates;
import io.kubevirt.cinotify.prow.Visibility;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What an incident is in a channel of Mattermost. */
class MattermostChannelTest {
    private static final String OTHER = "d".repeat(26);

    @TempDir
    private Path folder;

    private final FakeMattermost mattermost = new FakeMattermost();
    private final BoundedHttpClient client = new BoundedHttpClient(Duration.ofMinutes(1));
    private Visibility visibility = Visibility.PUBLIC;
    private Channel channel;

    @BeforeEach
    void open() throws IOException, InvalidConfigException {
        Files.writeString(folder.resolve("token"), FakeMattermost.TOKEN);
        Templates templates = Templates.open(MattermostMarkup.TEMPLATES, null);
        channel = config().open(
                        new ChannelContext(client, folder, set -> templates, Links::none, () -> List.of(config())));
    }

    @AfterEach
    void close() {
        client.close();
        mattermost.close();
    }

    private MattermostConfig config() {
        return new MattermostConfig(
                mattermost.address().toString(),
                "token",
                FakeMattermost.CHANNEL,
                Map.of("sig-network", OTHER),
                Map.of("robin", "robin.r"),
                visibility);
    }

    private static AddressedMessage addressed(NotificationKind kind) {
        return new AddressedMessage(
                "mattermost",
                FakeMattermost.CHANNEL,
                new OutgoingMessage.IncidentMessage(SampleMessages.full(kind), List.of("because")));
    }

    private String root() {
        return ((SendResult.Sent) channel.post(addressed(NotificationKind.OPENED))).reference();
    }

    private String text(int post) {
        return mattermost.posts().get(post).get("message").asText();
    }

    @Test
    void anIncidentIsAPostThatIsEditedAndAnswered() {
        String root = root();

        assertThat(text(0))
                .startsWith("**sig-net e2e \\(k8s 1.35, 1.36\\) broken"
                        .replace("\\(", "(")
                        .replace("\\)", ")"));
        assertThat(text(0)).contains("@robin.r", "[run](https://prow.example.org/");
        assertThat(channel.edit(addressed(NotificationKind.RESOLVED), root)).isEqualTo(new SendResult.Sent(root));
        channel.reply(addressed(NotificationKind.ESCALATED), root);

        assertThat(mattermost.posts()).hasSize(2);
        assertThat(text(0)).startsWith("**Resolved: ");
        assertThat(mattermost.posts().get(1).get("root_id").asText()).isEqualTo(root);
        assertThat(channel.readBack(addressed(NotificationKind.RESOLVED), root))
                .isEqualTo(new ReadBackResult.Matches());
        assertThat(channel.readBack(addressed(NotificationKind.OPENED), root))
                .isInstanceOf(ReadBackResult.Differs.class);
    }

    @Test
    void anAreaMayHaveAChannelOfItsOwnAndTheReadersAreConfigured() {
        assertThat(channel.destinations(addressed(NotificationKind.OPENED).message()))
                .containsExactly(FakeMattermost.CHANNEL);
        assertThat(config().channelOf("sig-network")).isEqualTo(OTHER);
        assertThat(channel.defaultDestination()).contains(FakeMattermost.CHANNEL);
        assertThat(channel.audience(OTHER)).isEqualTo(Audience.PUBLIC);
        visibility = Visibility.PRIVATE;
        assertThat(channel.audience(OTHER)).isEqualTo(Audience.PRIVATE);
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
    void anUnknownOutcomeIsFoundAmongOtherPosts(String name, Fault fault) {
        mattermost.server().failOnce("posts", fault);
        assertThat(mattermost.server().interruptHanging(() -> channel.post(addressed(NotificationKind.OPENED))))
                .isInstanceOf(SendResult.Unknown.class);
        for (int i = 0; i < 250; i++) {
            mattermost.chat("chatter " + i);
        }
        String root = mattermost.posts().getFirst().get("id").asText();

        assertThat(channel.findRoot(addressed(NotificationKind.OPENED))).isEqualTo(new LookupResult.Found(root));
        assertThat(channel.findReply(addressed(NotificationKind.OPENED), root)).isEqualTo(new LookupResult.NotFound());
        channel.reply(addressed(NotificationKind.REMINDED), root);
        assertThat(channel.findReply(addressed(NotificationKind.REMINDED), root))
                .isInstanceOf(LookupResult.Found.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        301 | x                                      | RetryLater | DESTINATION | check mattermost.url
        400 | {"message":"bad","id":"message_length"} | Rejected   |             | shorten the template
        401 | x                                      | RetryLater | CHANNEL     | rejects the token
        403 | {"message":"no permission"}            | RetryLater | DESTINATION | (no permission)
        404 | x                                      | RetryLater | DESTINATION | id of the channel
        413 | x                                      | Rejected   |             | shorten the template
        429 | x                                      | RetryLater | CHANNEL     | 429
        500 | x                                      | Unknown    |             | 500
        200 | <html>login</html>                     | Unknown    |             | no JSON
        200 | {}                                     | Unknown    |             | without the id
        """)
    void eachResponseHasAResultAndAnExplanation(int status, String body, String state, String scope, String sentence) {
        mattermost.server().failOnce("posts", Fault.answers(status, body));

        SendResult result = channel.post(addressed(NotificationKind.OPENED));

        assertThat(result.getClass().getSimpleName()).isEqualTo(state);
        assertThat(result.toString()).contains(sentence).contains(scope == null ? "" : "scope=" + scope);
    }

    @Test
    void retryAfterIsKeptAndAReadThatFailsProvesNothing() {
        mattermost.server().failOnce("posts", Fault.tooMany(7));
        assertThat(channel.post(addressed(NotificationKind.OPENED)))
                .isInstanceOfSatisfying(SendResult.RetryLater.class, later -> assertThat(later.retryAfter())
                        .isEqualTo(Duration.ofSeconds(7)));
        String root = root();

        mattermost.server().outage(Fault.answers(200, "{}"), Duration.ofDays(1));
        assertThat(channel.findRoot(addressed(NotificationKind.OPENED))).isInstanceOf(LookupResult.Inconclusive.class);
        mattermost.server().outage(Fault.answers(502, "<html/>"), Duration.ofDays(1));
        assertThat(channel.findReply(addressed(NotificationKind.OPENED), root))
                .isInstanceOf(LookupResult.Inconclusive.class);
        assertThat(channel.readBack(addressed(NotificationKind.OPENED), root))
                .isInstanceOf(ReadBackResult.Inconclusive.class);
    }

    @Test
    void aNewTokenIsReadAndARefusedOneIsNotQuoted() throws IOException {
        Files.writeString(folder.resolve("token"), "mattermost-token-2");
        assertThat(channel.post(addressed(NotificationKind.OPENED)).toString())
                .contains("rejects the token", folder.resolve("token").toString())
                .doesNotContain("token-2");
        Files.writeString(folder.resolve("token"), FakeMattermost.TOKEN);
        assertThat(channel.post(addressed(NotificationKind.OPENED))).isInstanceOf(SendResult.Sent.class);
        Files.delete(folder.resolve("token"));
        assertThat(channel.post(addressed(NotificationKind.OPENED)).toString()).contains("no such file", "CHANNEL");
    }

    @Test
    void aPostThatAPersonDeletedIsGoneAndAnotherReferenceToo() {
        String root = root();
        mattermost.delete(root);

        assertThat(channel.edit(addressed(NotificationKind.RESOLVED), root)).isInstanceOf(SendResult.TargetGone.class);
        assertThat(channel.reply(addressed(NotificationKind.ESCALATED), root))
                .isInstanceOf(SendResult.TargetGone.class);
        assertThat(channel.readBack(addressed(NotificationKind.RESOLVED), root))
                .isEqualTo(new ReadBackResult.Matches());
        assertThat(channel.edit(addressed(NotificationKind.RESOLVED), "dry-run"))
                .isInstanceOf(SendResult.TargetGone.class);
        assertThat(channel.reply(addressed(NotificationKind.RESOLVED), "dry-run"))
                .isInstanceOf(SendResult.TargetGone.class);
    }

    @Test
    void aMissingPermissionIsNoDeletion() {
        String root = root();
        mattermost.server().failOnce("patch", Fault.answers(403, "{\"message\":\"no permission\"}"));

        assertThat(channel.edit(addressed(NotificationKind.RESOLVED), root)).isInstanceOf(SendResult.RetryLater.class);
    }

    @Test
    void theGuardIsAskedBeforeEachWrite() {
        GuardedWrites.check(
                channel, addressed(NotificationKind.OPENED), () -> (int) mattermost.server().requests().stream()
                        .filter(request -> !request.method().equals("GET"))
                        .count());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        @channel and @all    | @\u200bchannel and @\u200ball
        <!here> & &lt;       | <\u200b!here\\> &amp; &amp;lt;
        ~town-square         | ~\u200btown-square
        *b* _i_ `c` [a](b)   | \\*b\\* \\_i\\_ \\`c\\` \\[a\\](b)
        # heading            | \\# heading
        - item               | \u200b- item
        12. item             | \u200b12. item
        https://evil.example | https:\u200b//evil.example
        """)
    void untrustedTextStaysText(String outside, String written) {
        assertThat(new MattermostMarkup().text(outside)).isEqualTo(written.replace("<\u200b!here", "<\u200b\\!here"));
    }

    @Test
    void aTextMessageIsAPostOfItsOwn() {
        OutgoingMessage.TextMessage text = new OutgoingMessage.TextMessage(
                "week-10", "week", "mattermost", FakeMattermost.CHANNEL, "This week", "- one\n".repeat(9_000));

        assertThat(channel.destinations(text)).containsExactly(FakeMattermost.CHANNEL);
        assertThat(channel.post(new AddressedMessage("mattermost", FakeMattermost.CHANNEL, text)))
                .isInstanceOf(SendResult.Sent.class);
        assertThat(text(0)).startsWith("**This week**\n- one").endsWith("(cut)");
    }
}
