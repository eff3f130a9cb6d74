// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.CapturedLog;
import io.kubevirt.cinotify.fixture.Dispatch;
import io.kubevirt.cinotify.fixture.ExternalPlugin;
import io.kubevirt.cinotify.fixture.ProwHook;
import io.kubevirt.cinotify.fixture.RawHttp;
import io.kubevirt.cinotify.fixture.WebhookDelivery;
import io.vertx.core.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table in prow-contract §2, over HTTP. */
@Timeout(300)
class WebhookRouterTest {

    private static final String KEY = "abcde12345";
    private static final String BODY = "{\"repository\":{\"full_name\":\"kubevirt/kubevirt\"},\"state\":\"failure\"}";

    private final ProwHook hook = ProwHook.signingWith(KEY, pause -> {});
    private WebhookServer server;

    @BeforeEach
    void open() {
        server = new WebhookServer(KEY);
    }

    @AfterEach
    void close() {
        server.close();
    }

    static Stream<Arguments> table() {
        String event = WebhookDelivery.EVENT;
        String delivery = WebhookDelivery.DELIVERY;
        String signature = WebhookDelivery.SIGNATURE;
        String type = WebhookDelivery.CONTENT_TYPE;
        return Stream.of(
                row(200, "stored", d -> d),
                row(400, "X-GitHub-Event", d -> d.without(event)),
                row(400, "X-GitHub-Event", d -> d.with(event, "").without(delivery)),
                row(400, "X-GitHub-Delivery", d -> d.without(delivery).without(signature)),
                row(400, "X-GitHub-Delivery", d -> d.with(delivery, "")),
                row(403, "X-Hub-Signature-256", d -> d.without(signature).without(type)),
                row(403, "X-Hub-Signature-256", d -> d.with(signature, "")),
                row(400, "Content-Type", d -> d.without(type).with(signature, "wrong")),
                row(400, "Content-Type", d -> d.with(type, "application/json; charset=utf-8")),
                row(400, "Content-Type", d -> d.with(type, "Application/JSON")),
                row(400, "Content-Type", d -> d.with(type, "application/x-www-form-urlencoded")),
                row(403, "invalid signature", d -> d.with(signature, "sha256=zz")),
                row(403, "invalid signature", d -> d.with(signature, d.headers().get("X-Hub-Signature"))),
                row(403, "invalid signature", d -> d.with(signature, "sha256=00")),
                row(403, "invalid signature", d -> d.withBody("{}".getBytes(StandardCharsets.UTF_8))));
    }

    private static Arguments row(int status, String reason, UnaryOperator<WebhookDelivery> change) {
        return Arguments.of(status, reason, change);
    }

