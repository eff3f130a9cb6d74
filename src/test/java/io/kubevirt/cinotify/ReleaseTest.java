// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What image/release.sh makes of a built checkout, here with a program of one empty file and an engine that writes one line. */
@Timeout(300)
class ReleaseTest {

    private static final String REVISION = "95849a8d36b4a8d2a4c8c0ff1b5b3f0ac8ed8c0a";
    private static final String DIGEST = "1e7173178fc76f39a108488341e8d62936baf008b011ef7d5ab8bb76a875de7e";

    @TempDir
    private Path checkout;

    @BeforeEach
    void aBuiltCheckout() throws Exception {
        succeeds(
                Path.of(""),
                "cp -R README.md LICENSE SECURITY.md mvnw bin config docs image manifests \"" + checkout + "\"");
        Files.createDirectories(checkout.resolve("target/quarkus-app"));
        Files.writeString(checkout.resolve("target/quarkus-app/quarkus-run.jar"), "");
        Files.writeString(checkout.resolve("target/bom.json"), "{\"bomFormat\":\"CycloneDX\"}");
        Files.writeString(
                checkout.resolve("CHANGELOG.md"),
                "# Changelog\n\n## Unreleased\n\n- later\n\n## 0.2.0 (2026-12-01)\n\n- this\n\n## 0.1.0\n\n- before\n");
        Files.writeString(
                checkout.resolve("engine"), "#!/bin/sh\nfile=${4#oci-archive:}\necho \"$3\" > \"${file%:*}\"\n");
        assertThat(checkout.resolve("engine").toFile().setExecutable(true)).isTrue();
    }

    @Test
    void aReleaseHasProgramManifestsImageMaterialsChecksumsAndNotes() throws Exception {
        release();

        Path folder = checkout.resolve("release");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "NOTES.md",
                            "SHA256SUMS",
                            "ci-notify-0.2.0.bom.json",
                            "ci-notify-0.2.0.provenance.json",
                            "ci-notify-0.2.0.tar.gz",
                            "ci-notify-0.2.0-image.tar",
                            "ci-notify-0.2.0-manifests.tar.gz");
        }
        assertThat(folder.resolve("NOTES.md")).hasContent("- this\n");
        succeeds(folder, "sha256sum -c SHA256SUMS");
        assertThat(succeeds(
                        folder,
                        "tar xzf ci-notify-0.2.0.tar.gz && ls ci-notify-0.2.0/bin ci-notify-0.2.0/target/quarkus-app"))
                .contains("ci-notify", "quarkus-run.jar");
        assertThat(succeeds(
                        folder,
                        "tar xzf ci-notify-0.2.0-manifests.tar.gz && grep -rhE 'newTag|image: ' manifests-0.2.0"))
                .contains("quay.io/kubevirtci/ci-notify:v0.2.0", "newTag: v0.2.0")
                .doesNotContain("latest", "0000000");
    }

    @Test
    void theProvenanceNamesEachFileTheCommitAndTheBaseImages() throws Exception {
        release();

        JsonNode statement = new ObjectMapper()
                .readTree(checkout.resolve("release/ci-notify-0.2.0.provenance.json")
                        .toFile());
        assertThat(statement.path("subject").findValuesAsText("name"))
                .contains("ci-notify-0.2.0.tar.gz", "ci-notify-0.2.0-image.tar", "ci-notify-0.2.0.bom.json");
        assertThat(statement.path("subject").findValuesAsText("sha256")).allMatch(sum -> sum.matches("[0-9a-f]{64}"));
        JsonNode dependencies =
                statement.path("predicate").path("buildDefinition").path("resolvedDependencies");
        assertThat(dependencies.findValuesAsText("gitCommit")).containsExactly(REVISION);
        assertThat(dependencies.findValuesAsText("uri"))
                .contains("docker://example.org/jdk", "docker://example.org/base");
        assertThat(dependencies.findValuesAsText("sha256")).contains(DIGEST);
    }

    @Test
    void theSameFilesAreTheSameBytes() throws Exception {
        release();
        String once = Files.readString(checkout.resolve("release/SHA256SUMS"));
        release();
        assertThat(checkout.resolve("release/SHA256SUMS")).hasContent(once);
    }

    @Test
    void aVersionWithoutASectionIsNotReleased() throws Exception {
        Process process = start(checkout, "image/release.sh notes 0.3.0");

        assertThat(output(process)).contains("CHANGELOG.md has no section \"## 0.3.0\"", "rename \"## Unreleased\"");
        assertThat(process.waitFor()).isEqualTo(1);
    }

    private void release() throws Exception {
        succeeds(
                checkout,
                "ENGINE=./engine IMAGE=example.org/ci-notify:v0.2.0 JDK_IMAGE=example.org/jdk@sha256:" + DIGEST
                        + " BASE_IMAGE=example.org/base@sha256:" + DIGEST + " image/release.sh release 0.2.0 "
                        + REVISION);
    }

    private static String succeeds(Path folder, String command) throws Exception {
        Process process = start(folder, command);
        String output = output(process);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static Process start(Path folder, String command) throws IOException {
        return new ProcessBuilder(List.of("sh", "-euc", command))
                .directory(folder.toAbsolutePath().toFile())
                .redirectErrorStream(true)
                .start();
    }

    private static String output(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
