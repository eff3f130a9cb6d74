// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.prow.Job.JobTrigger;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobConfigFileTest {

    private static final Repository MACHINES = Repository.of("example/machines");

    private JobConfigFile file;

    @BeforeEach
    void readTheSample() throws IOException {
        try (InputStream stream = Objects.requireNonNull(getClass().getResourceAsStream("/prow/jobs.yaml"))) {
            file = JobConfigFile.parse("jobs.yaml", stream.readAllBytes());
        }
    }

    @Test
    void everyJobIsReadInOrderAndUnknownKeysAreIgnored() {
        assertThat(file.problems()).isEmpty();
        assertThat(file.jobs())
                .extracting(Job::name)
                .containsExactly(
                        "pull-machines-unit",
                        "pull-machines-unit",
                        "pull-machines-e2e",
                        "push-machines-images",
                        "publish-machines-docs",
                        "periodic-machines-e2e",
                        "periodic-livez");
    }

    @Test
    void aJobOfJenkinsMayHaveFoldersInItsName() {
        JobConfigFile read = JobConfigFile.parse("jobs.yaml", """
            presubmits:
              pingcap/tidb:
              - name: pingcap/tidb/release-8.5/pull_build
                agent: jenkins
            """);

        assertThat(read.problems()).isEmpty();
        assertThat(read.jobs()).extracting(Job::name).containsExactly("pingcap/tidb/release-8.5/pull_build");
    }

    @Test
    void aPresubmitGetsItsMergedFields() {
        Job job = file.jobs().getFirst();
        assertThat(job.type()).isEqualTo(JobType.PRESUBMIT);
        assertThat(job.repository()).isEqualTo(MACHINES);
        assertThat(job.cluster()).isEqualTo("control-plane");
        assertThat(job.labels()).isEqualTo(Map.of("preset-credentials", "true"));
        assertThat(job.context()).isEqualTo("pull-machines-unit");
        assertThat(job.trigger()).isEqualTo(new JobTrigger(true, false, false, false, null, null, null));
        assertThat(job.lane()).hasToString("example/machines pull-machines-unit");
        assertThat(job.line()).isEqualTo(9);
        assertThat(job.file()).isEqualTo("jobs.yaml");
    }

    @Test
    void theEnvironmentHoldsValuesAsProwReadsThemAndTheFirstContainerWins() {
        assertThat(file.jobs().getFirst().env()).isEqualTo(Map.of("TARGET", "sig-compute", "GO_VERSION", "1.3"));
    }

    @Test
    void ownFieldsWinOverMergedOnes() {
        Job job = file.jobs().get(1);
        assertThat(job.cluster()).isEqualTo("workloads");
        assertThat(job.optional()).isTrue();
        assertThat(job.context()).isEqualTo("pull-machines-unit-release");
        assertThat(job.branches().included()).containsExactly("release-\\d+\\.\\d+");
    }

    @Test
    void aJobIsRequiredIfItReportsAndIsNotOptional() {
        assertThat(file.jobs())
                .filteredOn(Job::isRequired)
                .singleElement()
                .isSameAs(file.jobs().getFirst());
    }

    @Test
    void prowsDefaultsApply() {
        Job e2e = file.jobs().get(2);
        assertThat(e2e.cluster()).isEqualTo("default");
        assertThat(e2e.trigger().alwaysRun()).isFalse();
        assertThat(e2e.trigger().runIfChanged()).isTrue();
        assertThat(e2e.branches().skipped()).containsExactly("release-.*");
        assertThat(e2e.skipReport()).isTrue();
        assertThat(e2e.maxConcurrency()).isEqualTo(11);
        assertThat(file.jobs().get(3).trigger().alwaysRun())
                .as("a postsubmit always runs")
                .isTrue();
        assertThat(file.jobs().get(4).trigger().alwaysRun())
                .as("unless it depends on changed files")
                .isFalse();
    }

    @Test
    void aPeriodicBelongsToItsFirstExtraRef() {
        Job e2e = file.jobs().get(5);
        assertThat(e2e.repository()).isEqualTo(MACHINES);
        assertThat(e2e.trigger().cron()).isEqualTo("@monthly");
        assertThat(e2e.annotations()).containsEntry("testgrid-num-failures-to-alert", "1");
        assertThat(e2e.labels()).containsEntry("vgpu", "true");
        Job livez = file.jobs().get(6);
        assertThat(livez.repository()).isNull();
        assertThat(livez.trigger().interval()).isEqualTo(Duration.ofMinutes(90));
        assertThat(livez.trigger().minimumInterval()).isEqualTo(Duration.ofMinutes(10));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        cluster: a                   | "name" of a job
        name: ''                     | "name" of a job
        name: a/b                    | "name" of a job
        {name: a/b, agent: kubernetes} | "name" of a job
        {name: /a, agent: jenkins}   | "name" of a job
        {name: a/, agent: jenkins}   | "name" of a job
        {name: a/../b, agent: jenkins} | "name" of a job
        name: [a]                    | "name" of a job
        """)
    void aJobWithoutAUsableNameIsLeftOutWithItsLine(String entry, String problem) {
        JobConfigFile read =
                parse("periodics:\\n- name: good\\n- " + entry.replace("''", "\"\"") + "\\n- name: other\\n");
        assertThat(read.jobs()).extracting(Job::name).containsExactly("good", "other");
        assertThat(read.problems()).singleElement().satisfies(found -> {
            assertThat(found.problem()).contains(problem);
            assertThat(found.line()).isEqualTo(3);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        optional: maybe         | "optional" of a job has an invalid value    | true or false
        interval: daily         | "interval" of a job has an invalid value    | a duration such as 24h
        cron: nightly           | "cron" of a job has an invalid value        | a cron schedule such as
        max_concurrency: many   | "max_concurrency" of a job has an invalid value          | a number
        branches: main          | "branches" of a job has an invalid value    | a list of texts
        branches: [[main]]      | "branches" of a job has an invalid value    | a list of texts
        branches: ["("]         | "branches" of a job has an invalid value    | RE2 patterns
        skip_branches: ["(?=a)"] | "skip_branches" of a job has an invalid value           | RE2 patterns
        labels: [a]             | "labels" of a job has an invalid value      | a mapping of texts
        labels: {a/b: [c]}      | "labels/a/b" of a job has an invalid value  | text
        cluster: {a: b}         | "cluster" of a job has an invalid value     | text
        """)
    void anInvalidValueInAJobIsReportedWithItsLineAndTheJobStays(String entry, String problem, String hint) {
        JobConfigFile read = parse("presubmits:\\n  a/b:\\n  - name: good\\n    " + entry + "\\n");
        assertThat(read.jobs()).extracting(Job::name).containsExactly("good");
        assertThat(read.problems()).singleElement().satisfies(found -> {
            assertThat(found.problem()).contains(problem);
            assertThat(found.hint()).contains(hint);
            assertThat(found.line()).isEqualTo(4);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        [a]                          | 1 | the file is not a mapping
        word                         | 1 | the file is not a mapping
        presubmits: [a]              | 1 | invalid value
        presubmits:\\n  a: [{name: b}] | 2 | "a" is not of the form org/repo
        presubmits:\\n  a/b: {c: d}  | 2 | invalid value
        presubmits:\\n  a/b: [word]  | 2 | a job is not a mapping
        periodics: {a: b}            | 1 | invalid value
        periodics: [                 | 1 | not valid YAML
        """)
    void aFileOfAnotherShapeIsReportedWithItsLine(String text, int line, String problem) {
        JobConfigFile read = parse(text);
        assertThat(read.jobs()).isEmpty();
        assertThat(read.problems()).singleElement().satisfies(found -> {
            assertThat(found.problem()).contains(problem);
            assertThat(found.line()).isEqualTo(line);
        });
    }

    @ParameterizedTest
    @CsvSource({"''", "'presubmits:'", "'presubmits:\\n  a/b:'", "'presets: []'"})
    void aFileWithoutJobsHasNoProblem(String text) {
        assertThat(parse(text).problems()).isEmpty();
        assertThat(parse(text).jobs()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        periodics:\\n- {name: a}\\n---\\n                          | a
        ---\\nperiodics:\\n- {name: a}\\n---\\nperiodics: [{name: b}] | a
        periodics:\\n- {name: a}\\n...\\n[                      | a
        periodics:\\n- {name: b, name: a}                      | a
        periodics: [{name: b}]\\nperiodics: [{name: a}]        | a
        BOMperiodics:\\n- {name: a}                          | a
        periodics:\\r\\n- name: a\\r\\n- name: b\\r\\n            | a b
        periodics:\\n- name:\\ta\\t\\n  cluster: b\\t# c\\n        | a
        x: &x {name: b}\\nperiodics: [{name: c, <<: *x}, {<<: *x, name: a}] | b a
        presubmits:\\n  https://g-review.example.org/a/b:\\n  - name: a | a
        presubmits: {a: [], b: null, c/d: [{name: a}]}        | a
        """)
    void whatProwAcceptsIsNoProblem(String text, String names) {
        JobConfigFile read = parse(text.replace("BOM", "\uFEFF"));
        assertThat(read.problems()).isEmpty();
        assertThat(read.jobs()).extracting(Job::name).containsExactly(names.split(" "));
    }

    @Test
    void aGerritRepositoryHasItsHostAsOrgWithOrWithoutTheScheme() {
        JobConfigFile read = parse(
                "presubmits:\\n  https://g-review.example.org/a/b: [{name: a}]\\n  g-review.example.org/a/b: [{name: b}]\\n");
        assertThat(read.jobs())
                .extracting(Job::repository)
                .containsOnly(new Repository("https://g-review.example.org", "a/b"));
    }

    @Test
    void anEmptyPatternOfChangedFilesIsNone() {
        Job job = parse("postsubmits:\\n  a/b: [{name: a, run_if_changed: ''}]\\n")
                .jobs()
                .getFirst();
        assertThat(job.trigger().alwaysRun()).isTrue();
        assertThat(job.trigger().runIfChanged()).isFalse();
    }

    @Test
    void presetsGiveTheirVariablesToJobsWithAllTheirLabels() {
        JobConfigFile jobs = parse("""
            presets:
            - labels: {preset-target: "true"}
              env: [{name: TARGET, value: storage}, {name: VERSION, value: 1.30}]
            - labels: {preset-target: "true", other: "1"}
              env: [{name: OTHER, value: x}]
            - env: [{name: ALL, value: v}]
            periodics:
            - {name: none}
            - {name: one, labels: {preset-target: "true"}, spec: {containers: [{env: [{name: TARGET, value: own}]}]}}
            - {name: two, labels: {preset-target: "true", other: "1", missing-preset: "true"}}
            - {name: differs, labels: {preset-target: "false"}}
            """);
        JobConfig config = JobConfig.of(
                List.of(jobs), List.of(new ProwSettings.Preset(Map.of("other", "1"), Map.of("CENTRAL", "z"), 1)));

        assertThat(config.problems()).isEmpty();
        assertThat(config.all())
                .extracting(Job::env)
                .containsExactly(
                        Map.of("ALL", "v"),
                        Map.of("ALL", "v", "TARGET", "own", "VERSION", "1.3"),
                        Map.of("ALL", "v", "TARGET", "storage", "VERSION", "1.3", "OTHER", "x", "CENTRAL", "z"),
                        Map.of("ALL", "v"));
    }

    /** Each round damages one random job of twelve in one of these ways. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "    optional: [",
                "    optional: \"",
                "\tcluster: a",
                "cluster: a",
                "  cluster: a",
                "      - deep",
                "    a: b: c",
                "    a: *unknown",
                "    <<: word",
                "    ? [a]",
                "labels: x",
                "    a: }",
                "   - name: half",
                "    @",
                "    a: \u0001",
                "<<<<<<< HEAD",
                "    a: &b",
                "    : :",
                "    a: {b",
                "    max_concurrency: many"
            })
    void aDamagedJobLeavesTheOthers(String damage) {
        Random random = new Random(damage.hashCode());
        for (int round = 0; round < 6; round++) {
            int damaged = random.nextInt(12);
            StringBuilder text = new StringBuilder();
            for (int job = 0; job < 12; job++) {
                text.append(
                        job % 4 != 0
                                ? ""
                                : job == 8 ? "periodics:\n" : job == 0 ? "presubmits:\n  a/b:\n" : "  c/d:\n");
                String body = "  - name: job-" + job
                        + "\n    labels:\n      a: b\n    spec:\n      containers:\n      - image: x\n";
                int at = job == damaged ? body.indexOf("\n", random.nextInt(body.length() - 1)) + 1 : 0;
                text.append(body, 0, at)
                        .append(job == damaged ? damage + "\n" : "")
                        .append(body.substring(at));
            }
            JobConfigFile read = JobConfigFile.parse("jobs.yaml", text.toString());

            assertThat(read.jobs())
                    .as(text.toString())
                    .extracting(Job::name)
                    .containsAll(IntStream.range(0, 12)
                            .filter(job -> job != damaged)
                            .mapToObj(job -> "job-" + job)
                            .toList());
            int first = 1 + damaged * 6 + 2 * (1 + Math.min(damaged / 4, 1));
            assertThat(read.problems()).as(text.toString()).allSatisfy(problem -> assertThat(problem.line())
                    .isBetween(first - 4, first + 8));
        }
    }

    @Test
    void unusedPodSpecificationsAreBlankedAndTheRestStays() {
        String text = """
            periodics:
            - name: a
              description: |
                spec:
                  value: none
              spec:
                containers:
                - env:
                  - valueFrom: x
              # comment
              labels: {a: b}
            - name: b
              spec: &pod
                containers: []
            - name: c
              spec:
                <<: *pod
            - name: d
              spec:
                containers: [{env: [{name: TARGET, value: x}]}]
            """;
        assertThat(PodSpecs.blankUnused(text))
                .isEqualTo(
                        text.replace("    containers:\n    - env:\n      - valueFrom: x\n  # comment\n", "\n\n\n\n"));
        assertThat(JobConfigFile.parse("jobs.yaml", text).jobs().getFirst().labels())
                .isEqualTo(Map.of("a", "b"));
        assertThat(JobConfigFile.parse("jobs.yaml", text).jobs().getLast().line())
                .isEqualTo(18);
    }

    @Test
    void aFileThatIsNotTextIsAProblem() {
        assertThat(JobConfigFile.parse("jobs.yaml", new byte[] {(byte) 0xff, 1}).problems())
                .containsExactly(ConfigProblem.ofFile("jobs.yaml", "the file is not UTF-8 text", "save it as UTF-8"));
        assertThat(JobConfigFile.parse("jobs.yaml", "periodics: []".getBytes(StandardCharsets.UTF_8))
                        .problems())
                .isEmpty();
    }

    private static JobConfigFile parse(String text) {
        return JobConfigFile.parse("jobs.yaml", text.translateEscapes());
    }
}