    @ParameterizedTest
    @MethodSource("table")
    void aRequestIsCheckedInTheOrderOfTheContract(int status, String reason, UnaryOperator<WebhookDelivery> change) {
        Dispatch dispatch = hook.dispatch(server.at("/"), change.apply(signed("status", BODY)));

        assertThat(dispatch.status()).isEqualTo(status);
        assertThat(dispatch.reply()).startsWith(status + " ").contains(reason).doesNotContain(KEY);
        assertThat(server.journal.deliveries()).hasSize(status == 200 ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"})
    void anyMethodButPostIsRejectedFirst(String method) throws IOException {
        for (String path : List.of("/", "/webhooks/ci", "/help", "/webhooks/ci/help")) {
            RawHttp.Reply reply = RawHttp.send(method, server.at(path), Map.of("Connection", "close"), new byte[0]);

            assertThat(reply.status()).as(path).isEqualTo(405);
            assertThat(reply.headers().get("allow")).isEqualTo("POST");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "no json", "{\"a\":", "{} {}"})
    void aBodyThatIsNotAJsonObjectIsForbiddenEvenIfSigned(String body) {
        Dispatch dispatch = hook.dispatch(server.at("/"), signed("status", body));

        assertThat(dispatch.status()).isEqualTo(403);
        assertThat(dispatch.reply()).startsWith("403 Forbidden: invalid payload");
    }

    /** Reading a file blocks, and a wrong signature costs nothing to send. */
    @Test
    void theFileOfTheKeysIsReadOffTheEventLoop() {
        HmacSecrets keys = HmacSecrets.parse(bytes(KEY));
        List<Boolean> readsOnEventLoop = new CopyOnWriteArrayList<>();
        SignatureValidator signatures = new SignatureValidator(() -> HmacSecrets.NONE, () -> {
            readsOnEventLoop.add(Context.isOnEventLoopThread());
            return keys;
        });
        try (WebhookServer rotated = new WebhookServer(signatures)) {
            assertThat(hook.dispatch(rotated.at("/"), signed("status", BODY)).status())
                    .isEqualTo(200);
            assertThat(hook.dispatch(
                                    rotated.at("/"),
                                    signed("status", BODY).with(WebhookDelivery.SIGNATURE, "sha256=00"))
                            .status())
                    .isEqualTo(403);
            assertThat(rotated.journal.deliveries()).hasSize(1);
        }
        assertThat(readsOnEventLoop).containsExactly(false, false);
    }

    @Test
    void aValidDeliveryIsStoredUnchanged() {
        hook.dispatch(server.at("/webhooks/ci"), WebhookDelivery.signed("guid-1", "issue_comment", bytes(BODY), KEY));

        assertThat(server.journal.deliveries()).singleElement().satisfies(delivery -> {
            assertThat(delivery.id()).isEqualTo("guid-1");
            assertThat(delivery.event()).isEqualTo("issue_comment");
            assertThat(delivery.receivedAt()).isEqualTo(WebhookServer.NOW);
            assertThat(delivery.body()).isEqualTo(bytes(BODY));
        });
        assertThat(server.counted("issue_comment", "accepted")).isEqualTo(1);
    }

    @Test
    void ofAStatusOnlyTheUsedFieldsAreStored() {
        hook.dispatch(server.at("/"), signed("status", "{\"commit\":{\"state\":\"x\"},\"id\":7," + BODY.substring(1)));

        assertThat(server.journal.deliveries()).singleElement().satisfies(delivery -> assertThat(delivery.body())
                .isEqualTo(bytes(BODY)));
    }

    @Test
    void aRedeliveryIsAnsweredWith200AndNotStoredAgain() {
        hook.register("kubevirt", new ExternalPlugin("ci-notify", server.at(""), List.of()));
        String id = hook.receive("status", BODY).getFirst().delivery();

        assertThat(hook.redeliver(id)).singleElement().satisfies(again -> {
            assertThat(again.status()).isEqualTo(200);
            assertThat(again.reply()).contains("duplicate delivery");
        });
        assertThat(server.journal.deliveries()).hasSize(1);
        assertThat(server.counted("status", "duplicate")).isEqualTo(1);
    }

    @Test
    void anUnusedEventIsAnsweredWith200AndCountedAsOther() {
        assertThat(hook.dispatch(server.at("/"), signed("workflow_run", BODY)).status())
                .isEqualTo(200);
        assertThat(hook.dispatch(server.at("/"), signed("made up by anybody", BODY))
                        .status())
                .isEqualTo(200);

        assertThat(server.journal.deliveries()).isEmpty();
        assertThat(server.counted("other", "ignored")).isEqualTo(2);
    }

    @Test
    void aRejectionIsCounted() {
        hook.dispatch(server.at("/"), "status", bytes(BODY), "another key");
        hook.dispatch(server.at("/"), signed("status", BODY).without(WebhookDelivery.EVENT));

        assertThat(server.counted("status", "refused")).isEqualTo(1);
        assertThat(server.counted("other", "refused")).isEqualTo(1);
    }

    @Test
    void aJournalFailureIsAnsweredWith503WithoutDetails() {
        server.journal.becomeUnavailable();

        Dispatch dispatch = hook.dispatch(server.at("/"), signed("status", BODY));

        assertThat(dispatch.status()).isEqualTo(503);
        assertThat(dispatch.reply()).startsWith("503 ").contains("redeliver").doesNotContain("disk", "/data");
        assertThat(server.counted("status", "unavailable")).isEqualTo(1);
    }

    @Test
    void anOutageOfTheJournalIsLoggedOnceAndItsEndWithTheNumberOfRejections() {
        try (CapturedLog log = CapturedLog.of(WebhookReceiver.class)) {
            server.journal.becomeUnavailable();
            for (int delivery = 0; delivery < 5; delivery++) {
                hook.dispatch(server.at("/"), signed("status", BODY));
            }
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("ERROR Rejected delivery a-guid (status); further")
                    .endsWith(": disk full");

            server.journal.recover();
            hook.dispatch(server.at("/"), signed("status", BODY));
            hook.dispatch(server.at("/"), signed("status", BODY));
            assertThat(log.lines()).hasSize(2);
            assertThat(log.lines().getLast())
                    .isEqualTo("WARN Deliveries are stored again; 5 were rejected with 503, redeliver them on GitHub");
        }
    }

    @Test
    void anInternalErrorShowsNeitherStackTraceNorSecret() {
        server.journal.throwUnexpectedly();

        Dispatch dispatch = hook.dispatch(server.at("/"), signed("status", BODY));

        assertThat(dispatch.status()).isEqualTo(500);
        assertThat(dispatch.reply()).startsWith("500 ").doesNotContain(KEY, "Exception", "at io.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/hook", "/webhooks", "/webhooks/ci/", "//", "/help/help", "/metrics", "/healthz", "/*"})
    void everyPathButHelpTakesWebhooks(String path) throws IOException {
        Dispatch dispatch = hook.dispatch(server.at(path), signed("status", BODY));

        assertThat(dispatch.status()).isEqualTo(200);
        assertThat(server.journal.deliveries()).hasSize(1);
        assertThat(RawHttp.send("GET", server.at(path), Map.of("Connection", "close"), new byte[0])
                        .status())
                .isEqualTo(405);
    }

    @Test
    void aWebhookSentToHelpIsNotStored() {
        assertThat(hook.dispatch(server.at("/help"), signed("status", BODY)).status())
                .isEqualTo(500);
        assertThat(server.journal.deliveries()).isEmpty();
    }

    private static WebhookDelivery signed(String event, String body) {
        return WebhookDelivery.signed("a-guid", event, bytes(body), KEY);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
