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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.fixture.WebhookDelivery;
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
class HmacFileTest {

    @TempDir
    private Path directory;

    private Instant now = Instant.parse("2026-03-02T09:00:00Z");
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve("hmac"), "first");
    }

    @Test
    void aChangedFileTakesEffectAtTheNextLook() throws Exception {
        HmacFile secrets = open();

        Files.writeString(file, "second key\n");
        assertThat(valid(secrets, "first")).isTrue();
        secrets.refresh();

        assertThat(valid(secrets, "first")).isFalse();
        assertThat(valid(secrets, "second key")).isTrue();
    }

    @Test
    void duringARotationBothKeysAreValid() throws Exception {
        HmacFile secrets = open();

        Files.writeString(file, "'*': [{value: first}, {value: second}]");
        secrets.refresh();

        assertThat(valid(secrets, "first")).isTrue();
        assertThat(valid(secrets, "second")).isTrue();
    }

    /** As kubelet updates a mounted secret: hmac -> ..data/hmac, and ..data is swapped to a new directory. */
    @Test
    void aSwappedSymbolicLinkTakesEffectEvenForAnOlderFileOfTheSameSize() throws Exception {
        Path old = Files.writeString(
                Files.createDirectory(directory.resolve("..1")).resolve("hmac"), "aaaaa");
        Path young = Files.writeString(
                Files.createDirectory(directory.resolve("..2")).resolve("hmac"), "bbbbb");
        Files.setLastModifiedTime(
                young, FileTime.from(Files.getLastModifiedTime(old).toInstant().minusSeconds(60)));
        Files.createSymbolicLink(directory.resolve("..data"), Path.of("..1"));
        Files.delete(file);
        Files.createSymbolicLink(file, Path.of("..data", "hmac"));
        HmacFile secrets = open();
        assertThat(valid(secrets, "aaaaa")).isTrue();

        Files.createSymbolicLink(directory.resolve("..data_tmp"), Path.of("..2"));
        Files.move(directory.resolve("..data_tmp"), directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        secrets.refresh();

        assertThat(valid(secrets, "bbbbb")).isTrue();
    }

    @Test
    void aChangeThatLeftNoTraceIsFoundAfterTenMinutes() throws Exception {
        HmacFile secrets = open();
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
    void aFileThatVanishesLeavesTheKeysInForceAndIsReportedUntilItIsBack() throws Exception {
        HmacFile secrets = open();

        Files.delete(file);
        secrets.refresh();
        assertThat(valid(secrets, "first")).isTrue();
        assertThat(secrets.trouble()).hasValueSatisfying(trouble -> assertThat(trouble.toString())
                .contains("cannot be read", "--hmac-secret-file")
                .doesNotContain("first"));

        Files.writeString(file, "back");
        secrets.refresh();
        assertThat(valid(secrets, "back")).isTrue();
        assertThat(secrets.trouble()).isEmpty();
    }

    @Test
    void aFileWithoutAKeyIsTakenButReported() throws Exception {
        Files.writeString(file, "\n");
        HmacFile secrets = open();

        assertThat(secrets.get().isEmpty()).isTrue();
        assertThat(secrets.trouble())
                .hasValueSatisfying(trouble -> assertThat(trouble.problem()).contains("holds no key"));
    }

    @Test
    void aMissingFileAtTheStartIsToldWithWhatToDo() {
        assertThatThrownBy(() -> HmacFile.open(directory.resolve("nowhere"), () -> now))
                .isInstanceOf(InvalidDocument.class)
                .hasMessageContaining("nowhere")
                .hasMessageContaining("cannot be read")
                .hasMessageContaining("--hmac-secret-file");
    }

    private HmacFile open() throws InvalidDocument {
        return HmacFile.open(file, () -> now);
    }

    private static boolean valid(HmacFile secrets, String key) {
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        return new SignatureCheck(secrets).judge(body, WebhookDelivery.sha256(body, key)) == Verdict.GENUINE;
    }
}
