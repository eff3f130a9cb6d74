// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kubevirt.cinotify.fixture.FakeGitHub;
import io.kubevirt.cinotify.fixture.GitHubFault;
import io.kubevirt.cinotify.fixture.VirtualTime;
import io.kubevirt.cinotify.prow.Repository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppCredentialsTest {

    private static final Repository NET = Repository.of("example/net");

    private static KeyPair keys;

    @TempDir
    Path folder;

    private final VirtualTime clock = new VirtualTime();

    @BeforeAll
    static void makeKeys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
    }

    /** GitHub issues keys in PKCS#1; tools convert them to PKCS#8. */
    private Path key(String form) throws IOException {
        byte[] pkcs8 = keys.getPrivate().getEncoded();
        // A 2048-bit key stands 26 octets behind the frame of PKCS#8.
        byte[] key = form.equals("RSA ") ? Arrays.copyOfRange(pkcs8, 26, pkcs8.length) : pkcs8;
        String lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(key);
        return Files.writeString(
                folder.resolve("key"),
                "-----BEGIN " + form + "PRIVATE KEY-----\n" + lines + "\n-----END " + form + "PRIVATE KEY-----\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA ", ""})
    void theAppSignsWithItsKeyInEitherForm(String form) throws Exception {
        String token = new AppJwtSigner("4711", key(form)).createJwt(clock.instant());

        String[] parts = token.split("\\.");
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(keys.getPublic());
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        long now = clock.instant().getEpochSecond();
        assertThat(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))
                .isEqualTo("{\"iat\":" + (now - 60) + ",\"exp\":" + (now + 540) + ",\"iss\":\"4711\"}");
    }

    @Test
    void aFileWithoutAKeyIsReported() throws Exception {
        Path file = Files.writeString(folder.resolve("key"), "hello");

        assertThatExceptionOfType(GitHubException.class)
                .isThrownBy(() -> new AppJwtSigner("1", file).createJwt(clock.instant()))
                .withMessageContaining("is not an RSA private key in PEM; mount");
        assertThatExceptionOfType(GitHubException.class)
                .isThrownBy(() -> new AppJwtSigner("1", folder.resolve("none")).createJwt(clock.instant()))
                .withMessageContaining("cannot be read");
    }

    private GitHubApi api(FakeGitHub github) throws Exception {
        return new GitHubApi(new GitHubClientOptions(
                List.of(github.address()),
                new GitHubClientOptions.Identity.App("4711", key("")),
                false,
                Duration.ofMinutes(1),
                clock));
    }

    @Test
    void anUninstalledAppIsRetriedLater() throws Exception {
        try (FakeGitHub github = new FakeGitHub();
                GitHubApi api = api(github)) {
            github.accepts(authorization -> authorization.contains("."));
            github.failReads(GitHubFault.status(404, "Not Found"));

            assertThatExceptionOfType(GitHubException.class)
                    .isThrownBy(() -> api.get("example", "/repos/example/net/issues/1"))
                    .withMessageContaining("not installed in example")
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(GitHubException.Kind.RETRY_LATER))
                    .satisfies(e -> assertThat(e.serviceWide()).isFalse());
        }
    }

    @Test
    void theTokenOfAnInstallationIsCachedUntilItIsRejected() throws Exception {
        try (FakeGitHub github = new FakeGitHub();
                GitHubApi api = api(github)) {
            github.world().pull("example/net", 1, "author", "abc");
            github.accepts(
                    authorization -> authorization.equals("Bearer installation-token") || authorization.contains("."));
            GitHubIssues issues = new GitHubIssues(api);

            issues.issue(NET, 1);
            issues.comment(NET, 1, "text");
            assertThat(github.requests())
                    .filteredOn(it -> it.contains("access_tokens"))
                    .hasSize(1);
            assertThat(new GitHubUsers(api).self()).isEqualTo("ci-bot[bot]");

            github.accepts(authorization -> authorization.contains("."));
            assertThatExceptionOfType(GitHubException.class).isThrownBy(() -> issues.issue(NET, 1));
            assertThatExceptionOfType(GitHubException.class).isThrownBy(() -> issues.issue(NET, 1));
            assertThat(github.requests())
                    .filteredOn(it -> it.contains("access_tokens"))
                    .hasSize(2);
        }
    }
}
