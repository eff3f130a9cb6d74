// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another Prow: the example of a small organisation, and settings that were written for it. */
class InitTest {

    private static final String EXAMPLE = "config/examples";
    private static final String SMALL = "src/test/resources/small-prow";

    @TempDir
    private Path folder;

    @Test
    void theExampleIsValidAndRoutesItsJobs() throws Exception {
        Terminal.Result check = Terminal.run(
                "check-config", "--config", EXAMPLE, "--job-config-path", EXAMPLE + "/jobs", "--output", "json");
        assertThat(check.out())
                .isEqualToIgnoringNewLines(
                        "{\"jobs\":5,\"withSig\":3,\"bySource\":{\"rules\":3,\"repositories\":2},\"byRule\":{\"certificates\":1,\"named-sig\":2,\"repository"
                                + " harbour/charts\":1,\"repository harbour/crane\":1},\"byDefault\":0,\"repositories\":[],\"problems\":[],\"warnings\":[]}");
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
    void aNewUserIsShownExactlyWhatToChange() throws Exception {
        Path written = folder.resolve("config");
        Terminal.Result result = init(
                written,
                "--config-file",
                SMALL + "/config.yaml",
                "--sigs",
                SMALL + "/sigs.yaml",
                "--login",
                "harbour-prow[bot]");

        assertThat(result.code()).as(result.err()).isZero();
        List<String> expected = List.of(
                "ci-notify.yaml:46: evidence.stores[0].endpoint: https://s3.example.org is a placeholder; write the URL of the"
                        + " store, or remove it for Amazon S3",
                "group.md:3: a placeholder is marked with CHANGE: CHANGE: one row for each member, with the IANA name of the"
                        + " time zone.; replace it, and remove the mark",
                "group.md:8: @somebody is a placeholder, and would be notified; write the members of your group, each with a"
                        + " link to the profile on GitHub");
        assertThat(result.out()).contains("""
                        guesses, also in the files as comments:
                          prow.hosts: prow.harbour.example, http://prow.internal:8080 (plank.job_url_prefix_config)
                          prow.buckets: gs://harbour-logs, s3://harbour-private-logs (default decoration configs)
                          visibility: private: harbour-private (deck.hidden_repos)
                          routing.repositories: harbour/crane is of docks (most jobs of the repository have this SIG)
                        no job has a SIG in 2 repositories: harbour-private/keys (1 job), harbour/charts (1 job)
                        not taken for SIGs, because sigs.yaml does not have them: sig-unknown
                        hook sends no events of harbour/charts, harbour-private/keys: add ci-notify to external_plugins, see\
                         docs/operate.md
                        change before it works:
                        """ + "  " + String.join("\n  ", expected) + "\nthen run:\n");
        assertThat(Files.readString(written.resolve("ci-notify.yaml")))
                .contains(
                        "from Prow's plugin configuration (1 file) and 6 jobs.",
                        "hosts: [prow.harbour.example, http://prow.internal:8080]  # from plank.job_url_prefix_config\n",
                        "buckets: [harbour-logs, s3://harbour-private-logs]  # from default decoration configs\n",
                        "logins: ['harbour-prow[bot]']\n",
                        "annotationPrefix: ci-notify.prow.harbour.example\n",
                        "  harbour-private: private  # from deck.hidden_repos\n",
                        "    harbour/crane: docks  # 2 of 3 jobs have this SIG, 1 none\n",
                        "  #   harbour/charts: SIG  # 1 job; no plugin is enabled there\n",
                        "  #   harbour-private/keys: SIG  # 1 job\n")
                .doesNotContain("%");
        assertThat(written.resolve("sigs.yaml")).hasSameTextualContentAs(Path.of(SMALL, "sigs.yaml"));

        Terminal.Result before = check(written);
        assertThat(before.code()).isEqualTo(1);
        assertThat(before.problems().subList(0, 3)).isEqualTo(expected);
        assertThat(before.problems()).hasSize(4).last().asString().startsWith("warning: group.md:8: somebody");
        assertThat(before.out())
                .contains("66 % of 6 jobs have a SIG, 33 % have only the default, none; 2 repositories have none:"
                        + " harbour-private/keys, harbour/charts\n")
                .doesNotContain("valid");

        replace(written.resolve("ci-notify.yaml"), "https://s3.example.org  # CHANGE", "https://s3.harbour.example  #");
        replace(written.resolve("group.md"), "CHANGE: one row", "One row");
        replace(
                written.resolve("group.md"),
                "[somebody](https://github.com/somebody)",
                "[Noa](https://github.com/noa)");
        replace(written.resolve("group.md"), "| UTC |", "| Asia/Jerusalem |");
        Terminal.Result after = check(written, "--strict");
        assertThat(after.problems()).isEmpty();
        assertThat(after.code()).isZero();
        assertThat(after.out()).endsWith("the configuration is valid\n");
    }

    @Test
    void whatOptionsStateNeedsNoChange() throws Exception {
        Path written = folder.resolve("config");
        Terminal.Result result = init(
                written,
                "--host",
                "prow.harbour.example",
                "--bucket",
                "harbour-logs",
                "--member",
                "noa",
                "--member",
                "tui");

        assertThat(result.out())
                .contains("wrote " + written.resolve("ci-notify.yaml"), "ci-notify check-config --config " + written)
                .doesNotContain("change before");
        assertThat(Files.readString(written.resolve("group.md")))
                .contains(
                        "| [noa](https://github.com/noa) | Mon-Fri | UTC | Primary | Primary |\n",
                        "| [tui](https://github.com/tui) | Mon-Fri | UTC | Secondary | Secondary |\n");
        assertThat(check(written).code()).isZero();
        assertThat(written.resolve("ci-notify.schema.json"))
                .hasSameTextualContentAs(Path.of("config/ci-notify.schema.json"));
        JsonNode generator = new YAMLMapper()
                .readTree(written.resolve("kustomization.yaml").toFile())
                .at("/configMapGenerator/0");
        assertThat(generator.path("name").asText()).isEqualTo("ci-notify-config");
        assertThat(generator.path("files")).isNotEmpty().allSatisfy(file -> assertThat(written.resolve(file.asText()))
                .exists());
    }

    @Test
    void wordsInJobNamesAreNoSigsButFoldersAre() throws Exception {
        Path written = folder.resolve("config");
        Terminal.Result result = init(written);

        assertThat(result.out())
                .contains("  sigs.yaml: tides (folders sig-* of the job configuration; --sigs replaces them)");
        assertThat(Files.readString(written.resolve("sigs.yaml")))
                .contains(
                        "# Names of jobs have these words after \"sig-\"; which of them are SIGs is not known: docks (2 jobs),"
                                + " unknown (1 job)\n",
                        "- name: tides\n")
                .doesNotContain("- name: docks", "- name: unknown");
    }

    @Test
    void manyPluginFilesAreReadAsOne() throws Exception {
        for (int index = 0; index < 300; index++) {
            Path repository = Files.createDirectories(folder.resolve("plugins/harbour/r" + index));
            Files.writeString(
                    repository.resolve("_pluginconfig.yaml"),
                    index % 2 == 0
                            ? "plugins: {harbour/r%d: {plugins: [lgtm]}}%n".formatted(index)
                            : "external_plugins: {harbour/r%d: [{name: ci-notify}]}%n".formatted(index));
            Files.writeString(repository.resolve("_prowconfig.yaml"), "tide: [");
        }
        Path more = Files.writeString(folder.resolve("_plugins.yaml"), "plugins: {}\n");
        Path jobs = Files.createDirectory(folder.resolve("jobs"));
        Files.writeString(jobs.resolve("all.yaml"), """
            presubmits:
              harbour/r2: [{name: a}]
              harbour/r3: [{name: b}]
              harbour/other: [{name: c}]
            """);

        Terminal.Result result = Terminal.run(
                "init",
                "--config",
                folder.resolve("config").toString(),
                "--plugin-config",
                folder.resolve("plugins").toString(),
                more.toString(),
                "--job-config-path",
                jobs.toString());

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("hook sends no events of harbour/other, harbour/r2: add");
        assertThat(Files.readString(folder.resolve("config/ci-notify.yaml")))
                .contains(
                        "(301 files) and 3 jobs",
                        "harbour/r2: SIG  # 1 job\n",
                        "harbour/r3: SIG  # 1 job\n",
                        "harbour/other: SIG  # 1 job; no plugin is enabled there\n");
    }

    @Test
    void anExistingConfigurationIsShownAsADiff() throws Exception {
        Path written = folder.resolve("config");
        init(written, "--host", "prow.old.example", "--bucket", "old-logs", "--member", "noa");
        String mine = Files.readString(written.resolve("ci-notify.yaml"))
                .replace("hosts: [prow.old.example]", "hosts:  # mine\n    - prow.old.example")
                .replace("# Missing runs", "# My comment on missing runs");
        Files.writeString(written.resolve("ci-notify.yaml"), mine);
        String[] options = {"--config-file", SMALL + "/config.yaml", "--sigs", SMALL + "/sigs.yaml"};

        Terminal.Result shown = init(written, options);

        assertThat(shown.code()).isEqualTo(3);
        assertThat(shown.out())
                .contains(
                        "--- " + written.resolve("ci-notify.yaml") + "\n",
                        "     - prow.old.example\n-  buckets: [old-logs]\n+    - prow.harbour.example\n",
                        "+    - http://prow.internal:8080\n+  buckets: [old-logs, harbour-logs, s3://harbour-private-logs]\n",
                        "+  harbour-private: private  # from deck.hidden_repos\n",
                        "--- " + written.resolve("sigs.yaml") + "\n")
                .endsWith("sigs.yaml changes: run init again afterwards, for the repositories of its SIGs\n"
                        + "nothing was written; apply this with --write\n");
        assertThat(written.resolve("ci-notify.yaml")).hasContent(mine);

        List<String> more = new ArrayList<>(List.of(options));
        more.add("--write");
        assertThat(init(written, more.toArray(String[]::new)).code()).isZero();
        assertThat(written.resolve("ci-notify.yaml")).content().contains("# My comment on missing runs");

        Terminal.Result sigs = init(written, options);
        assertThat(sigs.out())
                .as("the new sigs.yaml gives jobs a SIG")
                .contains("+  repositories:\n+    harbour/crane: docks  # 2 of 3 jobs have this SIG, 1 none\n");
        init(written, more.toArray(String[]::new));
        Terminal.Result again = init(written, options);
        assertThat(again.out()).isEqualToNormalizingNewlines(written + " needs no change\n");
        assertThat(again.code()).isZero();
        assertThat(check(written).code()).isZero();
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
                SMALL + "/plugins.yaml",
                "--job-config-path",
                SMALL + "/jobs"));
        typed.addAll(List.of(more));
        return Terminal.run(typed.toArray(String[]::new));
    }

    private static Terminal.Result check(Path folder, String... more) {
        List<String> typed = new ArrayList<>(
                List.of("check-config", "--config", folder.toString(), "--job-config-path", SMALL + "/jobs"));
        typed.addAll(List.of(more));
        return Terminal.run(typed.toArray(String[]::new));
    }

    private static void replace(Path file, String piece, String other) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(piece);
        Files.writeString(file, text.replace(piece, other));
    }
}
