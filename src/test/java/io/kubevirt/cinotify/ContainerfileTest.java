// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The Containerfile agrees with the scripts that it runs. Needs no container engine. */
@Timeout(300)
class ContainerfileTest {

    /** Where the JDK of the default base image lies; jlink needs it to the end. */
    private static final Path JDK_OF_THE_BASE = Path.of("/opt/java/openjdk");

    private static final Pattern SCRIPT = Pattern.compile("\\b(image/[a-z]+\\.sh)(?: (\\S+))?");
    private static final Pattern COPY_FROM_BUILD = Pattern.compile("COPY --from=build (\\S+) (\\S+)");

    private static final List<String> LINES = lines("Containerfile");

    @Test
    void theBaseImagesAreRequiredAndByDigest() throws IOException {
        assertThat(LINES)
                .contains("ARG JDK", "ARG BASE")
                .noneMatch(line -> line.startsWith("ARG JDK=") || line.startsWith("ARG BASE="))
                .noneMatch(line -> line.startsWith("FROM ") && !line.startsWith("FROM ${"))
                .anyMatch(line -> line.startsWith("RUN for image in") && line.contains("*@sha256:*"));
        assertThat(Files.readString(Path.of("mvnw"))).containsPattern("distributionSha256Sum=[0-9a-f]{64}\n");
    }

    @Test
    void eachScriptExistsAndIsExecutable() {
        assertThat(scripts()).isNotEmpty().allSatisfy(script -> assertThat(Path.of(script.group(1)))
                .isExecutable());
    }

    @Test
    void theImageCopiesTheAssembledDirectories() throws IOException {
        List<String> folders = scripts().stream()
                .map(script -> script.group(2))
                .filter(folder -> folder != null && folder.startsWith("/"))
                .distinct()
                .toList();
        assertThat(folders).as("assembled and trained in one directory").hasSize(1);
        String assembling = Files.readString(Path.of("image/assemble.sh"));
        assertThat(copies()).isNotEmpty().allSatisfy(copy -> {
            Path source = Path.of(copy.group(1));
            assertThat(source.getParent()).hasToString(folders.getFirst());
            assertThat(assembling).contains("\"$folder/" + source.getFileName() + "\"");
            assertThat(JDK_OF_THE_BASE.startsWith(source))
                    .as("%s is emptied before the JDK is used", source)
                    .isFalse();
        });
    }

    @Test
    void entryPointAndCheckUseTheCopiedDirectories() throws IOException {
        String checking = Files.readString(Path.of("image/check.sh"));
        String entryPoint = line("ENTRYPOINT");
        assertThat(copies()).allSatisfy(copy -> {
            assertThat(entryPoint).contains(copy.group(2) + "/");
            assertThat(checking).contains(" " + copy.group(2) + "/");
        });
        for (String argument : arguments(entryPoint)) {
            assertThat(checking).as("the check starts it as the image does").contains(argument);
        }
    }

    @Test
    void eachCopiedSourceExists() {
        LINES.stream()
                .filter(line -> line.startsWith("COPY ") && !line.contains("--from="))
                .map(line -> List.of(line.substring("COPY ".length()).split(" ")))
                .flatMap(words -> words.subList(0, words.size() - 1).stream())
                .forEach(source -> assertThat(Path.of(source)).exists());
    }

    @Test
    void assemblingNeverEmptiesTheJdkInUse(@TempDir Path folder) throws Exception {
        Path java = folder.resolve("java/openjdk/bin/java");
        Path jlink = folder.resolve("java/openjdk/bin/jlink");
        Files.createDirectories(java.getParent());
        for (Path program : List.of(java, jlink)) {
            Files.writeString(program, "#!/bin/sh\nexit 0\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        ProcessBuilder assemble = new ProcessBuilder("sh", "image/assemble.sh", folder.toString());
        assemble.environment().put("JAVA_HOME", folder.resolve("java/openjdk").toString());
        Process process = assemble.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isNotZero();
        assertThat(jlink).exists();
        assertThat(output).contains("assemble.sh").contains("another folder");
    }

    private static List<MatchResult> scripts() {
        return LINES.stream()
                .filter(line -> line.startsWith("RUN "))
                .flatMap(line -> SCRIPT.matcher(line).results())
                .toList();
    }

    private static List<MatchResult> copies() {
        return LINES.stream()
                .flatMap(line -> COPY_FROM_BUILD.matcher(line).results())
                .toList();
    }

    private static List<String> arguments(String instruction) {
        return Pattern.compile("\"([^\"]+)\"")
                .matcher(instruction)
                .results()
                .map(argument -> argument.group(1))
                .toList();
    }

    private static String line(String instruction) {
        return LINES.stream()
                .filter(line -> line.startsWith(instruction))
                .findFirst()
                .orElseThrow();
    }

    /** Its instructions, each as one line. */
    private static List<String> lines(String file) {
        try {
            return Files.readString(Path.of(file)).replace("\\\n", " ").lines().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
