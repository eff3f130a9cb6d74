// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.fixture.ArtifactTree;
import io.kubevirt.cinotify.fixture.FakeArtifactStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainEvidenceTest {

    private static final String DIRECTORY =
            "pr-logs/pull/kubevirt_kubevirt/16131/pull-kubevirt-e2e-k8s-1.33-sig-storage/1993935255802744832";
    private static final String PAGE = "https://prow.ci.kubevirt.io/view/gs/kubevirt-prow/" + DIRECTORY;

    private final FakeArtifactStore store = new FakeArtifactStore("kubevirt-prow");

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void theArtifactsOfAUrlAreFetchedAndDiagnosed() throws Exception {
        store.add(DIRECTORY, ArtifactTree.CACHE.tree());

        JsonNode answer = explain("--url", PAGE, "--artifacts-endpoint", store.address());

        assertThat(answer.get("rule").textValue()).isEqualTo("cache-lost");
        assertThat(answer.get("cause").textValue()).isEqualTo("infrastructure");
        assertThat(answer.get("sig").textValue()).isEqualTo("none");
        assertThat(answer.get("area").textValue()).isEqualTo("operations");
        assertThat(answer.get("confidence").textValue()).isEqualTo("high");
        assertThat(answer.get("symptoms").get("excerptUrl").textValue()).isEqualTo(PAGE + "#1:build-log.txt%3A4");
        assertThat(answer.get("trace").toString()).contains("the build cache has lost files");
    }

    @Test
    void failingTestsGoToTheirSigInsteadOfThatOfTheLane() throws Exception {
        store.add(DIRECTORY, ArtifactTree.TESTS.tree());

        JsonNode answer = explain("--url", PAGE, "--artifacts-endpoint", store.address());

        assertThat(answer.get("sig").textValue()).isEqualTo("network");
        assertThat(answer.get("symptoms").get("failedCount").intValue())
                .as("a third one passed when it ran again")
                .isEqualTo(2);
    }

    @Test
    void aCopyOfTheArtifactsIsReadWithoutRequests(@TempDir Path folder) throws Exception {
        for (Map.Entry<String, byte[]> file : ArtifactTree.EVICTED.tree().entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }

        JsonNode answer = explain(
                "--job",
                "pull-kubevirt-e2e-k8s-1.33-sig-storage",
                "--artifacts",
                folder.toString(),
                "--artifacts-endpoint",
                store.address());

        assertThat(answer.get("area").textValue()).isEqualTo("bare-metal");
        assertThat(answer.get("symptoms").get("node").textValue()).isEqualTo("node07");
        assertThat(store.requests()).isEmpty();
    }

    @Test
    void theTextShowsTheErrorLine() {
        store.add(DIRECTORY, ArtifactTree.CACHE.tree());

        Terminal.Result result =
                Terminal.run("explain", "--output", "text", "--url", PAGE, "--artifacts-endpoint", store.address());

        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("  log     10:05:00: ERROR: tests/BUILD.bazel:43:8");
    }

    @Test
    void unusableOptionsAreReported(@TempDir Path folder) {
        Terminal.Result noStore = Terminal.run("explain", "--url", PAGE, "--artifacts-endpoint", "ftp://x");
        assertThat(noStore.code()).isEqualTo(2);
        assertThat(noStore.err()).contains("\"ftp://x\" is not the URL of an object store");

        Terminal.Result noFolder = Terminal.run(
                "explain", "--job", "x", "--artifacts", folder.resolve("none").toString());
        assertThat(noFolder.code()).isEqualTo(2);
        assertThat(noFolder.err()).contains("is not a directory");
    }

    private static JsonNode explain(String... arguments) throws Exception {
        String[] all = new String[arguments.length + 3];
        all[0] = "explain";
        all[1] = "--output";
        all[2] = "json";
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        Terminal.Result result = Terminal.run(all);
        assertThat(result.code()).as(result.err()).isZero();
        return result.json().getFirst();
    }
}
