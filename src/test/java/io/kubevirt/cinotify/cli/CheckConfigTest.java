// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.config.ConfigFixture;
import io.kubevirt.cinotify.config.ConfigLoader;
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
        settings.replace("ci-notify.yaml", "prow.example.org", "prow.harbour.example");
        settings.replace("group.md", "GMT+2", "Asia/Jerusalem");
        settings.replace(
                "ci-notify.yaml",
                "  default: {sig: compute, area: support}",
                "  default: {sig: compute, area: support}\nvisibility: {'*': public}");
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
        assertThat(fields)
                .containsExactly(
                        "jobs", "withSig", "bySource", "byRule", "byDefault", "repositories", "problems", "warnings");
        assertThat(report.toString())
                .isEqualTo(
                        "{\"jobs\":4,\"withSig\":2,\"bySource\":{\"rules\":2,\"repositories\":1,\"default\":1},\"byRule\":{\"lanes\":1,\"probes\":1,\"repository"
                                + " example/net\":1},\"byDefault\":1,\"repositories\":[],\"problems\":[],\"warnings\":[]}");
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
            by source: rules 2, repositories 1, default 1
            50 % of 4 jobs have a SIG, 25 % belong to the CI itself, 25 % have only the default, compute
            the configuration is valid
            """);
    }

    /** Settings of a pull request must not send a file to an address. */
    @Test
    void calendarsOnTheNetworkAreNamedAndNotRead() throws Exception {
        settings.replace(
                "ci-notify.yaml",
                "  document: group.md",
                "  document: group.md\n  calendars: [{name: duty, zone: Europe/Berlin, url: 'http://127.0.0.1:1/x'}]\n"
                        + "  aliasLevels: [{zone: Europe/Berlin, team: hidden/crew}]");

        Terminal.Result result = check("text");

        assertThat(result.code()).isZero();
        assertThat(result.err())
                .contains("calendar \"duty\" was not checked: it is on the network; ci-notify roster check reads it")
                .contains("backup team for all areas of roster.aliasLevels was not checked: it is on GitHub;");
        assertThat(Terminal.run(
                                "roster",
                                "check",
                                "--output",
                                "text",
                                "--config",
                                settings.path().toString())
                        .out())
                .contains(
                        "icalendar: calendar duty cannot be read; the table, or the next level, decides until it can: ")
                .contains("team: backup team for all areas of roster.aliasLevels cannot be read; the table, or the next"
                        + " level, decides until it can: no GitHub credentials are configured; set --github-token-path;"
                        + " a running server uses its last good copy")
                .doesNotContain("hidden", "crew");
    }

    @Test
    void repositoriesWithoutASigAreNamedAndJobsAreBounded() throws Exception {
        StringBuilder many = new StringBuilder("presubmits:\n");
        for (int index = 10; index < 40; index++) {
            many.append("  many/r")
                    .append(index)
                    .append(": [{name: lint")
                    .append(index)
                    .append("}]\n");
        }
        many.append("  many/most: [{name: a}, {name: b}]\n");
        Files.writeString(jobs.resolve("many.yaml"), many);

        Terminal.Result result = check("text");

        assertThat(result.out())
                .contains("    33  by the default only\n", "        and 13 more\n")
                .contains("5 % of 36 jobs have a SIG, 2 % belong to the CI itself, 91 % have only the default, compute;"
                        + " 31 repositories have none: many/most, many/r10, many/r11, many/r12, many/r13, many/r14, many/r15"
                        + " and 24 more\n");
    }

    @Test
    void withoutJobsTheCoverageIsUnknown() {
        assertThat(Terminal.run("check-config", "--config", settings.path().toString())
                        .out())
                .isEqualToNormalizingNewlines("""
                no job is known, so it is unknown which have a SIG: give --job-config-path
                the configuration is valid
                """);
    }

    @Test
    void placeholdersAreErrorsWithTheirLines() {
        settings.replace("ci-notify.yaml", "prow.harbour.example", "prow.harbour.example, 'http://prow.example.org'");
        settings.replace("ci-notify.yaml", "[logs]", "[example-logs]  # CHANGE");
        settings.replace("ci-notify.yaml", "    example/net: network", "    example/net: network  # CHANGE");
        settings.replace(
                "ci-notify.yaml",
                "diagnosis:",
                "evidence: {endpoint: 'https://s3.example.com/x'}  # CHANGED last week\ndiagnosis:");
        settings.replace("group.md", "[Bo](https://github.com/bo) ", "[Somebody](https://github.com/Somebody)");
        settings.replace("sigs.yaml", "sigs:", "# CHANGE this list\nsigs:");

        Terminal.Result result = check("text");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.problems())
                .containsExactly(
                        "ci-notify.yaml:2: prow.hosts[1]: http://prow.example.org is a placeholder; write the host of your"
                                + " deck, as in the links of Prow's statuses on GitHub",
                        "ci-notify.yaml:3: prow.buckets[0]: example-logs is a placeholder; write the bucket of"
                                + " decoration_config.gcs_configuration in Prow's configuration",
                        "ci-notify.yaml:20: evidence.endpoint: https://s3.example.com/x is a placeholder; write the URL of"
                                + " the store that has your buckets, such as https://storage.googleapis.com",
                        "ci-notify.yaml:39: a placeholder is marked with CHANGE: example/net: network  # CHANGE; replace"
                                + " it, and remove the mark",
                        "group.md:6: @somebody is a placeholder, and would be notified; write the members of your group,"
                                + " each with a link to the profile on GitHub",
                        "sigs.yaml:1: a placeholder is marked with CHANGE: # CHANGE this list; replace it, and remove the"
                                + " mark");
        assertThat(result.out())
                .doesNotContain("valid")
                .contains("50 % of 4 jobs have a SIG")
                .endsWith("6 problems\n");
    }

    @Test
    void missingDetailsOfMembersAreWarningsAndErrorsIfStrict() {
        settings.replace("group.md", "Asia/Jerusalem", "GMT+2");
        settings.replace("ci-notify.yaml", "diagnosis:", "slack: {channel: ci}\ndiagnosis:");
        settings.replace("ci-notify.yaml", "logins: ['kubevirt-prow[bot]']", "logins: []");
        String logins =
                "ci-notify.yaml: prow.logins is missing: anybody with write access to a repository can set a status,"
                        + " so a status counts only once finished.json or a ProwJob confirms it; list the logins that set Prow's"
                        + " statuses on GitHub";
        String zone =
                "group.md:6: bo: each has a fixed offset instead of a time zone, which is wrong for half of the year"
                        + " where clocks change; write an IANA time zone such as Europe/Berlin into the table, or as"
                        + " roster.members.LOGIN.zone";
        String slack =
                "group.md:5: ada, bo: each has no Slack id, so Slack notifications name but do not mention them; set"
                        + " roster.members.LOGIN.slack, such as U012AB3CD";

        Terminal.Result result = check("text");
        assertThat(result.code()).isZero();
        assertThat(result.problems()).containsExactly("warning: " + logins, "warning: " + zone, "warning: " + slack);
        assertThat(result.out()).endsWith("the configuration is valid, with 3 warnings\n");

        Terminal.Result strict = Terminal.run(
                "check-config", "--strict", "--config", settings.path().toString());
        assertThat(strict.code()).isEqualTo(1);
        assertThat(strict.problems()).containsExactly(logins, zone, slack);
    }

    @Test
    void entriesWithOneNameCountByThemselves() throws Exception {
        Files.writeString(jobs.resolve("net.yaml"), """
            presubmits:
              example/other:
                - {name: pull-x, branches: [main], annotations: {ci.example.org/sig: network}}
                - {name: pull-x, branches: [release]}
            """);

        assertThat(check("text").out()).contains("by source: annotation 1, default 1\n");
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

    @Test
    void credentialsOfAStoreThatCannotBeUsedAreAProblem() {
        settings.replace(
                "ci-notify.yaml",
                "prow:\n",
                "evidence: {stores: [{bucket: 's3://logs', credentialsFile: s3.json}]}\nprow:\n");
        assertThat(check("text").code())
                .as("the secret is not mounted where this runs")
                .isZero();

        settings.write("s3.json", "{\"access_key\": \"AKIA\"}");
        Terminal.Result result = check("text");

        assertThat(result.code()).isNotZero();
        assertThat(result.err())
                .contains("ci-notify.yaml: evidence.stores: ", "s3.json has no access_key and secret_key; add them");
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

    @Test
    void channelsThatCannotWorkAreWarnedOf() throws Exception {
        settings.write(ConfigLoader.FILE, Files.readString(settings.path().resolve(ConfigLoader.FILE)) + """

                slack: {channel: ci, buttons: {appTokenFile: app-token}}
                jira: {url: "http://jira.example.net", tokenFile: jira-token, areas: {operations: {project: CI}}}
                """);
        settings.replace(
                ConfigLoader.FILE, "    ada:\n", "    ada:\n      slack: '@ada'\n      slackIds: {main: U0ADA}\n");

        List<String> problems = check("text").problems();

        assertThat(String.join("\n", problems))
                .contains(
                        "roster.members.ada.slack: \"@ada\" is not a Slack user id",
                        "roster.members.ada.slackIds.main: \"main\" is not the id of a workspace",
                        "jira.url: http://jira.example.net sends the secret or the notifications without encryption; write https://",
                        "slack.buttons.appTokenFile: ",
                        "app-token cannot be read; mount the secret there",
                        "jira-token cannot be read");
    }
}
