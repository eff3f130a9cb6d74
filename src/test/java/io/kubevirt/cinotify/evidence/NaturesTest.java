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
package io.kubevirt.cinotify.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.diagnosis.Confidence;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.fixture.ArtifactTree;
import io.kubevirt.cinotify.fixture.FakeArtifactStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NaturesTest {

    private final FakeArtifactStore store = new FakeArtifactStore();

    @AfterEach
    void close() {
        store.close();
    }

    @ParameterizedTest
    @EnumSource(ArtifactTree.class)
    void whatARunLeftBehindSaysWhatBrokeAndWhoseItIs(ArtifactTree nature) {
        store.holds(Visits.RUN.directory(), nature.tree());

        Diagnosis diagnosis = Visits.diagnose(Visits.read(store));

        assertThat(diagnosis.rule()).as(diagnosis.toString()).isEqualTo(nature.rule());
        assertThat(diagnosis.cause().word()).isEqualTo(nature.cause());
        assertThat(diagnosis.sig()).isEqualTo(nature.sig());
        assertThat(diagnosis.area()).isEqualTo(nature.area());
        assertThat(diagnosis.symptoms()).isNotNull();
        assertThat(diagnosis.symptoms().node()).startsWith("node0");
    }

    @ParameterizedTest
    @EnumSource(ArtifactTree.class)
    void aCopyInAFolderSaysTheSame(ArtifactTree nature, @TempDir Path folder) throws IOException {
        store.holds(Visits.RUN.directory(), nature.tree());
        for (Map.Entry<String, byte[]> file : nature.tree().entrySet()) {
            Path copy = folder.resolve(file.getKey());
            Files.createDirectories(copy.getParent());
            Files.write(copy, file.getValue());
        }

        try (EvidenceReader reader = Visits.reader(Bounds.USUAL)) {
            assertThat(Visits.diagnose(reader.read(folder))).isEqualTo(Visits.diagnose(Visits.read(store)));
        }
    }

    @Test
    void theLineThatCountsIsShownWithItsPlaceInTheViewer() {
        store.holds(Visits.RUN.directory(), ArtifactTree.CACHE.tree());

        Diagnosis diagnosis = Visits.diagnose(Visits.read(store));

        assertThat(diagnosis.symptoms().excerptUrl())
                .isEqualTo("https://prow.example.org/view/gs/artifacts/pr-logs/pull/org_repo/7/pull-e2e-sig-storage/123"
                        + "#1:build-log.txt%3A4");
        assertThat(diagnosis.symptoms().excerpt())
                .anySatisfy(line -> assertThat(line).contains("Failed to fetch blobs"))
                .noneSatisfy(line -> assertThat(line).contains("Body was not decodable"))
                .noneSatisfy(line -> assertThat(line).contains("cluster-down"));
        assertThat(diagnosis.symptoms().signature())
                .isEqualTo("cache-lost: Failed to fetch blobs because they do not exist remotely");
    }

    @Test
    void aLogWithoutAnythingToSayIsLikeNoOther() {
        store.holds(Visits.RUN.directory(), ArtifactTree.DIED.tree());
        store.holds(
                Visits.RUN.directory() + "/build-log.txt",
                Visits.bytes("make: *** [Makefile:176: cluster-down] Error 2\n"));

        Diagnosis diagnosis = Visits.diagnose(Visits.read(store));

        assertThat(diagnosis.symptoms().signature())
                .as("or all such runs were one failure")
                .isEmpty();
        assertThat(diagnosis.symptoms().excerpt()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "virt-operator is not ready after 3m12s, suite: virt-operator is not ready after <duration>",
        "no storage class <d> is there, suite: no storage class <d> is there",
        "'', ''"
    })
    void aSuiteIsKnownByWhatItSays(String says, String signature) {
        store.holds(Visits.RUN.directory(), ArtifactTree.SUITE.tree());
        store.holds(
                Visits.RUN.directory() + "/artifacts/junit.functest.xml",
                Visits.bytes("<testsuite><testcase name='[SynchronizedBeforeSuite]'><failure>"
                        + says.replace("<", "&lt;") + "</failure></testcase></testsuite>"));

        assertThat(Visits.diagnose(Visits.read(store)).symptoms().signature()).isEqualTo(signature);
    }

    @Test
    void testsAreCountedAndNamedAsOnEveryBranch() {
        store.holds(Visits.RUN.directory(), ArtifactTree.TESTS.tree());

        Evidence evidence = Visits.read(store);

        assertThat(evidence.tests())
                .isEqualTo(new TestReport(
                        java.util.List.of(
                                "[rfe_id:1][crit:high][sig-network] Services should reach a VM",
                                "[sig-network] Networking should migrate",
                                "[sig-compute]Windows should boot"),
                        3,
                        java.util.List.of("tests/x.go:880", "Timed out after 180.001s."),
                        4));
        assertThat(Visits.diagnose(evidence).trace())
                .anySatisfy(reason -> assertThat(reason).contains("2 of 3 failing tests", "others for compute (1)"));
    }

    @Test
    void whatNobodyKnowsIsCalledUnclearAndBothHandsAreShown() {
        store.holds(Visits.RUN.directory(), ArtifactTree.DIED.tree());

        Diagnosis diagnosis = Visits.diagnose(Visits.read(store));

        assertThat(diagnosis.confidence()).isEqualTo(Confidence.LOW);
        assertThat(diagnosis.trace())
                .anySatisfy(
                        reason -> assertThat(reason)
                                .isEqualTo(
                                        "unclear: either what brings its clusters up (area operations), or the change itself (SIG storage)"));
    }
}
