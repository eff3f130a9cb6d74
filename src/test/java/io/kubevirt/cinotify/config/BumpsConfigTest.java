// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The section "bumps", added to a small folder of settings. */
class BumpsConfigTest {

    private static final String FILE = "ci-notify.yaml";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {name: a, author: [bot]}                              | class a takes everything that its author opens | add head or title
            {name: a, author: [], title: x}                       | class a has no author                          | name the logins
            {name: ' ', author: [bot], title: x}                  | the class has no name                          | give it one
            {name: a, author: [bot], title: x, every: 2d}         | "2d" is not a duration above zero              | write it as 168h
            {name: a, author: [bot], title: x, usually: 0s}       | "0s" is not a duration above zero              | write it as 24h
            {name: a, author: [bot], title: x, area: suport}      | "suport" is not an area                        | did you mean "support"?
            {name: a, author: [bot], title: x, sig: nowhere}      | "nowhere" is not a SIG of sigs.yaml            | known are
            {name: a, author: [bot], title: '(?=x)'}              | title                                          | (?=
            {name: a, author: [bot], title: x, repositories: {infra: {}}}             | "infra" is not a repository | write it as org/repo
            {name: a, author: [bot], title: x, repositories: {o/r: {area: suport}}}   | "suport" is not an area     | did you mean "support"?
            {name: a, author: [bot], title: x, repositories: {o/r: {sig: nowhere}}}   | "nowhere" is not a SIG      | known are
            {name: a, author: [bot], title: x, repositories: {o/r: {every: 2h}}}      | every                       | needsHuman
            {name: a, author: [bot], titel: x}                    | titel                                          | title
            """)
    void invalidClassesAreReportedWithLineAndHint(String entry, String problem, String mend, @TempDir Path folder)
            throws IOException {
        ConfigFixture settings = ConfigFixture.in(folder.resolve("config"));
        Path file = settings.path().resolve(FILE);
        settings.write(
                FILE, Files.readString(file) + "\nbumps:\n  area: operations\n  classes:\n    - " + entry + "\n");

        assertThat(settings.problems())
                .anySatisfy(told ->
                        assertThat(told).contains(problem).contains(mend).containsPattern(FILE + ":\\d+"));
    }

    @Test
    void twoClassesOfOneNameAreRefusedSinceWhatIsKeptOfAPullRequestIsThatName(@TempDir Path folder) throws IOException {
        ConfigFixture settings = ConfigFixture.in(folder.resolve("config"));
        String before = Files.readString(settings.path().resolve(FILE));
        settings.write(FILE, before + """

                bumps:
                  area: operations
                  classes:
                    - {name: updates, author: [bot], title: x, area: operations}
                    - {name: others, author: [bot], title: z}
                    - {name: updates, author: [bot], title: y}
                """);

        long lines = before.lines().count();
        assertThat(settings.problems())
                .singleElement()
                .asString()
                .contains(FILE + ":" + (lines + 7), "\"updates\" is the name of the class in line " + (lines + 5))
                .contains("give each class a name of its own");
    }
}
