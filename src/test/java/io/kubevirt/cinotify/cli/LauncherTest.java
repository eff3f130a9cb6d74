// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts that start the program: bin/ci-notify in a checkout, image/ci-notify in the image. */
class LauncherTest {

    @TempDir
    private Path checkout;

    @Test
    void theLauncherAsksForABuildIfThereIsNone() throws Exception {
        Process process = launch();

        assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("quarkus-run.jar does not exist; run \"make build\"");
        assertThat(process.waitFor()).isEqualTo(1);
    }

    @Test
    void theFirstCommandArchivesTheClassesForTheNext() throws Exception {
        buildPrinter();
        Path jar = checkout.resolve("target/quarkus-app/quarkus-run.jar");
        Files.setLastModifiedTime(jar, FileTime.fromMillis(0));
        Path cache = Files.createDirectories(checkout.resolve("cache/ci-notify"));

        try (WatchService created = cache.getFileSystem().newWatchService()) {
            cache.register(created, StandardWatchEventKinds.ENTRY_CREATE);
            assertThat(printed("explain")).noneMatch(argument -> argument.startsWith("-XX:SharedArchiveFile"));
            while (archive(cache).isEmpty()) {
                WatchKey key = Objects.requireNonNull(created.poll(1, TimeUnit.MINUTES), "no archive");
                key.pollEvents();
                key.reset();
            }
        }

        String archive = archive(cache).orElseThrow().toString();
        assertThat(printed("explain")).contains("-XX:SharedArchiveFile=" + archive, "-Xlog:disable");
        assertThat(printed("serve")).noneMatch(argument -> argument.contains("Archive"));
        Files.writeString(Path.of(archive), "");
        assertThat(printed("explain")).as("an archive that failed").noneMatch(argument -> argument.contains("Archive"));
    }

    @Test
    void aFolderThatCannotBeWrittenIsNoObstacle() throws Exception {
        buildPrinter();
        Files.writeString(checkout.resolve("cache"), "a file");

        assertThat(printed("explain")).endsWith("explain").noneMatch(argument -> argument.contains("Archive"));
    }

    private static Optional<Path> archive(Path cache) throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            return files.filter(file -> file.toString().endsWith(".jsa")).findFirst();
        }
    }

    @Test
    void theLauncherPassesItsArgumentsToTheProgram() throws Exception {
        buildPrinter();

        assertThat(printed("explain", "--job", "two words"))
                .containsExactly(
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        checkout.toRealPath()
                                .resolve("target/quarkus-app/quarkus-run.jar")
                                .toString(),
                        "explain",
                        "--job",
                        "two words");
    }

    /** In place of the program: prints its arguments. */
    private void buildPrinter() throws IOException {
        Files.createDirectories(checkout.resolve("target/quarkus-app"));
        Files.writeString(checkout.resolve("target/quarkus-app/quarkus-run.jar"), "");
        Path java = Files.createDirectories(checkout.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, """
            #!/bin/sh
            case "$1" in
            -version) echo 'openjdk version "25.0.1" 2025-10-21' >&2; exit ;;
            esac
            for argument in "$@"; do
                echo "$argument"
                case "$argument" in -XX:ArchiveClassesAtExit=*) echo classes >"${argument#*=}" ;; esac
            done
            """);
        assertThat(java.toFile().setExecutable(true)).isTrue();
    }

    private List<String> printed(String... arguments) throws Exception {
        Process process = launch(arguments);
        List<String> printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).isZero();
        return printed;
    }

    @Test
    void theServerRunsWithTheOptimizingCompilerAndExitsWithoutMemory() throws Exception {
        buildPrinter();

        assertThat(printed("serve")).contains("-XX:+ExitOnOutOfMemoryError").doesNotContain("-XX:TieredStopAtLevel=1");
        assertThat(printed()).contains("-XX:+ExitOnOutOfMemoryError").doesNotContain("-XX:TieredStopAtLevel=1");
        assertThat(Files.readString(Path.of("image/java.options")))
                .contains("\n-XX:+ExitOnOutOfMemoryError\n")
                .doesNotContain("\n-XX:TieredStopAtLevel");
    }

    @Test
    void theLauncherOfTheImageNeedsNoShell() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("image/ci-notify"));

        assertThat(lines.getFirst()).isEqualTo("#!/opt/java/bin/java @/opt/ci-notify/bin/launcher.options");
        assertThat(Files.readString(Path.of("image/launcher.options")))
                .contains("-Dci-notify.launcher=true\n-jar /opt/ci-notify/quarkus-run.jar\n");
        assertThat(Files.isExecutable(Path.of("image/ci-notify"))).isTrue();
    }

    private Process launch(String... arguments) throws IOException {
        Path bin = Files.createDirectories(checkout.resolve("bin"));
        Path script =
                Files.copy(Path.of("bin/ci-notify"), bin.resolve("ci-notify"), StandardCopyOption.REPLACE_EXISTING);
        ProcessBuilder builder = new ProcessBuilder(script.toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().put("JAVA_HOME", checkout.resolve("jdk").toString());
        builder.environment().put("XDG_CACHE_HOME", checkout.resolve("cache").toString());
        return builder.start();
    }
}
