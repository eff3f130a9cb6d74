// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.config.ConfigFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckConfigTest {

    private ConfigFixture settings;
    private Path jobs;

    @BeforeEach
    void writeGoodSettings(@TempDir Path folder) throws Exception {
        settings = ConfigFixture.in(folder.resolve("config"));
        jobs = Files.createDirectory(folder.resolve("jobs"));
        Files.writeString(jobs.resolve("net.yaml"), """
            presubmits:
              example/net:
                - {name: pull-unit}
              example/other:
                - {name: pull-e2e-sig-compute}
                - {name: pull-lint}
            periodics:
              - {name: east-livez, interval: 1h}
            """);
    }

    @Test
    void theJsonFollowsItsContract() throws Exception {
        Terminal.Result result = check("json");

        assertThat(result.code()).isZero();
        JsonNode report = result.json().getFirst();
        List<String> fields = new ArrayList<>();
        report.fieldNames().forEachRemaining(fields::add);
        assertThat(fields).containsExactly("jobs", "byRule", "byDefault", "problems");
        assertThat(report.toString())
                .isEqualTo("{\"jobs\":4,\"byRule\":{\"lanes\":1,\"probes\":1,\"repository"
                        + " example/net\":1},\"byDefault\":1,\"problems\":[]}");
    }

    @Test
    void theTextListsTheJobsRoutedByTheDefault() {
        assertThat(check("text").out()).isEqualToNormalizingNewlines("""
            4 jobs
                 1  lanes
                 1  probes
                 1  repository example/net
                 1  by the default only
                    pull-lint  net.yaml:6
            the configuration is valid
            """);
    }

    @Test
    void eachUnreadableFileAndJobIsReported() throws Exception {
        Files.writeString(jobs.resolve("broken.yaml"), "presubmits: [\n");
        Files.writeString(jobs.resolve("nameless.yaml"), "periodics:\n  - interval: 1h\n");

        Terminal.Result result = check("json");

        assertThat(result.code()).isEqualTo(1);
        JsonNode report = result.json().getFirst();
        assertThat(report.get("jobs").intValue())
                .as("the others are still counted")
                .isEqualTo(4);
        assertThat(report.get("problems")).hasSize(2).allSatisfy(problem -> {
            assertThat(problem.get("line").intValue()).isPositive();
            assertThat(problem.get("problem").textValue()).isNotBlank();
            assertThat(problem.get("hint").textValue()).isNotBlank();
        });
        assertThat(report.get("problems"))
                .extracting(problem -> problem.get("file").textValue())
                .containsExactly("broken.yaml", "nameless.yaml");
        assertThat(result.problems()).hasSize(2);
    }

    @Test
    void anInvalidConfigurationExitsWithOne() throws Exception {
        settings.replace("ci-notify.yaml", "hosts:", "hostes:");

        Terminal.Result result = check("json");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.json().getFirst().get("problems")).hasSize(2);
        assertThat(result.problems())
                .containsExactly(
                        "ci-notify.yaml:1: prow: \"hosts\" is missing; add it, see docs/settings.md",
                        "ci-notify.yaml:2: unknown key \"hostes\"; did you mean \"hosts\"?");
    }

    @Test
    void aBrokenTemplateIsReportedWithItsLine() throws Exception {
        Path folder =
                Files.createDirectories(settings.path().resolve("templates").resolve("slack"));
        Files.writeString(folder.resolve("opened.txt"), "first\n{#if open}\n{titel}\n{/if}\n");

        assertThat(check("text").code()).isEqualTo(1);
        assertThat(check("text").problems())
                .singleElement()
                .asString()
                .startsWith("templates/slack/opened.txt:3: ")
                .contains("\"titel\"");
    }

    @Test
    void templateAndConfigurationProblemsAreReportedTogether() throws Exception {
        Path folder =
                Files.createDirectories(settings.path().resolve("templates").resolve("slack"));
        Files.writeString(folder.resolve("opened.txt"), "{titel}\n");
        settings.replace("ci-notify.yaml", "hosts:", "hostes:");

        assertThat(check("text").problems()).hasSize(3).last().asString().startsWith("templates/slack/opened.txt:1: ");
    }

    @Test
    void aMissingJobConfigDirectoryIsReported() {
        Terminal.Result result = Terminal.run(
                "check-config", "--config", settings.path().toString(), "--job-config-path", "no/such/folder");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.problems())
                .containsExactly(
                        "no/such/folder: the folder of the job configuration does not exist; fix --job-config-path");
    }

    private Terminal.Result check(String output) {
        return Terminal.run(
                "check-config",
                "--config",
                settings.path().toString(),
                "--job-config-path",
                jobs.toString(),
                "--output",
                output);
    }
}
