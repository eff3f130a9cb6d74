// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kubevirt.cinotify.fixture.ProwHook;
import io.kubevirt.cinotify.fixture.WebhookDelivery;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are too large, too deep or incomplete, over HTTP. */
@Timeout(300)
class WebhookLimitsTest {

    private static final String KEY = "abcde12345";

    private final ProwHook hook = ProwHook.signingWith(KEY, pause -> {});
    private final WebhookServer server = new WebhookServer(KEY);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aBodyNestedTenThousandDeepIsForbidden() {
        String nested = "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000);

        assertThat(hook.dispatch(server.at("/"), signed("status", nested)).status())
                .isEqualTo(403);
    }

    /** Row 6. An incomplete request cannot be answered, because the connection is gone. */
    @ParameterizedTest
    @ValueSource(
            strings = {"Transfer-Encoding: chunked\r\n\r\n3\r\n{\"a\r\nno length\r\n", "Content-Length: 9\r\n\r\n{}"})
    void anIncompleteBodyIsCountedAsBrokenAndNotStored(String rest) throws IOException {
        URI target = server.at("/");
        try (Socket socket = new Socket(target.getHost(), target.getPort())) {
            StringBuilder head = new StringBuilder("POST / HTTP/1.1\r\nHost: x\r\n");
            signed("status", "{}")
                    .headers()
                    .forEach((name, value) ->
                            head.append(name).append(": ").append(value).append("\r\n"));
            OutputStream out = socket.getOutputStream();
            out.write(bytes(head + rest));
            out.flush();
            socket.shutdownOutput();

            assertThat(socket.getInputStream().readAllBytes()).isEmpty();
        }
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(server.counted("status", "broken"))
                .isEqualTo(1));
        assertThat(server.journal.deliveries()).isEmpty();
    }

    @Test
    void aBodyOf25MegabytesIsAcceptedAndOneByteMoreIsTooLarge() {
        byte[] largest = padded(WebhookServer.LARGEST_BODY);

        assertThat(hook.dispatch(server.at("/"), "issue_comment", largest, KEY).status())
                .isEqualTo(200);
        assertThat(server.journal.deliveries().getFirst().body()).isEqualTo(largest);
        assertThat(hook.dispatch(server.at("/"), "status", padded(WebhookServer.LARGEST_BODY + 1), KEY)
                        .status())
                .isEqualTo(413);
        assertThat(hook.dispatch(server.at("/"), "status", padded(120 * 1024 * 1024), KEY)
                        .status())
                .isEqualTo(413);
    }

    @Test
    void theHeadersAreCheckedBeforeTheSizeOfTheBody() {
        WebhookDelivery large = WebhookDelivery.signed("1", "status", padded(WebhookServer.LARGEST_BODY + 1), KEY);

        assertThat(hook.dispatch(server.at("/"), large.without(WebhookDelivery.EVENT))
                        .status())
                .isEqualTo(400);
    }

    private static WebhookDelivery signed(String event, String body) {
        return WebhookDelivery.signed("a-guid", event, bytes(body), KEY);
    }

    private static byte[] padded(int size) {
        byte[] body = new byte[size];
        Arrays.fill(body, (byte) ' ');
        body[0] = '{';
        body[size - 1] = '}';
        return body;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
