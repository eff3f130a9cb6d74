// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.fixture.RawHttp;
import io.kubevirt.cinotify.fixture.StatusPayload;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.restassured.http.ContentType;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages that operators and Prow ask for, and no others (design.md section 10). */
@QuarkusTest
@TestProfile(WholePlugin.class)
class HttpEndpointsTest extends PluginTest {

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @Inject
    ConfigAgent configAgent;

    @Any
    @Inject
    Instance<HttpServerOptionsCustomizer> serverOptions;

    @ParameterizedTest
    @ValueSource(strings = {"/healthz", "/healthz/ready"})
    void healthIsAnsweredLikeProwsComponents(String path) throws IOException {
        // Other tests of this boot send such URLs.
        configAgent.unreadableUrls().reset();
        RawHttp.Reply reply = send("GET", management.resolve(path), "");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("OK");
    }

    @Test
    void theKernelHoldsFewBytesOfAConnection() {
        HttpServerOptions options = new HttpServerOptions();
        serverOptions.forEach(customizer -> customizer.customizeHttpServer(options));

        assertThat(options.getReceiveBufferSize()).isEqualTo(64 << 10);
    }

    @Test
    void metricsCountWebhooks() throws IOException {
        decided(StatusPayload.success());

        assertThat(send("GET", management.resolve("/metrics"), "").body())
                .contains("ci_notify_webhook_requests_total{event=\"status\",result=\"accepted\"}");
    }

    @Test
    void helpIsServedAtTheWebhookPort() {
        given().contentType(ContentType.JSON)
                .body("[{\"Org\": \"kubevirt\", \"Repo\": \"kubevirt\"}]")
                .post(root.resolve("/help"))
                .then()
                .statusCode(200)
                .body("Description", startsWith("ci-notify watches"))
                .body("Config.''", containsString("bare-metal, operations, prow, kubevirtci, sig-support; dry run."))
                .body("Commands", not(empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/q/health",
                "/q/metrics",
                "/q/openapi",
                "/q/dev",
                "/q/arc",
                "/q/info",
                "/openapi",
                "/metrics",
                "/healthz",
                "/healthz/ready",
                "/healthz/detail",
                "/index.html",
                "/help/",
                "/%2e%2e/etc/passwd"
            })
    void everyOtherPathOfThePluginsPortTakesOnlyWebhooks(String path) throws IOException {
        assertThat(send("GET", root.resolve(path), "").status()).isEqualTo(405);
        assertThat(send("POST", root.resolve(path), "{}").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/q",
                "/q/health",
                "/q/metrics",
                "/q/openapi",
                "/q/dev",
                "/q/arc",
                "/q/info",
                "/openapi",
                "/help",
                "/debug/pprof",
                "/healthz/x"
            })
    void nothingElseIsReachableAtTheManagementPort(String path) throws IOException {
        assertThat(send("GET", management.resolve(path), "").status()).isEqualTo(404);
        assertThat(send("POST", management.resolve(path), "{}").status()).isEqualTo(404);
    }

    @Test
    void noRequestCreatesASeries() throws IOException {
        for (URI port : List.of(root, management)) {
            for (String method : List.of("INVENTED", "M".repeat(500))) {
                assertThat(send(method, port.resolve("/invented-path"), "").status())
                        .isBetween(400, 499);
            }
            assertThat(send("M".repeat(3_800), port, "").status()).isBetween(400, 499);
        }

        assertThat(send("GET", management.resolve("/metrics"), "").body().lines())
                .isNotEmpty()
                .noneMatch(line -> line.contains("INVENTED") || line.contains("invented") || line.contains("MMMM"));
    }

    @Test
    void onlyHttp1IsSpoken() throws IOException {
        RawHttp.Reply reply = RawHttp.send(
                "POST",
                root,
                Map.of("Connection", "Upgrade, HTTP2-Settings", "Upgrade", "h2c", "HTTP2-Settings", "AAMAAABkAAQAAP__"),
                new byte[0]);

        assertThat(reply.status()).isEqualTo(400);
    }

    /** The framework answers the upgrade; the request after it ends the connection. */
    @Test
    void theManagementPortAnswersNothingOverHttp2() throws IOException {
        try (Socket socket = new Socket(management.getHost(), management.getPort())) {
            socket.getOutputStream()
                    .write(
                            ("GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                                            + "HTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\nPRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
                                            + "\0\0\0\4\0\0\0\0\0")
                                    .getBytes(StandardCharsets.ISO_8859_1));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("OK");
        }
    }

    private static RawHttp.Reply send(String method, URI target, String body) throws IOException {
        return RawHttp.send(method, target, Map.of("Connection", "close"), body.getBytes(StandardCharsets.UTF_8));
    }
}
