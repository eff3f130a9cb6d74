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

import io.kubevirt.cinotify.fixture.WebhookDelivery;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Row 7 of prow-contract §2, and the ways in which a body may be unreadable. */
class SignatureCheckTest {

    private static final String KEY = "abcde12345";
    private static final String BODY = "{\"repository\":{\"full_name\":\"kubevirt/kubevirt\"}}";
    private static final String MAP =
            "kubevirt/kubevirt: [{value: old}, {value: abcde12345}]\nkubevirt: [{value: org}]";

    @Test
    void theVectorOfTheContractIsGenuine() {
        String signature = "sha256=d785af24f928888d6542b6663994c2e930682b4ec4742fd5218144c647667f6e";

        assertThat(judge(KEY, BODY, signature)).isEqualTo(Verdict.GENUINE);
        assertThat(judge(MAP, BODY, signature)).isEqualTo(Verdict.GENUINE);
    }

    @Test
    void gitHubsPublicVectorIsRightlySignedButNoObject() {
        String signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

        assertThat(judge("It's a Secret to Everybody", "Hello, World!", signature))
                .isEqualTo(Verdict.NOT_AN_OBJECT);
        assertThat(judge("another", "Hello, World!", signature)).isEqualTo(Verdict.NO_MATCH);
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                Arguments.of("{}", Verdict.GENUINE),
                Arguments.of(" {\"a\": [1, {\"b\": null}]} \n", Verdict.GENUINE),
                Arguments.of("{\"repository\": null, \"organization\": null}", Verdict.GENUINE),
                Arguments.of("{\"repository\": {\"full_name\": null}}", Verdict.GENUINE),
                Arguments.of("{\"a\": " + nested(990) + "}", Verdict.GENUINE),
                Arguments.of("{\"a\": " + "9".repeat(900) + "}", Verdict.GENUINE),
                Arguments.of("{\"a\": 1e999999999}", Verdict.GENUINE),
                Arguments.of("{\"a\": \"\u0000\"}".replace("\u0000", "\\u0000"), Verdict.GENUINE),
                Arguments.of("", Verdict.NOT_AN_OBJECT),
                Arguments.of("null", Verdict.NOT_AN_OBJECT),
                Arguments.of("[]", Verdict.NOT_AN_OBJECT),
                Arguments.of("\"text\"", Verdict.NOT_AN_OBJECT),
                Arguments.of("{", Verdict.NOT_AN_OBJECT),
                Arguments.of("{\"a\": 1,}", Verdict.NOT_AN_OBJECT),
                Arguments.of("{\"a\": 1} {}", Verdict.NOT_AN_OBJECT),
                Arguments.of("\uFEFF{}", Verdict.NOT_AN_OBJECT),
                Arguments.of("{\"a\": " + nested(10_000) + "}", Verdict.NOT_AN_OBJECT),
                Arguments.of("{\"a\": " + "[".repeat(100_000), Verdict.NOT_AN_OBJECT),
                Arguments.of("{\"a\": " + "9".repeat(100_000) + "}", Verdict.NOT_AN_OBJECT),
                Arguments.of("{\"repository\": []}", Verdict.NOT_AN_OBJECT),
                Arguments.of("{\"repository\": {\"full_name\": 7}}", Verdict.NOT_AN_OBJECT),
                Arguments.of("{\"repository\": {\"full_name\": \"a\", \"full_name\": \"b\"}}", Verdict.NOT_AN_OBJECT),
                Arguments.of("{\"repository\": {}, \"repository\": {}}", Verdict.NOT_AN_OBJECT),
                Arguments.of("{\"organization\": {}, \"organization\": null}", Verdict.NOT_AN_OBJECT));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void onlyOneReadableJsonObjectIsGenuineHoweverWellItIsSigned(String body, Verdict expected) {
        assertThat(judge(KEY, body, sign(body, KEY))).isEqualTo(expected);
        assertThat(judge("'*': [{value: abcde12345}]", body, sign(body, KEY))).isEqualTo(expected);
    }

    @Test
    void bytesThatAreNoUtf8DoNotMatterToTheSignature() {
        byte[] body = "{\"description\": \"\u00ff\u00fe\"}".getBytes(StandardCharsets.ISO_8859_1);
        HmacSecrets secrets = HmacSecrets.parse(KEY.getBytes(StandardCharsets.UTF_8));

        assertThat(new SignatureCheck(() -> secrets).judge(body, WebhookDelivery.sha256(body, KEY)))
                .isEqualTo(Verdict.GENUINE);
    }

