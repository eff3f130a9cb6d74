// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.WebhookDelivery;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Row 7 of prow-contract §2, and unreadable bodies. */
class SignatureValidatorTest {

    private static final String KEY = "abcde12345";
    private static final String BODY = "{\"repository\":{\"full_name\":\"kubevirt/kubevirt\"}}";
    private static final String MAP =
            "kubevirt/kubevirt: [{value: old}, {value: abcde12345}]\nkubevirt: [{value: org}]";

    @Test
    void theSampleInTheContractIsValid() {
        String signature = "sha256=d785af24f928888d6542b6663994c2e930682b4ec4742fd5218144c647667f6e";

        assertThat(validate(KEY, BODY, signature)).isEqualTo(SignatureValidator.Result.VALID);
        assertThat(validate(MAP, BODY, signature)).isEqualTo(SignatureValidator.Result.VALID);
    }

    @Test
    void theSampleOfGitHubIsSignedButNotAnObject() {
        String signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

        assertThat(validate("It's a Secret to Everybody", "Hello, World!", signature))
                .isEqualTo(SignatureValidator.Result.NOT_AN_OBJECT);
        assertThat(validate("a0b1c2d3-other", "Hello, World!", signature))
                .isEqualTo(SignatureValidator.Result.NO_MATCH);
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                Arguments.of("{}", SignatureValidator.Result.VALID),
                Arguments.of(" {\"a\": [1, {\"b\": null}]} \n", SignatureValidator.Result.VALID),
                Arguments.of("{\"repository\": null, \"organization\": null}", SignatureValidator.Result.VALID),
                Arguments.of("{\"repository\": {\"full_name\": null}}", SignatureValidator.Result.VALID),
                Arguments.of("{\"a\": " + nested(990) + "}", SignatureValidator.Result.VALID),
                Arguments.of("{\"a\": " + "9".repeat(900) + "}", SignatureValidator.Result.VALID),
                Arguments.of("{\"a\": 1e999999999}", SignatureValidator.Result.VALID),
                Arguments.of("{\"a\": \"\u0000\"}".replace("\u0000", "\\u0000"), SignatureValidator.Result.VALID),
                Arguments.of("", SignatureValidator.Result.NOT_AN_OBJECT),
                Arguments.of("null", SignatureValidator.Result.NOT_AN_OBJECT),
                Arguments.of("[]", SignatureValidator.Result.NOT_AN_OBJECT),
                Arguments.of("\"text\"", SignatureValidator.Result.NOT_AN_OBJECT),
                Arguments.of("{", SignatureValidator.Result.NOT_AN_OBJECT),
                Arguments.of("{\"a\": 1,}", SignatureValidator.Result.NOT_AN_OBJECT),
                Arguments.of("{\"a\": 1} {}", SignatureValidator.Result.NOT_AN_OBJECT),
                Arguments.of("\uFEFF{}", SignatureValidator.Result.NOT_AN_OBJECT),
                Arguments.of("{\"a\": " + nested(10_000) + "}", SignatureValidator.Result.NOT_AN_OBJECT),
                Arguments.of("{\"a\": " + "[".repeat(100_000), SignatureValidator.Result.NOT_AN_OBJECT),
                Arguments.of("{\"a\": " + "9".repeat(100_000) + "}", SignatureValidator.Result.NOT_AN_OBJECT),
                Arguments.of("{\"repository\": []}", SignatureValidator.Result.NOT_AN_OBJECT),
                Arguments.of("{\"repository\": {\"full_name\": 7}}", SignatureValidator.Result.NOT_AN_OBJECT),
                Arguments.of(
                        "{\"repository\": {\"full_name\": \"a\", \"full_name\": \"b\"}}",
                        SignatureValidator.Result.NOT_AN_OBJECT),
                Arguments.of("{\"repository\": {}, \"repository\": {}}", SignatureValidator.Result.NOT_AN_OBJECT),
                Arguments.of(
                        "{\"organization\": {}, \"organization\": null}", SignatureValidator.Result.NOT_AN_OBJECT));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aSignedBodyMustBeOneJsonObject(String body, SignatureValidator.Result expected) {
        assertThat(validate(KEY, body, sign(body, KEY))).isEqualTo(expected);
        assertThat(validate("'*': [{value: abcde12345}]", body, sign(body, KEY)))
                .isEqualTo(expected);
    }

    @Test
    void invalidUtf8DoesNotAffectTheSignature() {
        byte[] body = "{\"description\": \"\u00ff\u00fe\"}".getBytes(StandardCharsets.ISO_8859_1);
        HmacSecrets secrets = HmacSecrets.parse(KEY.getBytes(StandardCharsets.UTF_8));

        assertThat(validate(new SignatureValidator(() -> secrets), body, WebhookDelivery.sha256(body, KEY)))
                .isEqualTo(SignatureValidator.Result.VALID);
    }

