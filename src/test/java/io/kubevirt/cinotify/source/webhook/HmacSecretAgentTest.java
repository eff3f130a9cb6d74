// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubevirt.cinotify.fixture.WebhookDelivery;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reloading as in prow-contract §2, "Hot reload". */
class HmacSecretAgentTest {

    @TempDir
    private Path directory;

    private Instant now = Instant.parse("2026-03-02T09:00:00Z");
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve("hmac"), "first");
    }

    @Test
    void aChangedFileTakesEffectAtTheNextRefresh() throws Exception {
        HmacSecretAgent secrets = open();

        Files.writeString(file, "second key\n");
        assertThat(valid(secrets, "first")).isTrue();
        secrets.refresh();

        assertThat(valid(secrets, "first")).isFalse();
        assertThat(valid(secrets, "second key")).isTrue();
    }

    @Test
    void duringARotationBothKeysAreValid() throws Exception {
        HmacSecretAgent secrets = open();

        Files.writeString(file, "'*': [{value: first}, {value: second}]");
        secrets.refresh();

        assertThat(valid(secrets, "first")).isTrue();
        assertThat(valid(secrets, "second")).isTrue();
    }

    /** The way kubelet updates a mounted secret: hmac -> ..data/hmac, and ..data is replaced atomically. */
    @Test
    void aReplacedSymbolicLinkIsDetectedEvenForAnOlderFileOfTheSameSize() throws Exception {
        Path old = Files.writeString(
                Files.createDirectory(directory.resolve("..1")).resolve("hmac"), "aaaaa");
        Path young = Files.writeString(
                Files.createDirectory(directory.resolve("..2")).resolve("hmac"), "bbbbb");
        Files.setLastModifiedTime(
                young, FileTime.from(Files.getLastModifiedTime(old).toInstant().minusSeconds(60)));
        Files.createSymbolicLink(directory.resolve("..data"), Path.of("..1"));
        Files.delete(file);
        Files.createSymbolicLink(file, Path.of("..data", "hmac"));
        HmacSecretAgent secrets = open();
        assertThat(valid(secrets, "aaaaa")).isTrue();

        Files.createSymbolicLink(directory.resolve("..data_tmp"), Path.of("..2"));
        Files.move(directory.resolve("..data_tmp"), directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        secrets.refresh();

        assertThat(valid(secrets, "bbbbb")).isTrue();
    }

    /** Fails on a validator that waits for the next refresh: hook does not send a refused webhook again. */
    @Test
    void aWebhookWithAKeyThatWasJustPutIntoTheFileIsAccepted() throws Exception {
        HmacSecretAgent secrets = open();
        Files.writeString(file, "'*':\n- value: first\n- value: second-key\n");

        assertThat(valid(secrets, "second-key")).isTrue();
        assertThat(valid(secrets, "first")).isTrue();
        assertThat(valid(secrets, "third-key")).isFalse();
    }

    @Test
    void anUndetectableChangeIsReadAfterTenMinutes() throws Exception {
        HmacSecretAgent secrets = open();
        FileTime before = Files.getLastModifiedTime(file);
        Files.writeString(file, "other");
        Files.setLastModifiedTime(file, before);

        now = now.plus(Duration.ofMinutes(10)).minusNanos(1);
        secrets.refresh();
        assertThat(valid(secrets, "first")).isTrue();

        now = now.plusNanos(1);
        secrets.refresh();
        assertThat(valid(secrets, "other")).isTrue();
    }

    @Test
    void aDeletedFileKeepsTheKeysAndIsReportedUntilItReturns() throws Exception {
        HmacSecretAgent secrets = open();

        Files.delete(file);
        secrets.refresh();
        assertThat(valid(secrets, "first")).isTrue();
        assertThat(secrets.problem()).hasValueSatisfying(trouble -> assertThat(trouble.toString())
                .contains("cannot be read", "--hmac-secret-file")
                .doesNotContain("first"));

        Files.writeString(file, "back");
        secrets.refresh();
        assertThat(valid(secrets, "back")).isTrue();
        assertThat(secrets.problem()).isEmpty();
    }

    @Test
    void aFileWithoutAKeyIsAcceptedAndReported() throws Exception {
        Files.writeString(file, "\n");
        HmacSecretAgent secrets = open();

        assertThat(secrets.get().isEmpty()).isTrue();
        assertThat(secrets.problem())
                .hasValueSatisfying(trouble -> assertThat(trouble.problem()).contains("contains no key"));
    }

    @Test
    void aMissingFileAtStartupIsReportedWithAHint() {
        assertThatThrownBy(() -> HmacSecretAgent.open(directory.resolve("nowhere"), () -> now))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("nowhere")
                .hasMessageContaining("cannot be read")
                .hasMessageContaining("--hmac-secret-file");
    }

    private HmacSecretAgent open() throws InvalidConfigException {
        return HmacSecretAgent.open(file, () -> now);
    }

    private static boolean valid(HmacSecretAgent secrets, String key) {
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        return SignatureValidatorTest.validate(new SignatureValidator(secrets), body, WebhookDelivery.sha256(body, key))
                == SignatureValidator.Result.VALID;
    }
}
