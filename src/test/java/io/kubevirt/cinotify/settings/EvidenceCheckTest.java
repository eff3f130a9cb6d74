/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.document.Problem;
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

class EvidenceCheckTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "nodeArea: metal | \"metal\" is not an area",
                "setupArea: metal | \"metal\" is not an area",
                "endpoint: storage.example.org | is not the address of an object store",
                "endpoint: 'https://user@x.example.org' | is not the address of an object store",
                "breadth: {lanes: 1} | lanes is 1, but at least 2 makes sense; write 5, or leave it out",
                "breadth: {near: 0s} | near is no time above zero; write 1h30m, or leave it out",
                "breadth: {forgotten: 21 days} | \"21 days\" is not a time; write it as 24h, 30m or 1h30m",
                "breadth: {pull: 3} | unknown key \"pull\"; did you mean \"pulls\"?",
                "testLanes: '(?=x)' | not an RE2 pattern",
                "log: {rules: [{name: a, patterns: [x], matches: [y], cause: test, words: w}]} | rule \"a\" does not take its example, but none does",
                "log: {rules: [{name: n, kind: noise, patterns: [x], matches: [x]}, {name: a, patterns: [x], matches: [x], cause: test, words: w}]} | rule \"a\" does not take its example, but rule \"n\" does",
                "log: {rules: [{name: a, patterns: [x], matches: [x], spares: [xy], cause: test, words: w}]} | rule \"a\" takes a line that it must leave alone",
                "log: {rules: [{name: a, patterns: [x], matches: [x]}]} | rule \"a\" decides, but does not say what",
                "log: {rules: [{name: a, patterns: [x], matches: [], cause: test, words: w}]} | rule \"a\" has no example",
                "log: {rules: [{name: a, patterns: [], matches: [x], cause: test, words: w}]} | rule \"a\" has no pattern",
                "log: {rules: [{name: a, patterns: [x], matches: [x], cause: test, words: w, area: metal}]} | \"metal\" is not an area",
                "log: {rules: [{name: a, patterns: [x], matches: [x], cause: test, words: w, sig: nobody}]} | \"nobody\" is not a SIG",
                "log: {rules: [{name: a, kind: nois, patterns: [x], matches: [x]}]} | did you mean \"noise\"?",
                "log: {rules: [{name: a, kind: noise, patterns: [x], matches: [x]}, {name: a, kind: noise, patterns: [y], matches: [y]}]} | two rules are called \"a\"",
            })
    void aSlipInEvidenceIsToldWithItsLine(String content, String told) throws IOException {
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
    void aSlipInAKnownIssueIsTold(String slip, String told) throws IOException {
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
        assertThat(new SettingsLoader(Path.of("config"), null)
                        .load()
                        .file()
                        .evidence()
                        .log()
                        .rules())
                .hasSizeGreaterThan(15);
    }

    private List<Problem> problems(String section) throws IOException {
        SettingsFolder settings = SettingsFolder.in(folder);
        Path file = settings.path().resolve("ci-notify.yaml");
        Files.writeString(file, "\n" + section, StandardOpenOption.APPEND);
        InvalidDocument invalid =
                catchThrowableOfType(InvalidDocument.class, () -> new SettingsLoader(settings.path(), null).load());
        return invalid == null ? List.of() : invalid.problems();
    }
}
