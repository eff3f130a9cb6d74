// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.source.JournalUnavailableException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Slack's signed HTTP requests. */
class SlackHandlerTest {

    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
    private static final String BODY = "payload=%7B%22type%22%3A%22block_actions%22%7D";

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> stored = new CopyOnWriteArrayList<>();
    private Path secrets;
    private URI address;

    @BeforeEach
    void open() throws IOException {
        secrets = Files.writeString(folder.resolve("secrets"), "the-secret-before\n" + SECRET + "\n");
        RequestBodies bodies = RequestBodies.ofThisProcess(() -> NOW);
        Router router = Router.router(vertx);
        SlackHandler slack = new SlackHandler(new SecretFile(secrets), bodies, () -> NOW, this::store);
        WebhookHandler webhooks =
                new WebhookHandler(null, new WebhookMetrics(new SimpleMeterRegistry(), Set.of()), 0, bodies);
        new WebhookRouter(webhooks, new HelpHandler(() -> PluginHelp.standard(List.of(), "", List.of()), bodies), slack)
                .mount(router);
        int port = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        address = URI.create("http://127.0.0.1:" + port);
    }

    @AfterEach
    void close() {
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private String store(String contentType, byte[] body) throws JournalUnavailableException {
        if (contentType.equals("application/broken")) {
            throw new JournalUnavailableException("disk full", new IOException());
        }
        stored.add(new String(body, StandardCharsets.UTF_8));
        return "stored";
    }

    private static String signature(String secret, long time, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] hmac = mac.doFinal(("v0:" + time + ":" + body).getBytes(StandardCharsets.UTF_8));
            return "v0=" + HexFormat.of().formatHex(hmac);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<String> send(String contentType, String timestamp, String signature)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(address.resolve("/slack/interactions"))
                        .header("Content-Type", contentType)
                        .header("X-Slack-Request-Timestamp", timestamp)
                        .header("X-Slack-Signature", signature)
                        .POST(HttpRequest.BodyPublishers.ofString(BODY))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 200",
        "-300, 200",
        "300, 200",
        "-301, 401",
        "301, 401",
    })
    void aSignatureIsValidForFiveMinutesBeforeAndAfter(long seconds, int status) throws Exception {
        long time = NOW.getEpochSecond() + seconds;

        assertThat(send("application/x-www-form-urlencoded", "" + time, signature(SECRET, time, BODY))
                        .statusCode())
                .isEqualTo(status);
        assertThat(stored).hasSize(status == 200 ? 1 : 0);
    }

    @Test
    void eachSecretOfTheFileIsValidAndNoOther() throws Exception {
        long time = NOW.getEpochSecond();

        assertThat(send("a/b", "" + time, signature("the-secret-before", time, BODY))
                        .body())
                .isEqualTo("stored");
        for (String wrong : List.of("", "v0=", "v0=00", signature("other", time, BODY), signature(SECRET, time, "x"))) {
            assertThat(send("a/b", "" + time, wrong).statusCode()).as(wrong).isEqualTo(401);
        }
        assertThat(send("a/b", "soon", signature(SECRET, time, BODY)).statusCode())
                .isEqualTo(401);
        assertThat(stored).hasSize(1);

        Files.delete(secrets);
        assertThat(send("a/b", "" + time, signature(SECRET, time, BODY)).statusCode())
                .isEqualTo(401);
    }

    @Test
    void whatIsNotStoredIsNotAccepted() throws Exception {
        long time = NOW.getEpochSecond();

        assertThat(send("application/broken", "" + time, signature(SECRET, time, BODY))
                        .statusCode())
                .isEqualTo(503);
    }

    @Test
    void otherPathsAndMethodsAreWebhooks() throws Exception {
        HttpResponse<String> get = client.send(
                HttpRequest.newBuilder(address.resolve("/slack/interactions")).build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(get.statusCode()).isEqualTo(405);
    }
}
