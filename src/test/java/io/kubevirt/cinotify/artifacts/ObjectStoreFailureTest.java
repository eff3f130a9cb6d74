// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.artifacts.ArtifactFile.FileState;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.fixture.ArtifactTree;
import io.kubevirt.cinotify.fixture.FakeArtifactStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectStoreFailureTest {

    private static final String DIRECTORY = EvidenceFixture.RUN.path();

    private final FakeArtifactStore store = new FakeArtifactStore();

    @BeforeEach
    void addArtifacts() {
        store.add(DIRECTORY, ArtifactTree.DIED.tree());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 408, 429, 500, 502, 503, 504})
    void aFailingStoreIsNotTakenAsARunWithoutTests(int status) {
        store.failAll(status, Map.of());

        Evidence evidence = EvidenceFixture.read(store);

        assertThat(evidence.isEmpty()).isTrue();
        assertThat(evidence.isUnreachable()).isTrue();
        assertThat(evidence.hasNoTests()).isFalse();
        assertIsWithoutEvidence(evidence);
    }

    @Test
    void anUnreachableStoreIsRequestedOnlyTwice() {
        store.failAll(500, Map.of());
        EvidenceFixture.read(store);
        assertThat(store.requests().stream().filter(path -> !path.contains("?")))
                .hasSize(2);

        store.close();
        assertIsWithoutEvidence(EvidenceFixture.read(store));
    }

    /** S3 and GCS answer 403 for missing files if the caller may not list the bucket. */
    @Test
    void aDeniedFileIsMissingIfOthersAreReadable() {
        store.denyMissing(403);
        for (String missing : List.of("clone-records.json", "podinfo.json", "prowjob.json")) {
            store.remove(DIRECTORY + "/" + missing);
        }

        Evidence evidence = EvidenceFixture.read(store);

        assertThat(evidence.unread()).isEmpty();
        assertThat(evidence.hasNoTests()).isTrue();

        store.remove(DIRECTORY + "/finished.json");
        assertThat(EvidenceFixture.read(store).isLate()).as("uploaded last").isTrue();
        assertThat(EvidenceFixture.read(store).unread()).isEmpty();
    }

    @Test
    void aStoreThatDeniesMissingFilesOtherwiseIsReadable() {
        int status = 401;
        store.add(DIRECTORY, ArtifactTree.CACHE.tree());
        store.denyMissing(status);
        for (String missing : List.of("clone-records.json", "podinfo.json", "started.json", "prowjob.json")) {
            store.remove(DIRECTORY + "/" + missing);
        }

        Evidence evidence = EvidenceFixture.read(store);

        assertThat(EvidenceFixture.diagnose(evidence).rule()).isEqualTo("cache-lost");
        assertThat(EvidenceFixture.diagnose(evidence).trace()).anySatisfy(reason -> assertThat(reason)
                .isEqualTo("artifact podinfo.json denied (the store answered " + status + ")"));
        assertThat(evidence.hasNoTests()).as("unknown").isFalse();
        assertThat(evidence.isUnreachable()).as("a retry does not help").isFalse();
        assertThat(evidence.isLate()).isFalse();

        store.remove(DIRECTORY + "/finished.json");
        assertThat(EvidenceFixture.read(store).isLate()).as("uploaded last").isTrue();
    }

    @Test
    void retryAfterOfTheStoreIsReported() {
        store.failAll(429, Map.of("Retry-After", "17"));

        assertThat(EvidenceFixture.read(store).retryAfter()).isEqualTo(Duration.ofSeconds(17));
    }

    @Test
    void aStalledStoreIsUnreachable() {
        store.stall();

        Evidence evidence = EvidenceFixture.read(store, EvidenceFixture.SHORT_TIMEOUT);

        assertThat(evidence.isEmpty()).isTrue();
        assertThat(evidence.isUnreachable()).isTrue();
        assertIsWithoutEvidence(evidence);
    }

    @Test
    void redirectsAreNotFollowed() {
        try (FakeArtifactStore otherStore = new FakeArtifactStore()) {
            otherStore.add(DIRECTORY, ArtifactTree.CACHE.tree());
            store.failAll(302, Map.of("Location", otherStore.address() + "/artifacts/" + DIRECTORY + "/finished.json"));

            Evidence evidence = EvidenceFixture.read(store);

            assertThat(otherStore.requests()).isEmpty();
            assertThat(evidence.hasNoTests()).isFalse();
            assertThat(EvidenceFixture.diagnose(evidence).trace()).anySatisfy(reason -> assertThat(reason)
                    .contains("finished.json unreadable (the store redirects to another address"));
        }
    }

    @Test
    void lateFilesAreDistinguishedFromMissingOnes() {
        store.remove(DIRECTORY + "/finished.json");

        Evidence evidence = EvidenceFixture.read(store);

        assertThat(evidence.isLate()).isTrue();
        assertThat(evidence.hasNoTests()).as("the upload may still be running").isFalse();
        assertThat(EvidenceFixture.diagnose(evidence).rule()).isEqualTo("named");
    }

    @Test
    void aBrokenFileIsNotMissing() {
        store.addWithHeaders(
                DIRECTORY + "/artifacts/junit.functest.xml",
                Arrays.copyOf(
                        FakeArtifactStore.gzip(ArtifactTree.TESTS.tree().get("artifacts/junit.functest.xml")), 40),
                Map.of("Content-Encoding", "gzip"));

        Evidence evidence = EvidenceFixture.read(store);

        assertThat(evidence.hasNoTests()).isFalse();
        assertThat(evidence.unread()).hasSize(1).first().satisfies(file -> {
            assertThat(file.name()).isEqualTo("artifacts/junit.functest.xml");
            assertThat(file.state()).as("truncated permanently").isEqualTo(FileState.UNREADABLE);
        });
        assertThat(EvidenceFixture.diagnose(evidence).trace()).anySatisfy(reason -> assertThat(reason)
                .startsWith("artifact artifacts/junit.functest.xml unreadable"));
    }

    @Test
    void aStoreWithoutListingIsReadByFixedNames() {
        store.disableListing();
        assertThat(EvidenceFixture.read(store).hasNoTests()).isTrue();

        store.add(DIRECTORY, ArtifactTree.TESTS.tree());
        assertThat(EvidenceFixture.read(store).tests().failedCount()).isEqualTo(3);
    }

    @Test
    void excessFilesAreSkippedAndReported() {
        for (int i = 1; i <= 9; i++) {
            String failure = i > 7 ? "<failure>x</failure>" : "";
            store.add(
                    DIRECTORY + "/artifacts/junit.part" + i + ".xml",
                    EvidenceFixture.bytes(
                            "<testsuite><testcase name='" + i + "'>" + failure + "</testcase></testsuite>"));
        }

        Evidence evidence = EvidenceFixture.read(store, EvidenceFixture.TWO_JUNIT_FILES);

        assertThat(evidence.tests().failed()).as("those with failures first").containsExactly("8", "9");
        assertThat(EvidenceFixture.diagnose(evidence).trace())
                .contains("artifact JUnit files cut (2 of 9 were read, those with failures first)");
    }

    @Test
    void allJunitFilesBelowTheFolderAreRead() {
        for (int i = 100; i < 219; i++) {
            store.add(
                    DIRECTORY + "/artifacts/shard-" + i + "/junit_" + i + ".xml",
                    EvidenceFixture.bytes("<testsuite><testcase name='" + i + "'/></testsuite>"));
        }
        store.add(
                DIRECTORY + "/artifacts/zz/deep/junit/report.xml",
                EvidenceFixture.bytes("<testsuite><testcase name='last'><error/></testcase></testsuite>"));
        store.add(DIRECTORY + "/artifacts/zz/deep/other.xml", EvidenceFixture.bytes("<other/>"));

        Evidence evidence = EvidenceFixture.read(store);

        assertThat(evidence.tests().ran()).isEqualTo(120);
        assertThat(evidence.tests().failed()).containsExactly("last");
        assertThat(evidence.unread()).isEmpty();
    }

    @Test
    void anIncompleteListingDoesNotProveThatThereWereNoTests() {
        store.add(EvidenceFixture.RUN.path(), ArtifactTree.DIED.tree());
        store.listPages(1);
        for (int i = 0; i < 6; i++) {
            store.add(DIRECTORY + "/artifacts/pod-" + i + ".log", new byte[0]);
        }

        Evidence evidence = EvidenceFixture.read(store);

        assertThat(evidence.hasNoTests()).isFalse();
        assertThat(EvidenceFixture.diagnose(evidence).rule()).isNotEqualTo("died-before-tests");

        store.add(
                DIRECTORY + "/artifacts/zz/junit.xml",
                EvidenceFixture.bytes("<testsuite><testcase name='a'><error/></testcase></testsuite>"));
        store.listPages(2);
        assertThat(EvidenceFixture.read(store).tests().failed())
                .as("on the fourth page")
                .containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCompressedFileThatTheStoreDoesNotMarkIsRead(boolean ranges) {
        String lines =
                IntStream.range(0, 100_000).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
        store.add(DIRECTORY + "/build-log.txt", FakeArtifactStore.gzip(EvidenceFixture.bytes(lines)));
        if (!ranges) {
            store.disableRanges();
        }

        Evidence evidence = EvidenceFixture.read(store);

        assertThat(evidence.unread()).isEmpty();
        assertThat(evidence.log().lines()).startsWith("line 0", "line 1").endsWith("line 99998", "line 99999");
    }

    @Test
    void gzippedFilesAreRead() {
        store.addGzipped(
                DIRECTORY + "/artifacts/junit.functest.xml",
                ArtifactTree.TESTS.tree().get("artifacts/junit.functest.xml"));

        assertThat(EvidenceFixture.read(store).tests().failedCount()).isEqualTo(3);
    }

    /** Google decompresses while it sends and ignores ranges; S3 sends a range of the compressed bytes. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCompressedLogIsReadWhole(boolean rangeOfCompressedBytes) {
        String lines =
                IntStream.range(0, 400_000).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
        store.addGzipped(DIRECTORY + "/build-log.txt", EvidenceFixture.bytes(lines));
        if (rangeOfCompressedBytes) {
            store.enableRangesOfCompressedBytes();
        }

        Evidence evidence = EvidenceFixture.read(store);

        assertThat(evidence.unread()).isEmpty();
        assertThat(evidence.log().lines()).startsWith("line 0", "line 1").endsWith("line 399998", "line 399999");
        assertThat(evidence.log().bytes()).isEqualTo(lines.length());
        assertThat(evidence.log().hasGap()).isTrue();
    }

    @Test
    void withoutRangesALongLogIsReadWhole() {
        store.disableRanges();
        byte[] log = new byte[8 << 20];
        Arrays.fill(log, (byte) '\n');
        store.add(DIRECTORY + "/build-log.txt", log);

        log[log.length - 2] = 'x';
        Evidence evidence = EvidenceFixture.read(store);

        assertThat(evidence.unread()).isEmpty();
        assertThat(evidence.log().lines()).endsWith("x");
    }

    @Test
    void anEmptyLogIsReadable() {
        store.add(DIRECTORY + "/build-log.txt", new byte[0]);

        assertThat(EvidenceFixture.read(store).log().lines()).isEmpty();
    }

    private static void assertIsWithoutEvidence(Evidence evidence) {
        Diagnosis diagnosis = EvidenceFixture.diagnose(evidence);
        assertThat(diagnosis.rule()).as("routed by its job").isEqualTo("named");
        assertThat(diagnosis.symptoms()).isNull();
        assertThat(diagnosis.trace()).anySatisfy(reason -> assertThat(reason).startsWith("no evidence: "));
    }
}
