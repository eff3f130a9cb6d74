// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvidenceConfigTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "nodeArea: metal | unknown area \"metal\"",
                "setupArea: metal | unknown area \"metal\"",
                "endpoint: storage.example.org | is not the URL of an object store",
                "endpoint: 'https://user@x.example.org' | is not the URL of an object store",
                "stores: [{bucket: 's3://'}] | evidence.stores[0].bucket: ",
                "stores: [{bucket: 'file://b'}] | is neither in Google Cloud Storage nor in S3; write gs:// or s3://",
                "stores: [{bucket: 's3://b', endpoint: minio}] | is not the URL of an object store",
                "stores: [{bucket: 's3://b', workloadIdentity: true}] | only gs buckets have a workload identity",
                "stores: [{bucket: b, workloadIdentity: true, credentialsFile: f}] | there is a credentials file as"
                        + " well; remove one of the two",
                "stores: [{bucket: b, credentialFile: f}] | did you mean \"credentialsFile\"?",
                "stores: [{bucket: b}, {bucket: b}] | another store has the bucket \"b\"",
                "breadth: {lanes: 1} | evidence.breadth.lanes: is 1, must be at least 2; use 2 or more",
                "breadth: {near: 0s} | evidence.breadth.near: must be longer than 0s; use a duration",
                "breadth: {newAfter: 21 days} | \"21 days\" is not a duration; write it as 24h, 30m or 1h30m",
                "breadth: {pull: 3} | unknown key \"pull\"; did you mean \"pulls\"?",
                "testLanes: '(?=x)' | not an RE2 pattern",
                "log: {rules: [{name: a, patterns: [x], matches: [y], cause: test, summary: w}]} | this line is"
                        + " matched by no rule instead of rule \"a\"",
                "log: {rules: [{name: n, kind: noise, patterns: [x], matches: [x]}, {name: a, patterns: [x], matches:"
                        + " [x], cause: test, summary: w}]} | this line is matched by rule \"n\" instead of rule \"a\"",
                "log: {rules: [{name: a, patterns: [x], matches: [x], nonMatches: [xy], cause: test, summary: w}]} |"
                        + " rule \"a\" matches this line, but must not",
                "log: {rules: [{name: a, patterns: [x], matches: [x]}]} | rule \"a\" has no cause or no summary",
                "log: {rules: [{name: a, patterns: [x], matches: [], cause: test, summary: w}]} | rule \"a\" has no"
                        + " example",
                "log: {rules: [{name: a, patterns: [], matches: [x], cause: test, summary: w}]} | rule \"a\" has no"
                        + " pattern",
                "log: {rules: [{name: a, patterns: [x], matches: [x], cause: test, summary: w, area: metal}]} |"
                        + " unknown area \"metal\"",
                "log: {rules: [{name: a, patterns: [x], matches: [x], cause: test, summary: w, sig: nobody}]} |"
                        + " unknown SIG \"nobody\"",
                "log: {rules: [{name: a, kind: nois, patterns: [x], matches: [x]}]} | did you mean \"noise\"?",
                "log: {rules: [{name: a, kind: noise, patterns: [x], matches: [x]}, {name: a, kind: noise, patterns:"
                        + " [y], matches: [y]}]} | another rule has the name \"a\"",
            })
    void invalidEvidenceIsReportedWithItsLine(String content, String expected) throws IOException {
        assertThat(problems("evidence:\n  " + content + "\n")).anySatisfy(problem -> {
            assertThat(problem.toString()).contains(expected);
            assertThat(problem.line()).isNotNull();
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "until: 2026-12-24 | another known issue has the name",
                "until: soon | not a date",
                "link: somewhere | \"somewhere\" is not a URL",
                "pattern: 'x*' | matches every failure",
                "build: https://other.example.org/x | is not the URL of a run on a trusted host",
                "until: | until",
            })
    void anInvalidKnownIssueIsReported(String slip, String expected) throws IOException {
        String key = slip.substring(0, slip.indexOf(':'));
        String good = """
              - name: a
                pattern: x
                owner: o
                link: https://example.org/1
                until: 2026-12-24
                build: https://prow.ci.kubevirt.io/view/gs/kubevirt-prow/logs/periodic/1
            """;
        String bad = good.lines()
                .map(line -> line.strip().startsWith(key + ":") ? "    " + slip : line)
                .collect(Collectors.joining("\n"));

        assertThat(problems("knownIssues:\n" + good + bad + "\n"))
                .anySatisfy(problem -> assertThat(problem.toString()).contains(expected));
    }

    @Test
    void thePresetsOwnExamplesHold() throws Exception {
        assertThat(new ConfigLoader(Path.of("config"), null)
                        .load()
                        .file()
                        .evidence()
                        .log()
                        .rules())
                .hasSizeGreaterThan(10);
    }

    private List<ConfigProblem> problems(String section) throws IOException {
        ConfigFixture settings = ConfigFixture.in(folder);
        Path file = settings.path().resolve("ci-notify.yaml");
        Files.writeString(file, "\n" + section, StandardOpenOption.APPEND);
        InvalidConfigException invalid = catchThrowableOfType(
                InvalidConfigException.class, () -> new ConfigLoader(settings.path(), null).load());
        return invalid == null ? List.of() : invalid.problems();
    }
}