    static Stream<Arguments> repositories() {
        return Stream.of(
                Arguments.of(
                        "{\"repository\":{\"full_name\":\"kubevirt/kubevirt\"}}",
                        "old",
                        SignatureValidator.Result.VALID),
                Arguments.of(
                        "{\"repository\":{\"full_name\":\"kubevirt/kubevirt\"}}",
                        "org",
                        SignatureValidator.Result.NO_MATCH),
                Arguments.of(
                        "{\"repository\":{\"full_name\":\"kubevirt/other\"}}", "org", SignatureValidator.Result.VALID),
                Arguments.of(
                        "{\"repository\":{\"full_name\":\"kubevirt/other\"}}",
                        "old",
                        SignatureValidator.Result.NO_MATCH),
                Arguments.of("{\"organization\":{\"login\":\"kubevirt\"}}", "org", SignatureValidator.Result.VALID),
                Arguments.of(
                        "{\"organization\":{\"login\":\"kubevirt\"},"
                                + "\"repository\":{\"owner\":{\"full_name\":\"a/b\"},\"full_name\":\"nmstate/nmstate\"}}",
                        "org",
                        SignatureValidator.Result.NO_KEY),
                Arguments.of(
                        "{\"nested\":{\"repository\":{\"full_name\":\"kubevirt/other\"}}}",
                        "org",
                        SignatureValidator.Result.NO_KEY),
                Arguments.of("{\"zen\":\"Speak like a human.\"}", "org", SignatureValidator.Result.NO_KEY));
    }

    @ParameterizedTest
    @MethodSource("repositories")
    void theKeyIsChosenByTheRepositoryOrElseTheOrganization(
            String body, String key, SignatureValidator.Result expected) {
        assertThat(validate(MAP, body, sign(body, key))).isEqualTo(expected);
    }

    static Stream<Arguments> headers() {
        String valid = sign(BODY, KEY);
        String hex = valid.substring("sha256=".length());
        return Stream.of(
                Arguments.of(hex, SignatureValidator.Result.NOT_SHA256),
                Arguments.of("sha1=" + hex, SignatureValidator.Result.NOT_SHA256),
                Arguments.of("SHA256=" + hex, SignatureValidator.Result.NOT_SHA256),
                Arguments.of(" " + valid, SignatureValidator.Result.NOT_SHA256),
                Arguments.of("sha256=" + hex.substring(1), SignatureValidator.Result.NOT_HEX),
                Arguments.of("sha256=zz" + hex.substring(2), SignatureValidator.Result.NOT_HEX),
                Arguments.of(valid + " ", SignatureValidator.Result.NOT_HEX),
                Arguments.of("sha256=", SignatureValidator.Result.NO_MATCH),
                Arguments.of(valid.substring(0, valid.length() - 2), SignatureValidator.Result.NO_MATCH),
                Arguments.of(valid + "00", SignatureValidator.Result.NO_MATCH),
                Arguments.of("sha256=" + hex.toUpperCase(java.util.Locale.ROOT), SignatureValidator.Result.VALID));
    }

    @ParameterizedTest
    @MethodSource("headers")
    void theHeaderMustBeExactlyASha256Signature(String header, SignatureValidator.Result expected) {
        assertThat(validate(KEY, BODY, header)).isEqualTo(expected);
    }

    /** More keys than are tried while the body arrives. */
    @Test
    void manyKeysAreTriedWhenTheBodyIsComplete() {
        String many = IntStream.range(0, 50)
                        .mapToObj(number -> "org" + number + ": [{value: key" + number + "}]\n")
                        .collect(Collectors.joining())
                + MAP;

        assertThat(validate(many, BODY, sign(BODY, KEY))).isEqualTo(SignatureValidator.Result.VALID);
        assertThat(validate(many, BODY, sign(BODY, "key7"))).isEqualTo(SignatureValidator.Result.NO_MATCH);
    }

    @Test
    void withoutAKeyNoSignatureIsValid() {
        assertThat(validate("", BODY, sign(BODY, KEY))).isEqualTo(SignatureValidator.Result.NO_KEY);
    }

    @RepeatedTest(200)
    void aFlippedBitOrAnotherKeyIsRejected(RepetitionInfo repetition) {
        long seed = 20_261_122L + repetition.getCurrentRepetition();
        Random random = new Random(seed);
        String key = text(random, 1 + random.nextInt(40));
        String content = random.nextBoolean() ? key : "kubevirt: [{value: other}, {value: \"" + key + "\"}]";
        byte[] body = ("{\"repository\":{\"full_name\":\"kubevirt/" + text(random, 8) + "\"},\"x\":\""
                        + text(random, random.nextInt(500)) + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        String signature = WebhookDelivery.sha256(body, key);
        SignatureValidator check = check(content);

        String seedNote = "seed " + seed;
        assertThat(validate(check, body, signature)).as(seedNote).isEqualTo(SignatureValidator.Result.VALID);
        assertThat(validate(check, flipped(body, random), signature))
                .as(seedNote)
                .isNotEqualTo(SignatureValidator.Result.VALID);
        assertThat(validate(check, body, WebhookDelivery.sha256(body, key + "x")))
                .as(seedNote)
                .isEqualTo(SignatureValidator.Result.NO_MATCH);
        assertThat(validate(check, body, "sha256=" + otherDigit(signature, random)))
                .as(seedNote)
                .isEqualTo(SignatureValidator.Result.NO_MATCH);
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

    /** Starts with a letter, so that YAML does not read the key as a number or a keyword. */
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

    private static SignatureValidator.Result validate(String content, String body, String header) {
        return validate(check(content), body.getBytes(StandardCharsets.UTF_8), header);
    }

    /** The body arrives in pieces. */
    static SignatureValidator.Result validate(SignatureValidator check, byte[] body, String header) {
        SignatureValidator.Validation validation = check.begin(header);
        for (int from = 0; from < body.length; from += 7) {
            validation.update(body, from, Math.min(7, body.length - from));
        }
        return validation.end(body, Set.of());
    }

    private static SignatureValidator check(String content) {
        HmacSecrets secrets = HmacSecrets.parse(content.getBytes(StandardCharsets.UTF_8));
        return new SignatureValidator(() -> secrets);
    }
}
