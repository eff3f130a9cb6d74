// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.app.WholePlugin;
import io.kubevirt.cinotify.fixture.ProwHook;
import io.kubevirt.cinotify.fixture.RawHttp;
import io.kubevirt.cinotify.fixture.WebhookDelivery;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Quarkus' handlers, limits and error pages must not run before the webhook router. */
@QuarkusTest
@TestProfile(WholePlugin.class)
@Timeout(300)
class WebhookRouterInQuarkusTest {

    private static final String KEY = WholePlugin.KEY;

    @TestHTTPResource("/")
    private URI root;

    private final ProwHook hook = ProwHook.signingWith(KEY, pause -> {});

    @Test
    void aDeliveryIsStored() {
        assertThat(hook.dispatch(root, "status", bytes("{}"), KEY).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, application/json, 405",
        "OPTIONS, /help, application/json, 405",
        "POST, /, text/plain, 400",
        "POST, /help, text/plain, 500",
        "POST, /elsewhere, application/json, 200",
        "POST, /elsewhere, text/plain, 400",
        "GET, /q/health, application/json, 405"
    })
    void quarkusDoesNotAnswerInsteadOfTheRouter(String method, String path, String type, int status)
            throws IOException {
        Map<String, String> headers = WebhookDelivery.signed("1", "status", bytes("{}"), KEY)
                .with("Content-Type", type)
                .with("Accept", "image/png")
                .headers();

        assertThat(RawHttp.send(method, root.resolve(path), headers, bytes("{}"))
                        .status())
                .isEqualTo(status);
    }

    @Test
    void theBodyLimitOfTheRouterAppliesAfterTheHeaders() {
        byte[] largest = new byte[WebhookServer.LARGEST_BODY];
        Arrays.fill(largest, (byte) ' ');
        largest[0] = '{';
        largest[largest.length - 1] = '}';
        byte[] larger = new byte[26 * 1024 * 1024];

        assertThat(hook.dispatch(root, "status", largest, KEY).status()).isEqualTo(200);
        assertThat(hook.dispatch(root, "status", larger, KEY).reply())
                .isEqualTo("413 Request Entity Too Large: the body is too large\n");
        assertThat(hook.dispatch(root, WebhookDelivery.signed("1", "", larger, KEY))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void pluginHelpIsServed() throws IOException {
        assertThat(RawHttp.send("POST", root.resolve("/help"), Map.of("Connection", "close"), bytes("null"))
                        .body())
                .startsWith("{\"Description\":");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
