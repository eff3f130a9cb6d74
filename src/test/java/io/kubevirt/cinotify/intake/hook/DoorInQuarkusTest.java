/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.intake.hook;

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

/** Quarkus' own handlers, limits and error pages must not get in front of the door. */
@QuarkusTest
@TestProfile(WholePlugin.class)
@Timeout(60)
class DoorInQuarkusTest {

    private static final String KEY = WholePlugin.KEY;

    @TestHTTPResource("/")
    private URI root;

    private final ProwHook hook = ProwHook.signingWith(KEY, pause -> {});

    @Test
    void aDeliveryIsTaken() {
        assertThat(hook.dispatch(root, "status", bytes("{}"), KEY).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, application/json, 405",
        "OPTIONS, /help, application/json, 405",
        "POST, /, text/plain, 400",
        "POST, /help, text/plain, 500",
        "POST, /elsewhere, application/json, 404"
    })
    void quarkusDoesNotAnswerInsteadOfTheDoor(String method, String path, String type, int status) throws IOException {
        Map<String, String> headers = WebhookDelivery.signed("1", "status", bytes("{}"), KEY)
                .with("Content-Type", type)
                .with("Accept", "image/png")
                .headers();

        assertThat(RawHttp.send(method, root.resolve(path), headers, bytes("{}"))
                        .status())
                .isEqualTo(status);
    }

    @Test
    void theLimitForBodiesIsTheDoorsAndComesAfterTheHeaders() {
        byte[] largest = new byte[OpenDoor.LARGEST_BODY];
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
    void helpIsGiven() throws IOException {
        assertThat(RawHttp.send("POST", root.resolve("/help"), Map.of("Connection", "close"), bytes("null"))
                        .body())
                .startsWith("{\"Description\":");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
