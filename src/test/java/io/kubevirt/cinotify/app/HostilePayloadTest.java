// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.Dispatch;
import io.kubevirt.cinotify.fixture.Mutations;
import io.kubevirt.cinotify.fixture.StatusPayload;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is signed and posted gets a clear answer, and the plugin lives on. */
@QuarkusTest
@TestProfile(WholePlugin.class)
class HostilePayloadTest extends PluginTest {

    private static final String PAGE =
            "\"target_url\":\"https://prow.ci.kubevirt.io/view/gs/kubevirt-prow/pr-logs/pull/kubevirt_kubevirt/1/j/1\"";

    static Stream<Arguments> payloads() {
        return Stream.of(
                Arguments.of("nothing", bytes(""), 403),
                Arguments.of("no JSON", bytes("hello"), 403),
                Arguments.of("a list", bytes("[{}]"), 403),
                Arguments.of("cut off", bytes("{\"state\":\"fail"), 403),
                Arguments.of("two objects", bytes("{}{}"), 403),
                Arguments.of("10,000 deep", bytes("{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}"), 403),
                Arguments.of("5 MB of junk", junk(), 403),
                Arguments.of("repository of another type", bytes("{\"repository\":5}"), 403),
                Arguments.of("an empty object", bytes("{}"), 200),
                Arguments.of(
                        "nulls everywhere",
                        bytes("{\"id\":null,\"sha\":null,\"state\":null,\"description\":null,\"target_url\":null,"
                                + "\"context\":null,\"repository\":null,\"updated_at\":null,\"branches\":null}"),
                        200),
                Arguments.of(
                        "other types everywhere",
                        bytes(
                                "{\"id\":{},\"sha\":[],\"state\":7,\"description\":{\"a\":1},\"target_url\":[1],"
                                        + "\"context\":true,\"repository\":{\"full_name\":\"a/b\",\"name\":[]},\"updated_at\":-1}"),
                        200),
                Arguments.of("5 MB in one text", bytes("{\"description\":\"" + "x".repeat(5_000_000) + "\"}"), 200),
                Arguments.of("5 MB of small things", bytes("{\"a\":[" + "{},".repeat(1_700_000) + "0]}"), 200),
                Arguments.of(
                        "huge numbers",
                        bytes("{\"id\":1e999999999,\"a\":-1E-999999999,\"state\":\"failure\"," + PAGE + "}"),
                        200),
                Arguments.of(
                        "a build beyond 64 bits",
                        StatusPayload.recorded("status-presubmit-failure.json")
                                .toString()
                                .replace("1958104739485028352", "9".repeat(400))
                                .getBytes(StandardCharsets.UTF_8),
                        200),
                Arguments.of("no UTF-8", notUtf8(), 200),
                Arguments.of(
                        "hostile words",
                        StatusPayload.of("failure", "Job failed.\u001b[2J\n● RESOLVED \u202e\u0000")
                                .bytes(),
                        200),
                Arguments.of("all names twice", bytes("{\"state\":1,\"state\":2,\"context\":3,\"context\":4}"), 200));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("payloads")
    void hostilePayloadsAreAnsweredAndDoNotStayInProgress(String what, byte[] body, int status) {
        Dispatch dispatch = post(body);

        assertThat(dispatch.status()).as(dispatch.toString()).isEqualTo(status);
        assertThat(dispatch.reply()).hasLineCount(1).hasSizeLessThan(200).doesNotContain("Exception", "\tat ");
        settle();
        assertThat(console.paragraphs()).isEmpty();
        assertThat(decided(StatusPayload.failure()).reason()).isEqualTo("below-threshold");
    }

    @Test
    void deliveriesWithoutADefectAreNeverCalledFailed() {
        payloads().forEach(payload -> post((byte[]) payload.get()[1]));
        settle();

        assertThat(outcomes().entries()).extracting(entry -> entry.outcome()).containsOnly("suppressed");
    }

    @ParameterizedTest
    @ValueSource(longs = {20_261_129, 7})
    void mutatedPayloadsAreAnsweredAndAccountedFor(long seed) {
        Mutations mutations = new Mutations(seed, StatusPayload.failure().bytes());
        for (int payload = 0; payload < 100; payload++) {
            assertThat(post(mutations.next()).status()).isIn(200, 403);
        }
        settle();

        assertThat(outcomes().entries()).extracting(entry -> entry.outcome()).doesNotContain("failed", "in-progress");
    }

    private static byte[] junk() {
        byte[] junk = new byte[5_000_000];
        new Random(5).nextBytes(junk);
        return junk;
    }

    private static byte[] notUtf8() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(bytes("{\"state\":\"failure\",\"description\":\"Job "));
        body.write(0xff);
        body.write(0xc0);
        body.writeBytes(bytes("\"," + PAGE + "}"));
        return body.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
