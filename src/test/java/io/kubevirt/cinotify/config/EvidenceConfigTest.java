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
                "nodeArea: metal | \"metal\" is not an area",
                "setupArea: metal | \"metal\" is not an area",
                "endpoint: storage.example.org | is not the URL of an object store",
                "endpoint: 'https://user@x.example.org' | is not the URL of an object store",
                "breadth: {lanes: 1} | lanes is 1, but at least 2 makes sense; write 5, or leave it out",
                "breadth: {near: 0s} | near is no time above zero; write 1h30m, or leave it out",
                "breadth: {forgotten: 21 days} | \"21 days\" is not a time; write it as 24h, 30m or 1h30m",
                "breadth: {pull: 3} | unknown key \"pull\"; did you mean \"pulls\"?",
                "testLanes: '(?=x)' | not an RE2 pattern",
                "log: {rules: [{name: a, patterns: [x], matches: [y], cause: test, words: w}]} | rule \"a\" does not"
                        + " take its example, but none does",
                "log: {rules: [{name: n, kind: noise, patterns: [x], matches: [x]}, {name: a, patterns: [x], matches:"
                        + " [x], cause: test, words: w}]} | rule \"a\" does not take its example, but rule \"n\" does",
                "log: {rules: [{name: a, patterns: [x], matches: [x], spares: [xy], cause: test, words: w}]} | rule"
                        + " \"a\" takes a line that it must leave alone",
                "log: {rules: [{name: a, patterns: [x], matches: [x]}]} | rule \"a\" decides, but does not say what",
                "log: {rules: [{name: a, patterns: [x], matches: [], cause: test, words: w}]} | rule \"a\" has no"
                        + " example",
                "log: {rules: [{name: a, patterns: [], matches: [x], cause: test, words: w}]} | rule \"a\" has no"
                        + " pattern",
                "log: {rules: [{name: a, patterns: [x], matches: [x], cause: test, words: w, area: metal}]} |"
                        + " \"metal\" is not an area",
                "log: {rules: [{name: a, patterns: [x], matches: [x], cause: test, words: w, sig: nobody}]} |"
                        + " \"nobody\" is not a SIG",
                "log: {rules: [{name: a, kind: nois, patterns: [x], matches: [x]}]} | did you mean \"noise\"?",
                "log: {rules: [{name: a, kind: noise, patterns: [x], matches: [x]}, {name: a, kind: noise, patterns:"
                        + " [y], matches: [y]}]} | two rules are called \"a\"",
            })
    void invalidEvidenceIsReportedWithItsLine(String content, String told) throws IOException {
        assertThat(problems("evidence:\n  " + content + "\n")).anySatisfy(problem -> {
            assertThat(problem.toString()).contains(told);
            assertThat(problem.line()).isNotNull();
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "until: 2026-12-24 | known issues are called",
                "until: soon | not a date",
                "link: somewhere | is not a link",
                "pattern: 'x*' | it matches every failure",
                "build: https://other.example.org/x | is not the page of a run that the settings trust",
                "until: | until",
            })
    void anInvalidKnownIssueIsReported(String slip, String told) throws IOException {
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
                .anySatisfy(problem -> assertThat(problem.toString()).contains(told));
    }

    @Test
    void thePresetsOwnExamplesHold() throws Exception {
        assertThat(new ConfigLoader(Path.of("config"), null)
                        .load()
                        .file()
                        .evidence()
                        .log()
                        .rules())
                .hasSizeGreaterThan(15);
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
