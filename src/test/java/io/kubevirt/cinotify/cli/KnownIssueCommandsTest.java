// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.fixture.ArtifactTree;
import io.kubevirt.cinotify.fixture.FakeArtifactStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A known issue is active only if its pattern matches its run or example; check-config reports it otherwise. */
class KnownIssueCommandsTest {

    private static final String DIRECTORY =
            "pr-logs/pull/kubevirt_kubevirt/16131/pull-kubevirt-e2e-k8s-1.33-sig-storage/1993935255802744832";
    private static final String PAGE = "https://prow.ci.kubevirt.io/view/gs/kubevirt-prow/" + DIRECTORY;

    private final FakeArtifactStore store = new FakeArtifactStore("kubevirt-prow");

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void thePatternIsMatchedAgainstItsOwnBuild() throws Exception {
        store.add(DIRECTORY, ArtifactTree.CACHE.tree());

        assertThat(check("Missing digest", "build: " + PAGE).code()).isZero();
        assertThat(check("something else", "build: " + PAGE)).satisfies(result -> {
            assertThat(result.code()).isEqualTo(1);
            assertThat(result.err()).contains("\"cache\" is inactive", PAGE, "correct the pattern");
        });
    }

    @Test
    void anUnreadableBuildIsReportedAndIsNoProblem() throws Exception {
        store.failAll(503, Map.of());

        Terminal.Result result = check("Missing digest", "build: " + PAGE);

        assertThat(result.code()).isZero();
        assertThat(result.err()).contains("\"cache\" was not checked");
    }

    @Test
    void thePatternIsMatchedAgainstItsExample() throws Exception {
        assertThat(check("Missing digest", "example: 'Missing digest: 1'").code())
                .isZero();
        assertThat(check("Missing digest", "example: 'no digest'").err()).contains("the pattern does not match it");
        assertThat(check("Missing digest", "mute: true").err()).contains("\"cache\" has neither build nor example");
    }

    @Test
    void explainShowsTheKnownIssueAndThatNobodyIsNotified() throws Exception {
        store.add(DIRECTORY, ArtifactTree.CACHE.tree());
        write("Missing digest", "mute: true\n    example: 'Missing digest: 1'");

        JsonNode answer = Terminal.run(
                        "explain",
                        "--config",
                        folder.toString(),
                        "--url",
                        PAGE,
                        "--artifacts-endpoint",
                        store.address(),
                        "--at",
                        "2026-07-15T09:00:00Z",
                        "--output",
                        "json")
                .json()
                .getFirst();

        assertThat(answer.get("known").get("title").textValue()).isEqualTo("cache");
        assertThat(answer.get("responsible").isNull()).isTrue();
        assertThat(answer.get("trace").toString()).contains("known issue", "nobody is notified");
    }

    private Terminal.Result check(String pattern, String shows) throws Exception {
        write(pattern, shows);
        return Terminal.run("check-config", "--config", folder.toString(), "--artifacts-endpoint", store.address());
    }

    private void write(String pattern, String shows) throws Exception {
        for (String name : List.of("ci-notify.yaml", "ci-operations-group.md", "sigs.yaml", "OWNERS_ALIASES")) {
            Files.write(folder.resolve(name), Files.readAllBytes(Path.of("config", name)));
        }
        Files.writeString(folder.resolve("ci-notify.yaml"), """

            knownIssues:
              - name: cache
                pattern: %s
                owner: somebody
                link: https://example.org/1
                until: 2030-01-01
                %s
            """.formatted(pattern, shows), StandardOpenOption.APPEND);
    }
}
