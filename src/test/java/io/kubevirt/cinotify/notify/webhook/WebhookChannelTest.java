// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.kubevirt.cinotify.fixture.FakeWebhookTarget;
import io.kubevirt.cinotify.fixture.Fault;
import io.kubevirt.cinotify.fixture.FaultyServer;
import io.kubevirt.cinotify.fixture.GuardedWrites;
import io.kubevirt.cinotify.http.BoundedHttpClient;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.SendResult;
import io.kubevirt.cinotify.notify.template.Guidance;
import io.kubevirt.cinotify.notify.template.Links;
import io.kubevirt.cinotify.notify.template.SampleMessages;
import io.kubevirt.cinotify.routing.Cause;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What somebody gets who wants messages as JSON. */
class WebhookChannelTest {
    private static final Links LINKS = Links.none().with(URI.create("https://ci.example.org/notify/"));

    @TempDir
    Path folder;

    private final FakeWebhookTarget other = new FakeWebhookTarget();
    private final BoundedHttpClient client = new BoundedHttpClient(Duration.ofMinutes(1));

    @AfterEach
    void close() {
        client.close();
        other.close();
    }

    private WebhookChannel channel(WebhookConfig webhook) {
        return channel(Map.of("board", webhook));
    }

    private WebhookChannel channel(Map<String, WebhookConfig> webhooks) {
        return new WebhookChannel(
                client,
                () -> new WebhookConfig.All(webhooks),
                file -> new SecretFile(folder.resolve(file)),
                () -> LINKS);
    }

    private WebhookConfig target() {
        return new WebhookConfig(other.address().toString(), null, List.of(), List.of());
    }

    private static AddressedMessage addressed(Notification notification) {
        return new AddressedMessage(
                "webhook", "board", new OutgoingMessage.IncidentMessage(notification, List.of("red on three")));
    }

    private static AddressedMessage opened() {
        return addressed(SampleMessages.full(NotificationKind.OPENED));
    }

    private FaultyServer.Request received() {
        assertThat(other.received()).hasSize(1);
        return other.received().values().iterator().next();
    }

    @Test
    void theBodyHasTheHeadlineAndTheNextStep() {
        Links links = LINKS.with(List.of(new Guidance(null, null, null, Cause.TEST, "Rerun once.", null)));

        assertThat(new String(
                        WebhookPayload.of(addressed(SampleMessages.full(NotificationKind.OPENED)), links)
                                .toJson(),
                        StandardCharsets.UTF_8))
                .contains(
                        "\"headline\":\"sig-net e2e (k8s 1.35, 1.36) broken: 3 PRs blocked\"",
                        "\"nextStep\":\"Rerun once.\"");
        assertThat(new String(
                        WebhookPayload.of(addressed(SampleMessages.full(NotificationKind.RESOLVED)), links)
                                .toJson(),
                        StandardCharsets.UTF_8))
                .contains("\"headline\":\"Resolved: sig-net e2e")
                .doesNotContain("nextStep");
    }

