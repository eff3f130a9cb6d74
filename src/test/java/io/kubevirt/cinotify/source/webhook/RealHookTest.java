// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.kubevirt.cinotify.fixture.RawHttp;
import io.kubevirt.cinotify.fixture.WebhookDelivery;
import io.kubevirt.cinotify.prow.StatusEventReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prow's real hook forwards to the webhook router (prow-contract §11). Needs a hook binary:
 *
 * <pre>CI_NOTIFY_TEST_HOOK_BINARY=/path/to/hook ./mvnw test -Dtest=RealHookTest</pre>
 */
@Timeout(300)
class RealHookTest {

    private static final String BINARY = System.getenv("CI_NOTIFY_TEST_HOOK_BINARY");
    private static final String KEY = "abcde12345";
    private static final String BODY = """
        {"sha":"a0b1","state":"failure","context":"pull-kubevirt-unit-test","description":"Job failed.",
         "repository":{"full_name":"kubevirt/kubevirt","name":"kubevirt","owner":{"login":"kubevirt"}}}\
        """;

    @TempDir
    private Path directory;

    private WebhookServer webhookServer;
    private HttpServer gitHub;
    private Process hook;
    private int port;

    @BeforeEach
    void start() throws IOException {
        assumeThat(BINARY).as("CI_NOTIFY_TEST_HOOK_BINARY is not set").isNotNull();
        webhookServer = new WebhookServer(KEY);
        gitHub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gitHub.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("{}".getBytes(StandardCharsets.US_ASCII));
            exchange.close();
        });
        gitHub.start();
        port = freePort();
        hook = new ProcessBuilder(command())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("hook.log").toFile())
                .start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (hook != null) {
            hook.destroy();
            if (!hook.waitFor(60, TimeUnit.SECONDS)) {
                hook.destroyForcibly().waitFor();
            }
            gitHub.stop(0);
            webhookServer.close();
        }
    }

    @Test
    void theRealHookForwardsAStatusAndCollectsTheHelp() throws IOException {
        awaitReady();
        byte[] body = BODY.getBytes(StandardCharsets.UTF_8);

        RawHttp.Reply answer = RawHttp.send(
                "POST",
                at("/hook"),
                WebhookDelivery.signed("guid-of-the-real", "status", body, KEY).headers(),
                body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        await().atMost(Duration.ofMinutes(1))
                .alias("the hook's log is in " + directory)
                .untilAsserted(() -> assertThat(webhookServer.journal.deliveries())
                        .singleElement()
                        .satisfies(delivery -> {
                            assertThat(delivery.id()).isEqualTo("guid-of-the-real");
                            assertThat(delivery.body())
                                    .isEqualTo(ScannedPayload.read(body, StatusEventReader.FIELDS)
                                            .document());
                        }));
        assertThat(RawHttp.send("GET", at("/plugin-help"), Map.of("Connection", "close"), new byte[0])
                        .body())
                .contains("ci-notify", "notifies the one responsible person");
    }

    private List<String> command() throws IOException {
        return List.of(
                BINARY,
                "--dry-run=false",
                "--config-path=" + file("config.yaml", "prowjob_namespace: default\npod_namespace: default\n"),
                "--plugin-config=" + file("plugins.yaml", """
                    external_plugins:
                      kubevirt/kubevirt:
                      - name: ci-notify
                        endpoint: %s
                        events: [status]
                    """.formatted(webhookServer.at(""))),
                "--hmac-secret-file=" + file("hmac", KEY),
                "--github-endpoint=http://127.0.0.1:" + gitHub.getAddress().getPort(),
                "--kubeconfig=" + file("kubeconfig", """
                    apiVersion: v1
                    kind: Config
                    current-context: none
                    contexts: [{name: none, context: {cluster: none, user: none}}]
                    clusters: [{name: none, cluster: {server: "http://127.0.0.1:1"}}]
                    users: [{name: none, user: {}}]
                    """),
                "--port=" + port,
                "--metrics-port=" + freePort(),
                "--pprof-port=" + freePort(),
                "--health-port=" + freePort());
    }

    private void awaitReady() {
        await().atMost(Duration.ofMinutes(1)).ignoreExceptions().untilAsserted(() -> {
            assertThat(hook.isAlive()).as(() -> "hook ended: " + log()).isTrue();
            assertThat(RawHttp.send("GET", at("/"), Map.of("Connection", "close"), new byte[0])
                            .status())
                    .isEqualTo(200);
        });
    }

    private String log() {
        try {
            return Files.readString(directory.resolve("hook.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
