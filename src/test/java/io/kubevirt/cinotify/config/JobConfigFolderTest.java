// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobConfig;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobConfigFolderTest {

    @TempDir
    private Path folder;

    @Test
    void everyYamlFileOfATreeIsRead() throws Exception {
        Path deep = Files.createDirectories(folder.resolve("example/net"));
        Files.writeString(deep.resolve("net-periodics.yaml"), periodic("deep"));
        Files.writeString(folder.resolve("top.yml"), periodic("top"));
        Files.writeString(folder.resolve("README.md"), "# not YAML");
        Files.writeString(folder.resolve("config.yaml.orig"), periodic("left-over"));

        JobConfig jobs = JobConfigFolder.read(folder);

        assertThat(jobs.problems()).isEmpty();
        assertThat(jobs.all()).extracting(Job::name).containsExactly("deep", "top");
        assertThat(jobs.all()).extracting(Job::file).containsExactly("example/net/net-periodics.yaml", "top.yml");
    }

    @Test
    void filesThatProwIgnoresAreNotRead() throws Exception {
        Path deep = Files.createDirectories(folder.resolve("a/b/c"));
        Files.writeString(
                folder.resolve("a/.prowignore"),
                "# comment\n\nb/**/data.yaml\n/skipped/\n*.tmp.yaml\n!keep.tmp.yaml\n");
        Files.writeString(deep.resolve(".prowignore"), "local.yaml");
        Files.createDirectories(folder.resolve("a/skipped/x"));
        for (String name : new String[] {
            "a/b/data.yaml",
            "a/b/c/data.yaml",
            "a/skipped/x/x.yaml",
            "a/x.tmp.yaml",
            "a/keep.tmp.yaml",
            "a/b/c/local.yaml",
            "a/local.yaml",
            "data.yaml"
        }) {
            Files.writeString(folder.resolve(name), periodic("job"));
        }

        assertThat(JobConfigFolder.read(folder).all())
                .extracting(Job::file)
                .containsExactly("a/keep.tmp.yaml", "a/local.yaml", "data.yaml");
    }

    @Test
    void aSingleFileIsRead() throws Exception {
        Path file = Files.writeString(folder.resolve("jobs.yaml"), periodic("one"));
        assertThat(JobConfigFolder.read(file).all()).extracting(Job::file).containsExactly("jobs.yaml");
    }

    @Test
    void eachFileOfAMountedConfigMapIsReadOnce() throws Exception {
        Path version = Files.createDirectory(folder.resolve("..2026_07_15_10_00_00.123456789"));
        Files.writeString(version.resolve("net.yaml"), periodic("one"));
        Files.write(version.resolve("packed.yaml"), compressed(periodic("two")));
        Files.createSymbolicLink(folder.resolve("..data"), version.getFileName());
        Files.createSymbolicLink(folder.resolve("net.yaml"), Path.of("..data/net.yaml"));
        Files.createSymbolicLink(folder.resolve("packed.yaml"), Path.of("..data/packed.yaml"));

        JobConfig jobs = JobConfigFolder.read(folder);

        assertThat(jobs.problems()).isEmpty();
        assertThat(jobs.all()).extracting(Job::name).containsExactly("one", "two");
    }

    @Test
    void aFileThatCannotBeReadIsNamedAndTheOthersAreRead() throws Exception {
        Files.writeString(folder.resolve("good.yaml"), periodic("good"));
        Files.writeString(folder.resolve("broken.yaml"), "periodics:\n- name: a\n  interval: [\n");
        Files.write(folder.resolve("damaged.yaml"), new byte[] {0x1f, (byte) 0x8b, 1, 2, 3});
        Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xc3, 0x28});
        Files.writeString(folder.resolve("list.yaml"), "- name: a\n");

        JobConfig jobs = JobConfigFolder.read(folder);

        assertThat(jobs.all()).extracting(Job::name).containsExactly("good");
        assertThat(jobs.problems())
                .extracting(ConfigProblem::file)
                .containsExactly("binary.yaml", "broken.yaml", "damaged.yaml", "list.yaml");
        assertThat(jobs.problems())
                .allSatisfy(problem -> assertThat(problem.toString()).doesNotContain("Exception"));
    }

    @Test
    void aLinkToNothingIsNoFile() throws Exception {
        Files.createSymbolicLink(folder.resolve("gone.yaml"), Path.of("nowhere.yaml"));

        assertThat(JobConfigFolder.read(folder).all()).isEmpty();
    }

    @Test
    void aFolderThatLinksToItselfIsReported() throws Exception {
        Files.createSymbolicLink(folder.resolve("loop"), folder);

        assertThatThrownBy(() -> JobConfigFolder.read(folder))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessage(folder + ": cannot be read; check its permissions, and that it has no cyclic links");
    }

    @Test
    void aMissingFolderIsReported() {
        assertThatThrownBy(() -> JobConfigFolder.read(folder.resolve("none")))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessage(folder.resolve("none")
                        + ": the folder of the job configuration does not exist; fix --job-config-path");
    }

    private static String periodic(String name) {
        return "periodics:\n- name: " + name + "\n  interval: 1h\n";
    }

    private static byte[] compressed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
