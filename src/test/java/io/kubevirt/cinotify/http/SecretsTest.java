// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret that was read is in no text, in whatever form a server returns it. */
class SecretsTest {
    private static final String SECRET = "Zx9/qw+er ty\"uk=4711";

    @TempDir
    private Path folder;

    @Test
    void aSecretIsCensoredAsItIsPercentEncodedAndInJson() {
        Secrets.add(SECRET);
        String encoded = URLEncoder.encode(SECRET, StandardCharsets.UTF_8);

        assertThat(Secrets.censor("a " + SECRET + " b " + encoded + " c " + encoded.replace("+", "%20") + " d "
                        + SECRET.replace("\"", "\\\"")))
                .isEqualTo("a [secret] b [secret] c [secret] d [secret]");
        assertThat(Secrets.censor("nothing to hide")).isEqualTo("nothing to hide");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a:", "ab:", "abc:", "ada@example.org:"})
    void aSecretIsCensoredInTheBase64OfBasic(String user) {
        Secrets.add(SECRET);
        for (Base64.Encoder encoder : new Base64.Encoder[] {Base64.getEncoder(), Base64.getUrlEncoder()}) {
            String header = encoder.encodeToString((user + SECRET).getBytes(StandardCharsets.UTF_8));
            assertThat(Secrets.censor("Basic " + header)).matches("Basic .{0,25}\\[secret]");
            header = encoder.encodeToString((user + SECRET + ":more").getBytes(StandardCharsets.UTF_8));
            assertThat(Secrets.censor(header)).matches(".{0,25}\\[secret].{0,10}");
        }
    }

    @Test
    void aRotatedSecretStaysCensored() throws Exception {
        SecretFile file = new SecretFile(Files.writeString(folder.resolve("token"), "the-old-token-1\n"));
        file.read();
        Files.writeString(file.path(), "the-new-token-2\n");
        file.read();

        assertThat(Secrets.censor("the-old-token-1, the-new-token-2")).isEqualTo("[secret], [secret]");
    }

    @Test
    void theLinesOfAKeyAreSecretsAndItsFrameIsNot() throws Exception {
        String line = "MIIEpAIBAAKCAQEAxyzxyzxyzxyzxyzxyzxyzxyz";
        new SecretFile(Files.writeString(
                        folder.resolve("pem"),
                        "-----BEGIN RSA PRIVATE KEY-----\n" + line + "\n-----END RSA PRIVATE KEY-----\n"))
                .read();

        assertThat(Secrets.censor("a key: -----BEGIN RSA PRIVATE KEY----- " + line))
                .isEqualTo("a key: -----BEGIN RSA PRIVATE KEY----- [secret]");
    }

    @Test
    void anEchoedSecretIsCensoredBeforeTheBodyIsCut() {
        Secrets.add("a-long-token-that-is-cut");
        HttpResult answer = new HttpResult(400, java.time.Duration.ZERO, "x".repeat(190) + "a-long-token-that-is-cut");

        assertThat(answer.excerpt()).doesNotContain("a-long");
    }
}
