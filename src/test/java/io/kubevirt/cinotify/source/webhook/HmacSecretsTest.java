// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.WebhookDelivery;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The two formats of the secret file (prow-contract §2). */
class HmacSecretsTest {

    private static final String MAP = """
        kubevirt/kubevirt:
        - value: old
          created_at: 2026-01-01T00:00:00Z
        - value: new
          created_at: 2026-02-01T00:00:00Z
        kubevirt:
        - value: org
        kubevirt/silent: []
        '*':
        - value: 12345
        """;

    @ParameterizedTest
    @CsvSource({
        "kubevirt/kubevirt, old, new",
        "kubevirt/kubevirtci, org,",
        "kubevirt, org,",
        "kubevirt/silent,,",
        "nmstate/nmstate, 12345,",
        "Kubevirt/kubevirt, 12345,",
        "'', 12345,",
    })
    void onlyTheMostSpecificLevelApplies(String name, String first, String second) {
        List<String> expected =
                Stream.of(first, second).filter(key -> key != null).toList();

        assertThat(keys(MAP, name)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abcde12345",
                "a: b",
                "12345",
                "true",
                "a: [b]",
                "[a, b]",
                "- value: a",
                "It's a Secret to Everybody",
                "{unclosed",
                "@at",
                "a: [{value: [b]}]",
                "a: 1\na: 2",
                "key: [{value: x}]\nother: y"
            })
    void anythingButAMapOfListsIsOneRawKey(String content) {
        assertThat(keys(content, "kubevirt/kubevirt")).containsExactly(content);
        assertThat(keys(content, "")).containsExactly(content);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " \n\t ", "null", "~", "{}", "# only a remark", "'*': null", "'*': []", "'*': [{value: ''}]"
            })
    void withoutAKeyNoSignatureIsValid(String content) {
        assertThat(HmacSecrets.parse(bytes(content)).isEmpty()).isTrue();
        assertThat(keys(content, "kubevirt/kubevirt")).isEmpty();
    }

    @Test
    void surroundingWhiteSpaceIsIgnoredAndInnerIsNot() {
        assertThat(keys("\r\n  a b \n\n", "x")).containsExactly("a b");
    }

    @Test
    void aRawKeyMayBeBinary() throws GeneralSecurityException {
        byte[] key = HexFormat.of().parseHex("fffe8090");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));

        HmacSecrets.Key parsed = HmacSecrets.parse(HexFormat.of().parseHex("fffe80900a"))
                .keysFor("x")
                .getFirst();

        assertThat(parsed.mac().doFinal(bytes("body"))).isEqualTo(mac.doFinal(bytes("body")));
    }

    @Test
    void aLevelWithoutAListHidesTheWiderLevels() {
        assertThat(keys("kubevirt: null\n'*': [{value: global}]", "kubevirt/kubevirt"))
                .isEmpty();
    }

    @Test
    void aKeyHidesItsValue() {
        HmacSecrets secrets = HmacSecrets.parse(bytes("abcde12345"));

        assertThat(secrets.keysFor("x") + secrets.toString()).doesNotContain("abcde12345");
    }

    /** The value of a key is hidden, so the test identifies a key by its signature. */
    private static List<String> keys(String content, String name) {
        byte[] body = bytes("any");
        return HmacSecrets.parse(bytes(content)).keysFor(name).stream()
                .map(key -> Stream.of("old", "new", "org", "12345", "a b", "global", content)
                        .filter(text -> Arrays.equals(key.mac().doFinal(body), mac(body, text)))
                        .findFirst()
                        .orElse("some other key"))
                .toList();
    }

    private static byte[] mac(byte[] body, String key) {
        if (key.isEmpty()) {
            return new byte[0];
        }
        return HexFormat.of().parseHex(WebhookDelivery.sha256(body, key).substring("sha256=".length()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