    static Stream<Arguments> senders() {
        return Stream.of(
                Arguments.of("{\"repository\":{\"full_name\":\"kubevirt/kubevirt\"}}", "old", Verdict.GENUINE),
                Arguments.of("{\"repository\":{\"full_name\":\"kubevirt/kubevirt\"}}", "org", Verdict.NO_MATCH),
                Arguments.of("{\"repository\":{\"full_name\":\"kubevirt/other\"}}", "org", Verdict.GENUINE),
                Arguments.of("{\"repository\":{\"full_name\":\"kubevirt/other\"}}", "old", Verdict.NO_MATCH),
                Arguments.of("{\"organization\":{\"login\":\"kubevirt\"}}", "org", Verdict.GENUINE),
                Arguments.of(
                        "{\"organization\":{\"login\":\"kubevirt\"},"
                                + "\"repository\":{\"owner\":{\"full_name\":\"a/b\"},\"full_name\":\"nmstate/nmstate\"}}",
                        "org",
                        Verdict.NO_KEY),
                Arguments.of("{\"nested\":{\"repository\":{\"full_name\":\"kubevirt/other\"}}}", "org", Verdict.NO_KEY),
                Arguments.of("{\"zen\":\"Speak like a human.\"}", "org", Verdict.NO_KEY));
    }

    @ParameterizedTest
    @MethodSource("senders")
    void theKeyIsChosenByTheRepositoryOrElseTheOrganization(String body, String key, Verdict expected) {
        assertThat(judge(MAP, body, sign(body, key))).isEqualTo(expected);
    }

    static Stream<Arguments> headers() {
        String right = sign(BODY, KEY);
        String hex = right.substring("sha256=".length());
        return Stream.of(
                Arguments.of(hex, Verdict.NOT_SHA256),
                Arguments.of("sha1=" + hex, Verdict.NOT_SHA256),
                Arguments.of("SHA256=" + hex, Verdict.NOT_SHA256),
                Arguments.of(" " + right, Verdict.NOT_SHA256),
                Arguments.of("sha256=" + hex.substring(1), Verdict.NOT_HEX),
                Arguments.of("sha256=zz" + hex.substring(2), Verdict.NOT_HEX),
                Arguments.of(right + " ", Verdict.NOT_HEX),
                Arguments.of("sha256=", Verdict.NO_MATCH),
                Arguments.of(right.substring(0, right.length() - 2), Verdict.NO_MATCH),
                Arguments.of(right + "00", Verdict.NO_MATCH),
                Arguments.of("sha256=" + hex.toUpperCase(java.util.Locale.ROOT), Verdict.GENUINE));
    }

    @ParameterizedTest
    @MethodSource("headers")
    void theHeaderMustBeExactlyASha256Signature(String header, Verdict expected) {
        assertThat(judge(KEY, BODY, header)).isEqualTo(expected);
    }

    @Test
    void withoutAnyKeyNothingIsGenuine() {
        assertThat(judge("", BODY, sign(BODY, KEY))).isEqualTo(Verdict.NO_KEY);
    }

    @RepeatedTest(200)
    void anyFlippedBitAndAnyOtherKeyIsRefused(RepetitionInfo repetition) {
        long seed = 20_261_122L + repetition.getCurrentRepetition();
        Random random = new Random(seed);
        String key = text(random, 1 + random.nextInt(40));
        String content = random.nextBoolean() ? key : "kubevirt: [{value: other}, {value: \"" + key + "\"}]";
        byte[] body = ("{\"repository\":{\"full_name\":\"kubevirt/" + text(random, 8) + "\"},\"x\":\""
                        + text(random, random.nextInt(500)) + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        String signature = WebhookDelivery.sha256(body, key);
        SignatureCheck check = check(content);

        String because = "seed " + seed;
        assertThat(check.judge(body, signature)).as(because).isEqualTo(Verdict.GENUINE);
        assertThat(check.judge(flipped(body, random), signature)).as(because).isNotEqualTo(Verdict.GENUINE);
        assertThat(check.judge(body, WebhookDelivery.sha256(body, key + "x")))
                .as(because)
                .isEqualTo(Verdict.NO_MATCH);
        assertThat(check.judge(body, "sha256=" + otherDigit(signature, random)))
                .as(because)
                .isEqualTo(Verdict.NO_MATCH);
    }

    private static byte[] flipped(byte[] body, Random random) {
        byte[] flipped = body.clone();
        int bit = random.nextInt(body.length * 8);
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        return flipped;
    }

    private static String otherDigit(String signature, Random random) {
        StringBuilder hex = new StringBuilder(signature.substring("sha256=".length()));
        int at = random.nextInt(hex.length());
        hex.setCharAt(at, Character.forDigit(15 - Character.digit(hex.charAt(at), 16), 16));
        return hex.toString();
    }

    /** Letters first, so that no key happens to be a number or a word of YAML's. */
    private static String text(Random random, int length) {
        return "k"
                + random.ints(length, 'a', 'z' + 1)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    private static String sign(String body, String key) {
        return WebhookDelivery.sha256(body.getBytes(StandardCharsets.UTF_8), key);
    }

    private static Verdict judge(String content, String body, String header) {
        return check(content).judge(body.getBytes(StandardCharsets.UTF_8), header);
    }

    private static SignatureCheck check(String content) {
        HmacSecrets secrets = HmacSecrets.parse(content.getBytes(StandardCharsets.UTF_8));
        return new SignatureCheck(() -> secrets);
    }
}
