// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.artifacts.Evidence.JunitReport;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.fixture.ArtifactTree;
import io.kubevirt.cinotify.fixture.FakeArtifactStore;
import io.kubevirt.cinotify.routing.Confidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ArtifactDiagnosisTest {

    private final FakeArtifactStore store = new FakeArtifactStore();

    @AfterEach
    void close() {
        store.close();
    }

    @ParameterizedTest
    @EnumSource(ArtifactTree.class)
    void artifactsDetermineCauseAndOwner(ArtifactTree artifacts) {
        store.add(EvidenceFixture.RUN.path(), artifacts.tree());

        Diagnosis diagnosis = EvidenceFixture.diagnose(EvidenceFixture.read(store));

        assertThat(diagnosis.rule()).as(diagnosis.toString()).isEqualTo(artifacts.rule());
        assertThat(diagnosis.cause().value()).isEqualTo(artifacts.cause());
        assertThat(diagnosis.sig()).isEqualTo(artifacts.sig());
        assertThat(diagnosis.area()).isEqualTo(artifacts.area());
        assertThat(diagnosis.symptoms()).isNotNull();
        assertThat(diagnosis.symptoms().node()).startsWith("node0");
    }

    @ParameterizedTest
    @EnumSource(ArtifactTree.class)
    void aLocalCopyGivesTheSameDiagnosis(ArtifactTree artifacts, @TempDir Path folder) throws IOException {
        store.add(EvidenceFixture.RUN.path(), artifacts.tree());
        for (Map.Entry<String, byte[]> file : artifacts.tree().entrySet()) {
            Path copy = folder.resolve(file.getKey());
            Files.createDirectories(copy.getParent());
            Files.write(copy, file.getValue());
        }

        try (EvidenceReader reader = EvidenceFixture.reader(ReadLimits.DEFAULT)) {
            assertThat(EvidenceFixture.diagnose(reader.read(folder)))
                    .isEqualTo(EvidenceFixture.diagnose(EvidenceFixture.read(store)));
        }
    }

    @Test
    void theDecisiveLogLineIsShownWithALinkToIt() {
        store.add(EvidenceFixture.RUN.path(), ArtifactTree.CACHE.tree());

        Diagnosis diagnosis = EvidenceFixture.diagnose(EvidenceFixture.read(store));

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
    void aLogWithoutAFindingHasNoSignature() {
        store.add(EvidenceFixture.RUN.path(), ArtifactTree.DIED.tree());
        store.add(
                EvidenceFixture.RUN.path() + "/build-log.txt",
                EvidenceFixture.bytes("make: *** [Makefile:176: cluster-down] Error 2\n"));

        Diagnosis diagnosis = EvidenceFixture.diagnose(EvidenceFixture.read(store));

        assertThat(diagnosis.symptoms().signature())
                .as("otherwise all such runs would be one failure")
                .isEmpty();
        assertThat(diagnosis.symptoms().excerpt()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "virt-operator is not ready after 3m12s, suite: virt-operator is not ready after <duration>",
        "no storage class <d> is there, suite: no storage class <d> is there",
        "'', ''"
    })
    void aFailedSuiteIsIdentifiedByItsMessage(String message, String signature) {
        store.add(EvidenceFixture.RUN.path(), ArtifactTree.SUITE.tree());
        store.add(
                EvidenceFixture.RUN.path() + "/artifacts/junit.functest.xml",
                EvidenceFixture.bytes("<testsuite><testcase name='[SynchronizedBeforeSuite]'><failure>"
                        + message.replace("<", "&lt;") + "</failure></testcase></testsuite>"));

        assertThat(EvidenceFixture.diagnose(EvidenceFixture.read(store))
                        .symptoms()
                        .signature())
                .isEqualTo(signature);
    }

    /** A test that fails in each of its attempts is one test. */
    @ParameterizedTest
    @CsvSource({"5, 1, MEDIUM", "4, 1, HIGH", "1, 5, HIGH", "2, 3, HIGH"})
    void manyTestsWithOneMessageMayShareACause(int tests, int attempts, Confidence confidence) {
        store.add(EvidenceFixture.RUN.path(), ArtifactTree.TESTS.tree());
        String cases = IntStream.range(0, tests * attempts)
                .mapToObj(number -> "<testcase name='[sig-network] test " + number % tests
                        + "'><failure>it is not ready</failure></testcase>")
                .collect(Collectors.joining());
        store.add(
                EvidenceFixture.RUN.path() + "/artifacts/junit.functest.xml",
                EvidenceFixture.bytes("<testsuite>" + cases + "</testsuite>"));

        assertThat(EvidenceFixture.diagnose(EvidenceFixture.read(store)).confidence())
                .isEqualTo(confidence);
    }

    @Test
    void testNamesAreNormalizedAcrossBranches() {
        store.add(EvidenceFixture.RUN.path(), ArtifactTree.TESTS.tree());

        Evidence evidence = EvidenceFixture.read(store);

        JunitReport tests = evidence.tests();
        assertThat(tests.failed())
                .containsExactly(
                        "[rfe_id:1][crit:high][sig-network] Services should reach a VM",
                        "[sig-network] Networking should migrate",
                        "[sig-compute]Windows should boot");
        assertThat(tests.failedCount()).isEqualTo(3);
        assertThat(tests.failureMessage()).containsExactly("tests/x.go:880", "Timed out after 180.001s.");
        assertThat(tests.ran()).isEqualTo(4);
        assertThat(tests.passedToo()).containsExactly("[sig-network] Networking should migrate");
        assertThat(tests.quarantined())
                .containsExactly("[rfe_id:1][crit:high][sig-network] Services should reach a VM");
        assertThat(EvidenceFixture.diagnose(evidence).trace())
                .anySatisfy(reason -> assertThat(reason).contains("1 of 2 failing tests", "others for compute (1)"));
    }

    @Test
    void anAmbiguousFailureShowsBothExplanations() {
        store.add(EvidenceFixture.RUN.path(), ArtifactTree.DIED.tree());

        Diagnosis diagnosis = EvidenceFixture.diagnose(EvidenceFixture.read(store));

        assertThat(diagnosis.confidence()).isEqualTo(Confidence.LOW);
        assertThat(diagnosis.trace()).anySatisfy(reason -> assertThat(reason)
                .isEqualTo("unclear: either the setup of its cluster (area operations), or the change"
                        + " itself (SIG storage)"));
    }
}
