// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another Prow: the example of a small organisation, and settings that were written for it. */
class InitTest {

    private static final String EXAMPLE = "config/examples";

    @TempDir
    private Path folder;

    @Test
    void theExampleIsValidAndRoutesItsJobs() throws Exception {
        Terminal.Result check = Terminal.run(
                "check-config", "--config", EXAMPLE, "--job-config-path", EXAMPLE + "/jobs", "--output", "json");
        assertThat(check.out())
                .isEqualToIgnoringNewLines("{\"jobs\":5,\"byRule\":{\"certificates\":1,\"named-sig\":2,\"repository"
                        + " harbour/charts\":1,\"repository harbour/crane\":1},\"byDefault\":0,\"problems\":[]}");
        assertThat(check.code()).isZero();

        Terminal.Result explained = Terminal.run(
                "explain",
                "--config",
                EXAMPLE,
                "--job-config-path",
                EXAMPLE + "/jobs",
                "--output",
                "json",
                "--job",
                "pull-crane-e2e-sig-tides",
                "--repo",
                "harbour/crane",
                "--at",
                "2026-07-15T10:00:00Z");
        assertThat(explained.json().getFirst().path("sig").asText()).isEqualTo("tides");
        assertThat(explained.json().getFirst().path("area").asText()).isEqualTo("support");
        assertThat(explained.json().getFirst().path("responsible").asText()).isEqualTo("noa-harbour");
    }

    @Test
    void theWrittenConfigurationIsValid() throws Exception {
        Path written = folder.resolve("config");
        Terminal.Result result = init(written, "--host", "prow.harbour.example", "--bucket", "harbour-logs");
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains("wrote " + written.resolve("ci-notify.yaml"), "ci-notify check-config --config " + written);
        assertThat(Files.readString(written.resolve("ci-notify.yaml")))
                .contains(
                        "from plugins.yaml and 5 jobs",
                        "hosts: [prow.harbour.example]",
                        "name: named-sig",
                        "    harbour/crane: none  # CHANGE: 2 jobs\n")
                .doesNotContain("%");

        assertThat(written.resolve("ci-notify.schema.json"))
                .hasSameTextualContentAs(Path.of("config/ci-notify.schema.json"));
        JsonNode generator = new YAMLMapper()
                .readTree(written.resolve("kustomization.yaml").toFile())
                .at("/configMapGenerator/0");
        assertThat(generator.path("name").asText()).isEqualTo("ci-notify-config");
        assertThat(generator.path("files")).isNotEmpty().allSatisfy(file -> assertThat(written.resolve(file.asText()))
                .exists());

        Terminal.Result check = Terminal.run(
                "check-config",
                "--config",
                written.toString(),
                "--job-config-path",
                EXAMPLE + "/jobs",
                "--output",
                "json");
        assertThat(check.problems()).isEmpty();
        assertThat(check.code()).isZero();
        assertThat(check.json().getFirst().path("jobs").asInt()).isEqualTo(5);
    }

    @Test
    void aRepositoryThatHookDoesNotServeHasAComment() throws Exception {
        Path plugins = Files.writeString(folder.resolve("plugins.yaml"), "plugins: {other: {plugins: [lgtm]}}\n");
        Terminal.run(
                "init",
                "--config",
                folder.resolve("new").toString(),
                "--plugin-config",
                plugins.toString(),
                "--job-config-path",
                EXAMPLE + "/jobs");
        assertThat(folder.resolve("new/ci-notify.yaml"))
                .content()
                .contains("harbour/charts: none  # CHANGE: 1 job; not in plugins.yaml, so hook sends nothing");
    }

    @Test
    void nothingIsOverwritten() throws Exception {
        Path mine = Files.writeString(folder.resolve("sigs.yaml"), "mine");
        Terminal.Result result = init(folder);
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.problems())
                .containsExactly(mine + ": exists already and is not overwritten; use another directory with --config");
        assertThat(folder.resolve("ci-notify.yaml")).doesNotExist();
        assertThat(mine).hasContent("mine");
    }

    @Test
    void anUnreadablePluginsYamlIsReported() throws Exception {
        Path broken = Files.writeString(folder.resolve("plugins.yaml"), "plugins: [\n");
        Terminal.Result result = Terminal.run(
                "init",
                "--config",
                folder.toString(),
                "--plugin-config",
                broken.toString(),
                "--job-config-path",
                EXAMPLE);
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.problems()).first().asString().startsWith(broken + ":");
    }

    private static Terminal.Result init(Path folder, String... more) {
        List<String> typed = new ArrayList<>(List.of(
                "init",
                "--config",
                folder.toString(),
                "--plugin-config",
                EXAMPLE + "/plugins.yaml",
                "--job-config-path",
                EXAMPLE + "/jobs"));
        typed.addAll(List.of(more));
        return Terminal.run(typed.toArray(String[]::new));
    }
}
