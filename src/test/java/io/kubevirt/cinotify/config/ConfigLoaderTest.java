// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.Visibility;
import io.kubevirt.cinotify.roster.Level;
import io.kubevirt.cinotify.roster.Member;
import io.kubevirt.cinotify.roster.Roster;
import io.kubevirt.cinotify.roster.RosterCheck;
import io.kubevirt.cinotify.roster.RosterProblem;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {

    private ConfigFixture settings;

    @BeforeEach
    void writeValidConfig(@TempDir Path folder) throws Exception {
        settings = ConfigFixture.in(folder.resolve("config"));
    }

    @Test
    void thePresetIsGood() throws Exception {
        Config preset = new ConfigLoader(Path.of("config"), null).load();

        assertThat(preset.file().areas().keySet())
                .containsExactly("bare-metal", "operations", "prow", "kubevirtci", "sig-support");
        assertThat(preset.roster().members()).isNotEmpty();
        assertThat(preset.jobs().all()).as("no job configuration was given").isEmpty();
    }

    @Test
    void runPagesOnPolledDecksAreTrusted() throws Exception {
        Config loaded = new ConfigLoader(
                        settings.path(),
                        null,
                        null,
                        List.of("https://Deck.example.com:8443", "http://[::1]:8080"),
                        null)
                .load();

        String path = "/view/gs/logs/logs/nightly/1998765432109876543";
        assertThat(loaded.runUrls().read("https://deck.example.com:8443" + path).found())
                .isPresent();
        assertThat(loaded.runUrls().read("https://prow.example.org" + path).found())
                .isPresent();
        assertThat(loaded.runUrls().read("https://other.example.com" + path).found())
                .isEmpty();
    }

    @Test
    void prowsPresetsReachJobsAndHiddenRepositoriesArePrivate() throws Exception {
        Path prow = Files.createDirectory(settings.path().resolveSibling("prow"));
        Path jobs = Files.createDirectory(settings.path().resolveSibling("jobs"));
        Files.writeString(prow.resolve("config.yaml"), """
            deck: {hidden_repos: [secret, example/secret, example/shown]}
            presets:
            - {labels: {preset-target: "true"}, env: [{name: TARGET, value: ignored}]}
            presets:
            - {labels: {preset-target: "true"}, env: [{name: TARGET, value: storage}]}
            ---
            """);
        Files.writeString(jobs.resolve("jobs.yaml"), """
            presets: [{labels: {preset-more: "true"}, env: [{name: MORE, value: x}]}]
            periodics: [{name: nightly, labels: {preset-target: "true", preset-more: "true", preset-unknown: "true"}}]
            """);
        Files.writeString(
                settings.path().resolve("ci-notify.yaml"),
                "visibility: {example/shown: public}\n",
                StandardOpenOption.APPEND);

        Config loaded = new ConfigLoader(settings.path(), jobs, prow).load();

        assertThat(loaded.jobs().problems()).isEmpty();
        assertThat(loaded.jobs().all())
                .singleElement()
                .extracting(Job::env)
                .isEqualTo(Map.of("TARGET", "storage", "MORE", "x"));
        assertThat(Stream.of("secret/any", "example/secret", "example/shown", "example/other")
                        .map(Repository::of)
                        .map(loaded::visibility))
                .containsExactly(Visibility.PRIVATE, Visibility.PRIVATE, Visibility.PUBLIC, Visibility.UNKNOWN);
    }

    @Test
    void theConfigOfTheseTestsIsValid() {
        assertThat(settings.problems()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/settings-slips.csv", delimiter = '|', quoteCharacter = '`', numLinesToSkip = 1)
    void aProblemIsReportedWithLineAndHint(String what, String piece, String other, String expected) {
        settings.replace("ci-notify.yaml", piece.replace("\\n", "\n"), other == null ? "" : other.replace("\\n", "\n"));

        assertThat(settings.problems()).as(what).containsExactly(expected);
    }

    @Test
    void aRotationNeedsNoTable() throws Exception {
        settings.replace("ci-notify.yaml", "  document: group.md", """
              rotations:
              - {name: duty, zone: Europe/Berlin, start: 2026-01-05T09:00, order: [ada, adda]}
            """.stripTrailing());

        Config loaded = new ConfigLoader(settings.path(), null).load();

        assertThat(loaded.roster()
                        .status("support", Instant.parse("2026-01-06T10:00:00Z"))
                        .responsible())
                .extracting(Member::handle)
                .isEqualTo("ada");
        CompletenessCheck check = new CompletenessCheck(settings.path(), loaded);
        assertThat(check.errors())
                .extracting(ConfigProblem::problem)
                .containsExactly("prow.hosts[0]: prow.example.org is a placeholder");
        assertThat(check.warnings()).extracting(ConfigProblem::problem).contains("rotation duty: unknown handle adda");
    }

    @Test
    void thePeopleOfAnAliasHaveALevelWithoutATable() throws Exception {
        settings.replace("ci-notify.yaml", "  document: group.md", """
              aliasLevels: [{alias: maintainers, level: primary, areas: [support], zone: Asia/Kolkata}]
            """.stripTrailing());

        Config loaded = new ConfigLoader(settings.path(), null).load();

        Roster roster = loaded.roster();
        assertThat(roster.members("support", Level.PRIMARY))
                .extracting(Member::handle, member -> member.schedule().zone().written())
                .containsExactly(tuple("ada", "Europe/Berlin"), tuple("bo", "Asia/Kolkata"));
        assertThat(roster.status("support", Instant.parse("2026-01-06T05:00:00Z"))
                        .responsible())
                .extracting(Member::handle)
                .isEqualTo("bo");
        assertThat(roster.members("operations", Level.PRIMARY)).isEmpty();
        assertThat(new RosterCheck(roster, loaded.memberOverrides(), loaded.sigs(), loaded.aliases(), List.of())
                        .problems(Instant.parse("2026-01-06T05:00:00Z")))
                .extracting(RosterProblem::kind)
                .doesNotContain(RosterProblem.Kind.OVERLAP, RosterProblem.Kind.UNKNOWN_HANDLE);
    }

    @Test
    void aLevelWithoutAReadableSourceIsReported() {
        settings.replace("ci-notify.yaml", "  document: group.md", """
              aliasLevels:
                - {zone: Europe/Berlin}
                - {zone: Europe/Berlin, team: crew}
                - {zone: Europe/Berlin, alias: duty, repository: infra}
            """.stripTrailing());

        assertThat(settings.problems())
                .containsExactly(
                        "ci-notify.yaml:12: roster.aliasLevels[0]: needs one source; write one of alias and team",
                        "ci-notify.yaml:13: roster.aliasLevels[1].team: \"crew\" is not a team; use org/team, with the last"
                                + " part of its address: github.com/orgs/ORG/teams/TEAM",
                        "ci-notify.yaml:14: roster.aliasLevels[2].repository: \"infra\" is not a repository with an alias;"
                                + " use org/name, and the alias in its OWNERS_ALIASES");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/config/jobs", "./config/jobs"})
    void theFolderOfJobsBeginsAtTheTopOfTheRepository(String path) {
        settings.replace(
                "ci-notify.yaml",
                "diagnosis:\n",
                "commands: {jobs: {repository: org/repo, path: " + path + "}}\ndiagnosis:\n");

        assertThat(settings.problems())
                .containsExactly("ci-notify.yaml:20: commands.jobs.path: \"" + path
                        + "\" is not a folder from the top of the repository; write it as config/jobs, without / or . at"
                        + " its start");
    }

    @Test
    void everyProblemIsReportedAtOnceInReadingOrder() {
        settings.replace("ci-notify.yaml", "  hosts: [prow.example.org]", "  hosts: {a: b}\n  host: x");
        settings.replace("ci-notify.yaml", "      type: presubmit", "      typ: presubmit");
        settings.replace("ci-notify.yaml", "      because: a probe of a cluster\n", "");
        settings.replace("ci-notify.yaml", "      cause: infrastructure", "      cause: weather");
        settings.replace("ci-notify.yaml", "      zone: Europe/Berlin", "      zone: [Europe/Berlin, x]");

        assertThat(settings.problems())
                .containsExactly(
                        "ci-notify.yaml:2: prow.hosts: expected text, found a mapping; see docs/settings.md",
                        "ci-notify.yaml:3: unknown key \"host\"; did you mean \"hosts\"?",
                        "ci-notify.yaml:18: roster.members.ada.zone: expected text, found a list; see docs/settings.md",
                        "ci-notify.yaml:27: routing.rules[0]: \"because\" is missing; add it, see docs/settings.md",
                        "ci-notify.yaml:31: routing.rules[0].cause: \"weather\" is not one of infrastructure, setup,"
                                + " test, build, config, aborted; use one of them",
                        "ci-notify.yaml:34: unknown key \"typ\"; did you mean \"type\"?");
    }

    @Test
    void textInPlaceOfAMappingIsReported() {
        settings.write("ci-notify.yaml", """
            prow: prow.example.org
            areas: [operations]
            roster: {document: group.md, sigs: sigs.yaml, members: nobody}
            diagnosis: {areas: {config: operations}}
            routing: {rules: none, default: {sig: compute, area: operations}}
            """);

        assertThat(settings.problems())
                .containsExactly(
                        "ci-notify.yaml:1: prow: expected a mapping, found \"prow.example.org\"; see docs/settings.md",
                        "ci-notify.yaml:2: areas: expected a mapping, found a list; see docs/settings.md",
                        "ci-notify.yaml:3: roster.members: expected a mapping, found \"nobody\"; see docs/settings.md",
                        "ci-notify.yaml:5: routing.rules: expected a mapping, found \"none\"; see docs/settings.md");
    }

    @Test
    void brokenDocumentsAreReportedTogetherWithABrokenRule() {
        settings.replace("ci-notify.yaml", "      area: operations\n", "      area: operation\n");
        settings.replace("group.md", "Mon-Fri | GMT+1", "Mon-Fry | GMT+1");
        settings.replace("sigs.yaml", "sigs:", "sigs: [");
        settings.write("OWNERS_ALIASES", "aliases: 5\n");

        assertThat(settings.problems())
                .anySatisfy(line -> assertThat(line)
                        .isEqualTo("ci-notify.yaml:29: routing.rules[0].area: unknown area \"operation\"; did you"
                                + " mean \"operations\"?"))
                .anySatisfy(line -> assertThat(line).startsWith("group.md:5: ").contains("Mon-Fry"))
                .anySatisfy(line -> assertThat(line).startsWith("sigs.yaml:2: not valid YAML"))
                .anySatisfy(line -> assertThat(line).startsWith("OWNERS_ALIASES"))
                .hasSize(4);
    }

    @Test
    void missingDocumentsAreReportedTogether() throws Exception {
        for (String document : new String[] {"group.md", "sigs.yaml", "OWNERS_ALIASES"}) {
            Files.delete(settings.path().resolve(document));
        }

        assertThat(settings.problems())
                .containsExactly(
                        "DIR/OWNERS_ALIASES: there is no such file; put it there, or name another folder with --config",
                        "DIR/group.md: there is no such file; put it there, or name another folder with --config",
                        "DIR/sigs.yaml: there is no such file; put it there, or name another folder with --config");
    }

    @Test
    void aFolderWithoutConfigFileIsReported(@TempDir Path empty) throws Exception {
        Files.delete(settings.path().resolve("ci-notify.yaml"));

        assertThat(settings.problems())
                .containsExactly("DIR/ci-notify.yaml: there is no such file; put it there, or name another folder with"
                        + " --config");
    }

    @Test
    void anEmptyFileIsReported() {
        settings.write("ci-notify.yaml", "# nothing yet\n");

        assertThat(settings.problems())
                .containsExactly("ci-notify.yaml: the file is empty; start from config/ci-notify.yaml of the release");
    }

    @Test
    void aFileThatIsNoMappingIsReported() {
        settings.write("ci-notify.yaml", "- a\n- b\n");

        assertThat(settings.problems())
                .containsExactly("ci-notify.yaml:1: expected a mapping, found a list; see docs/settings.md");
    }

    @Test
    void aFileThatIsNotTextIsReported() throws Exception {
        Files.write(settings.path().resolve("ci-notify.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        assertThat(settings.problems()).containsExactly("DIR/ci-notify.yaml: is not UTF-8; save it as UTF-8");
    }

    @Test
    void aFolderInPlaceOfADocumentIsReported() throws Exception {
        Files.delete(settings.path().resolve("sigs.yaml"));
        Files.createDirectory(settings.path().resolve("sigs.yaml"));

        assertThat(settings.problems())
                .containsExactly("DIR/sigs.yaml: cannot be read; check that it is a file, and its permissions");
    }
}
