// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.suspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class CompareAnswerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode answer = JSON.createObjectNode().put("status", "ahead");
    private final ArrayNode commits = answer.putArray("commits");
    private String parent = "base";

    private void commit(String sha, String message) {
        ObjectNode commit = commits.addObject().put("sha", sha);
        commit.putArray("parents").addObject().put("sha", parent);
        commit.putObject("commit")
                .put("message", message)
                .putObject("committer")
                .put("date", "2026-03-02T10:00:00Z");
        commit.putObject("author").put("login", "dev");
        parent = sha;
    }

    private CompareAnswer parse() {
        return CompareAnswer.parse(answer, "org/repo", "main");
    }

    @Test
    void numbersComeFromMergesAndSquashesNotFromRebases() {
        commit("a", "Merge pull request #12 from dev/x\n\nThe title");
        commit("b", "Squashed change (#13)\n\nbody");
        commit("c", "rebased");

        assertThat(parse().merges())
                .extracting(MergedPull::number, MergedPull::title, MergedPull::author)
                .containsExactly(
                        tuple(12, "The title", ""), tuple(13, "Squashed change", "dev"), tuple(0, "rebased", "dev"));
    }

    @Test
    void aLongTitleIsCutBetweenCharacters() {
        commit("a", "\ud83d\ude00".repeat(1_000) + " (#1)");

        assertThat(parse().merges().getFirst().title()).isEqualTo("\ud83d\ude00".repeat(300));
    }

    @Test
    void moreThan250CommitsAreNotComplete() {
        for (int index = 0; index < 250; index++) {
            commit("c" + index, "change (#" + (index + 1) + ")");
        }
        assertThat(parse().complete()).isTrue();

        answer.put("total_commits", 251);
        assertThat(parse().complete()).isFalse();
        assertThat(parse().merges()).hasSize(250);
    }

    @Test
    void afterAForcePushThereIsNoRange() {
        commit("a", "x (#1)");
        answer.put("status", "diverged");

        assertThat(parse().isAncestor()).isFalse();
    }

    @Test
    void theFilesOfARangeBelongToItsOnlyChange() {
        commit("a", "x (#1)");
        ArrayNode files = answer.putArray("files");
        files.addObject().put("filename", "pkg/a.go");
        assertThat(parse().merges().getFirst().paths()).containsExactly("pkg/a.go");

        for (int index = 0; index < 300; index++) {
            files.addObject().put("filename", "vendor/" + index);
        }
        assertThat(parse().merges().getFirst().allPaths()).isFalse();

        commit("b", "y (#2)");
        assertThat(parse().merges()).allMatch(pull -> pull.paths().isEmpty());
    }

    @Test
    void nonsenseIsEmpty() {
        assertThat(CompareAnswer.parse(JSON.createArrayNode(), "org/repo", "main")
                        .merges())
                .isEmpty();
    }
}
