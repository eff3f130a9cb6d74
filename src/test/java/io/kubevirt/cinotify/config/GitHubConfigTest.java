// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.notify.github.GitHubConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitHubConfigTest {

    @TempDir
    Path folder;

    private int folders;

    private ConfigFixture with(String section) throws Exception {
        ConfigFixture settings = ConfigFixture.in(folder.resolve("config" + ++folders));
        Path file = settings.path().resolve(ConfigLoader.FILE);
        Files.writeString(file, Files.readString(file) + "\n" + section);
        return settings;
    }

    private static Config load(ConfigFixture settings) throws Exception {
        return new ConfigLoader(settings.path(), null).load();
    }

    @Test
    void withoutAGitHubBlockNothingIsPosted() throws Exception {
        assertThat(load(with("")).github()).isEqualTo(GitHubConfig.DISABLED);
    }

    @Test
    void theSectionIsRead() throws Exception {
        GitHubConfig rules = load(with("""
            links:
              - {text: history, url: "https://prow.example.org/{directory}"}
            github:
              issues: {repository: example/ci, lanes: true, labels: ["sig/{sig}"]}
              testIssues: {repository: example/thing, labels: [kind/flake, "sig/{sig}"]}
              comment: blocking
            """)).github();

        assertThat(rules.issues().repository()).isEqualTo("example/ci");
        assertThat(rules.issues().lanes()).isTrue();
        assertThat(rules.testIssues().flakes()).isEqualTo(5);
        assertThat(rules.testIssues().labelsFor("")).containsExactly("kind/flake");
        assertThat(rules.testIssues().labelsFor("network")).containsExactlyInAnyOrder("kind/flake", "sig/network");
        assertThat(rules.comments()).isEqualTo(GitHubConfig.Comments.BLOCKING);
        assertThat(rules.maxComments()).isEqualTo(5);
    }

    @Test
    void everyProblemIsReportedWithItsLine() throws Exception {
        assertThat(with("""
            links:
              - {text: history, url: "https://prow.example.org/{jobb}"}
              - {text: other, url: "prow.example.org"}
            github:
              issues: {repository: example, areaLabels: {nonsense: [x]}}
              testIssues: {repository: thing, flakes: 1, mostOpen: 101}
              mostComments: 0
            """).problems())
                .hasSize(8)
                .anyMatch(problem -> problem.contains("\"example\" is not a repository; write it as org/repo"))
                .anyMatch(problem -> problem.contains(
                        "github.testIssues.repository: \"thing\" is not a repository; write it as org/repo"))
                .anyMatch(problem -> problem.contains("github.testIssues.flakes: is 1, must be at least 2"))
                .anyMatch(problem -> problem.contains("github.testIssues.mostOpen: is 101"))
                .anyMatch(problem -> problem.contains("unknown area \"nonsense\"; use one of"))
                .anyMatch(problem -> problem.contains("github.mostComments: is 0"))
                .anyMatch(problem ->
                        problem.contains("links[0].url: unknown placeholder \"jobb\"; did you mean \"job\"?"))
                .anyMatch(problem -> problem.contains("\"prow.example.org\" is not a URL"));
        assertThat(with("github: {comment: sometimes}").problems())
                .singleElement()
                .asString()
                .contains("github.comment: \"sometimes\" is not a valid value");
    }
}
