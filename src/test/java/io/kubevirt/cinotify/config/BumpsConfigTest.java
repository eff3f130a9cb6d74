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

/** The block {@code bumps}. */
class BumpsConfigTest {

    private static final String FILE = "ci-notify.yaml";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {name: a, author: [bot]}                              | class "a" matches every pull request of its authors | add head or title
        {name: a, author: [], title: x}                       | class "a" has no author                        | add the logins
        {name: ' ', author: [bot], title: x}                  | bumps.classes[0].name: is empty                | give the class a name
        {name: a, author: [bot], title: x, interval: 2d}         | "2d" is not a duration                      | write it as 24h
        {name: a, author: [bot], title: x, usualDuration: 0s}       | usualDuration: must be longer than 0s    | use a duration
        {name: a, author: [bot], title: x, area: suport}      | unknown area "suport"                          | did you mean "support"?
        {name: a, author: [bot], title: x, sig: nowhere}      | unknown SIG "nowhere"                          | use one of sigs.yaml
        {name: a, author: [bot], title: '(?=x)'}              | title                                          | (?=
        {name: a, author: [bot], title: x, repositories: {infra: {}}}             | "infra" is not a repository | write it as org/repo
        {name: a, author: [bot], title: x, repositories: {o/r: {area: suport}}}   | unknown area "suport"       | did you mean "support"?
        {name: a, author: [bot], title: x, repositories: {o/r: {sig: nowhere}}}   | unknown SIG "nowhere"       | use one of sigs.yaml
        {name: a, author: [bot], title: x, repositories: {o/r: {interval: 2h}}}   | interval                       | needsHuman
        {name: a, author: [bot], titel: x}                    | titel                                          | title
        """)
    void invalidClassesAreReportedWithLineAndHint(String entry, String problem, String hint, @TempDir Path folder)
            throws IOException {
        ConfigFixture settings = ConfigFixture.in(folder.resolve("config"));
        Path file = settings.path().resolve(FILE);
        settings.write(
                FILE, Files.readString(file) + "\nbumps:\n  area: operations\n  classes:\n    - " + entry + "\n");

        assertThat(settings.problems())
                .anySatisfy(reported ->
                        assertThat(reported).contains(problem).contains(hint).containsPattern(FILE + ":\\d+"));
    }

    @Test
    void twoClassesWithOneNameAreRefusedBecausePullRequestsAreStoredWithIt(@TempDir Path folder) throws IOException {
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
                .contains(FILE + ":" + (lines + 7), "another class has the name \"updates\" (line " + (lines + 5) + ")")
                .contains("give each class a unique name");
    }
}