    @ParameterizedTest
    @EnumSource(NotificationKind.class)
    void theBodyMatchesTheSchema(NotificationKind kind) throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("config", "webhook.schema.json")), InputFormat.JSON);

        for (Notification notification : List.of(
                SampleMessages.full(kind),
                SampleMessages.unclear(kind),
                SampleMessages.request(kind),
                SampleMessages.bare(kind))) {
            String body =
                    new String(WebhookPayload.of(addressed(notification), LINKS).toJson(), StandardCharsets.UTF_8);
            assertThat(schema.validate(body, InputFormat.JSON)).as(body).isEmpty();
            assertThat(body)
                    .contains("\"url\":\"https://ci.example.org/notify/i/"
                            + notification.incident().id());
        }
    }

    @Test
    void aTextMessageMatchesTheSchema() throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("config", "webhook.schema.json")), InputFormat.JSON);
        AddressedMessage textMessage = new AddressedMessage(
                "webhook",
                "board",
                new OutgoingMessage.TextMessage("week-10", "week", "webhook", "board", "This week", "- one"));

        String body = new String(WebhookPayload.of(textMessage, LINKS).toJson(), StandardCharsets.UTF_8);

        assertThat(schema.validate(body, InputFormat.JSON)).as(body).isEmpty();
        assertThat(schema.validate("{\"version\":1}", InputFormat.JSON)).isNotEmpty();
        assertThat(channel(target()).destinations(textMessage.message())).containsExactly("board");
    }

    @Test
    void theBodyIsSignedAndHasAKey() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "key\n");
        WebhookChannel channel =
                channel(new WebhookConfig(other.address().toString(), secret.toString(), List.of(), List.of()));

        assertThat(channel.post(opened())).isInstanceOf(SendResult.Sent.class);

        FaultyServer.Request request = received();
        assertThat(request.headers().getFirst("Idempotency-Key")).isEqualTo("ci-notify:inc-4f1c-opened-1");
        assertThat(request.headers().getFirst("Content-Type")).isEqualTo("application/json");
        assertThat(request.headers().getFirst("X-Ci-Notify-Signature-256"))
                .isEqualTo(WebhookPayload.sign(request.body().getBytes(StandardCharsets.UTF_8), "key"));
        assertThat(request.body()).contains("\"kind\":\"opened\"").contains("\"handle\":\"robin\"");
    }

    /** Made with {@code printf '{"a":1}' | openssl dgst -sha256 -hmac key}. */
    @Test
    void theSignatureIsTheOneThatOthersCompute() {
        assertThat(WebhookPayload.sign("{\"a\":1}".getBytes(StandardCharsets.UTF_8), "key"))
                .isEqualTo("sha256=88a67f24bbcdaed0e6c997404bb79a743baf44c6bab2f4c27328e3009d22e342");
    }

    @Test
    void eachWebhookGetsOnlyItsAreasAndKinds() {
        String url = other.address().toString();
        Map<String, WebhookConfig> webhooks = new LinkedHashMap<>();
        webhooks.put("board", target());
        webhooks.put("area", new WebhookConfig(url, null, List.of("prow"), List.of()));
        webhooks.put("kind", new WebhookConfig(url, null, List.of(), List.of(NotificationKind.RESOLVED)));

        WebhookChannel channel = channel(webhooks);

        assertThat(channel.destinations(opened().message())).containsExactly("board");
        assertThat(channel.destinations(addressed(SampleMessages.full(NotificationKind.RESOLVED))
                        .message()))
                .containsExactly("board", "kind");
    }

    static Stream<Arguments> lostAnswers() {
        return Stream.of(
                Arguments.of("hangs", Fault.hangs().afterwards()),
                Arguments.of("closed without a word", Fault.drops().afterwards()),
                Arguments.of("500", Fault.answers(500, "oops").afterwards()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lostAnswers")
    void anUnknownOutcomeIsRepeatedWithTheSameKey(String name, Fault fault) {
        WebhookChannel channel = channel(target());
        channel.post(addressed(SampleMessages.bare(NotificationKind.OPENED)));
        other.server().failOnce("ci", fault);

        assertThat(other.server().interruptHanging(() -> channel.post(opened())))
                .isInstanceOf(SendResult.Unknown.class);
        assertThat(channel.post(opened())).isInstanceOf(SendResult.Sent.class);

        assertThat(other.server().requests()).hasSize(3);
        assertThat(other.received()).containsOnlyKeys("ci-notify:inc-4f1c-opened-1", "ci-notify:inc-9b02-opened");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        301 | RetryLater | use the URL of the redirect
        400 | RetryLater | webhook.schema.json
        401 | RetryLater  | fix its secret
        404 | RetryLater  | fix its URL
        410 | RetryLater | remove the webhook
        413 | Rejected | larger bodies
        429 | RetryLater  | 429
        408 | RetryLater  | 408
        500 | Unknown | 500
        502 | Unknown | 502
        503 | RetryLater  | 503
        504 | Unknown | 504
        """)
    void eachResponseHasAResultAndAnExplanation(int status, String state, String sentence) {
        other.server().failOnce("ci", Fault.answers(status, "no\nthanks"));

        SendResult result = channel(target()).post(opened());

        assertThat(result.getClass().getSimpleName()).isEqualTo(state);
        assertThat(result.toString()).contains(sentence, "board", "no thanks");
    }

    /** The body of a success is up to the receiver, but a page for people is not from a receiver of JSON. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        ``                                        | Sent
        ok                                        | Sent
        {"error":"x"}                             | Sent
        <accepted/>                               | Sent
        <!DOCTYPE html><title>Log in</title>      | Unknown
        ` <HTML lang="en">`                       | Unknown
        <?xml version="1.0"?><!-- SSO --><html>   | Unknown
        """)
    void aPageForPeopleIsNoSuccess(String body, String state) {
        other.server().failOnce("ci", Fault.answers(200, body));

        assertThat(channel(target()).post(opened()).getClass().getSimpleName()).isEqualTo(state);
    }

    @Test
    void theGuardIsAskedBeforeEachWrite() {
        GuardedWrites.check(
                channel(target()), opened(), () -> other.server().requests().size());
    }

    @Test
    void retryAfterOfTheReceiverIsKept() {
        other.server().failOnce("ci", Fault.tooMany(7));

        assertThat(channel(target()).post(opened())).isInstanceOfSatisfying(SendResult.RetryLater.class, later -> {
            assertThat(later.retryAfter()).isEqualTo(Duration.ofSeconds(7));
            assertThat(later.scope()).isEqualTo(SendResult.Scope.DESTINATION);
        });
    }

    @Test
    void anEndlessResponseIsReadOnlyAtItsBeginning() {
        other.server().failOnce("ci", Fault.answers(200, "x".repeat(8 << 20)));

        assertThat(channel(target()).post(opened())).isInstanceOf(SendResult.Sent.class);
    }

    @Test
    void anUnreachableOrRemovedWebhookIsReported() {
        WebhookConfig away = new WebhookConfig("http://127.0.0.1:1/", null, List.of(), List.of());
        WebhookConfig secretless = new WebhookConfig(other.address().toString(), "missing", List.of(), List.of());

        assertThat(channel(away).post(opened()).toString())
                .startsWith("RetryLater")
                .contains("127.0.0.1:1");
        assertThat(channel(secretless).post(opened()).toString())
                .startsWith("RetryLater")
                .contains("no such file", "scope=DESTINATION");
        assertThat(channel(Map.of()).post(opened()).toString())
                .startsWith("Rejected")
                .contains("board is no longer configured");
    }
}
