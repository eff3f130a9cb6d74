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

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.fixture.ArtifactTree;
import io.kubevirt.cinotify.fixture.FakeArtifactStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreTroubleTest {

    private static final String DIRECTORY = Visits.RUN.directory();

    private final FakeArtifactStore store = new FakeArtifactStore();

    @BeforeEach
    void fill() {
        store.holds(DIRECTORY, ArtifactTree.DIED.tree());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 408, 429, 500, 502, 503, 504})
    void aStoreThatDoesNotAnswerIsNeverReadAsDiedBeforeItsTests(int status) {
        store.fails(status, Map.of());

        Evidence evidence = Visits.read(store);

        assertThat(evidence.isEmpty()).isTrue();
        assertThat(evidence.isUnreachable()).isTrue();
        assertThat(evidence.hasNoTests()).isFalse();
        assertIsWithoutEvidence(evidence);
    }

    @Test
    void aStoreThatIsAwayIsAskedOnlyTwice() {
        store.fails(500, Map.of());
        Visits.read(store);
        assertThat(store.requests().stream().filter(path -> !path.contains("?")))
                .hasSize(2);

        store.close();
        assertIsWithoutEvidence(Visits.read(store));
    }

    /** S3 and Google's store say so of what is missing to whoever may not list. */
    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aStoreThatDeniesWhatIsMissingIsReadAllTheSame(int status) {
        store.holds(DIRECTORY, ArtifactTree.CACHE.tree());
        store.denies(status);
        for (String missing : List.of("clone-records.json", "podinfo.json", "started.json", "prowjob.json")) {
            store.loses(DIRECTORY + "/" + missing);
        }

        Evidence evidence = Visits.read(store);

        assertThat(Visits.diagnose(evidence).rule()).isEqualTo("cache-lost");
        assertThat(Visits.diagnose(evidence).trace()).anySatisfy(reason -> assertThat(reason)
                .isEqualTo("artifact podinfo.json denied (the store answered " + status + ")"));
        assertThat(evidence.hasNoTests()).as("nobody knows whether it has").isFalse();
        assertThat(evidence.isUnreachable())
                .as("another attempt would find the same")
                .isFalse();
        assertThat(evidence.isLate()).isFalse();

        store.loses(DIRECTORY + "/finished.json");
        assertThat(Visits.read(store).isLate()).as("it comes last").isTrue();
    }

    @Test
    void aStoreThatWantsToBeLeftAloneSaysForHowLong() {
        store.fails(429, Map.of("Retry-After", "17"));

        assertThat(Visits.read(store).pause()).isEqualTo(Duration.ofSeconds(17));
    }

    @Test
    void aStoreThatStopsInTheMiddleIsUnreachable() {
        store.isSlow();

        Evidence evidence = Visits.read(store, Visits.QUICK);

        assertThat(evidence.isEmpty()).isTrue();
        assertThat(evidence.isUnreachable()).isTrue();
        assertIsWithoutEvidence(evidence);
    }

    @Test
    void nothingIsFollowedToAnotherPlace() {
        try (FakeArtifactStore elsewhere = new FakeArtifactStore()) {
            elsewhere.holds(DIRECTORY, ArtifactTree.CACHE.tree());
            store.fails(302, Map.of("Location", elsewhere.address() + "/artifacts/" + DIRECTORY + "/finished.json"));

            Evidence evidence = Visits.read(store);

            assertThat(elsewhere.requests()).isEmpty();
            assertThat(evidence.hasNoTests()).isFalse();
            assertThat(Visits.diagnose(evidence).trace()).anySatisfy(reason -> assertThat(reason)
                    .contains("finished.json unreadable (the store leads elsewhere"));
        }
    }

    @Test
    void filesThatMayStillComeAreToldFromThoseThatAreNotThere() {
        store.loses(DIRECTORY + "/finished.json");

        Evidence evidence = Visits.read(store);

        assertThat(evidence.isLate()).isTrue();
        assertThat(evidence.hasNoTests()).as("the upload may not have ended").isFalse();
        assertThat(Visits.diagnose(evidence).rule()).isEqualTo("named");
    }

    @Test
    void oneFileThatIsThereAndUnreachableIsNotMissing() {
        store.holdsRaw(
                DIRECTORY + "/artifacts/junit.functest.xml",
                Arrays.copyOf(
                        FakeArtifactStore.zipped(ArtifactTree.TESTS.tree().get("artifacts/junit.functest.xml")), 40),
                Map.of("Content-Encoding", "gzip"));

        Evidence evidence = Visits.read(store);

        assertThat(evidence.hasNoTests()).isFalse();
        assertThat(evidence.unread()).hasSize(1).first().satisfies(file -> {
            assertThat(file.name()).isEqualTo("artifacts/junit.functest.xml");
            assertThat(file.state()).as("truncated for good").isEqualTo(FileState.UNREADABLE);
        });
        assertThat(Visits.diagnose(evidence).trace()).anySatisfy(reason -> assertThat(reason)
                .startsWith("artifact artifacts/junit.functest.xml unreadable"));
    }

    @Test
    void aStoreThatDoesNotListIsAskedForTheUsualNames() {
        store.listsNot();
        assertThat(Visits.read(store).hasNoTests()).isTrue();

        store.holds(DIRECTORY, ArtifactTree.TESTS.tree());
        assertThat(Visits.read(store).tests().failedCount()).isEqualTo(3);
    }

    @Test
    void whatIsTooManyIsNotReadAndSaid() {
        for (int i = 1; i <= 9; i++) {
            store.holds(
                    DIRECTORY + "/artifacts/junit.part" + i + ".xml",
                    Visits.bytes("<testsuite><testcase name='" + i + "'><failure>x</failure></testcase></testsuite>"));
        }

        Evidence evidence = Visits.read(store);

        assertThat(evidence.tests().failedCount()).isEqualTo(8);
        assertThat(Visits.diagnose(evidence).trace())
                .contains("artifact JUnit files cut (8 of 9 were read, the first by their names)");
    }

    @Test
    void zippedFilesAreRead() {
        store.holdsZipped(
                DIRECTORY + "/artifacts/junit.functest.xml",
                ArtifactTree.TESTS.tree().get("artifacts/junit.functest.xml"));

        assertThat(Visits.read(store).tests().failedCount()).isEqualTo(3);
    }

    @Test
    void ofAStoreWithoutRangesOnlyTheBeginningOfALongLogIsRead() {
        store.givesNoRanges();
        byte[] log = new byte[8 << 20];
        Arrays.fill(log, (byte) '\n');
        store.holds(DIRECTORY + "/build-log.txt", log);

        Evidence evidence = Visits.read(store);

        assertThat(evidence.unread()).singleElement().asString().contains("build-log.txt cut");
    }

    @Test
    void anEmptyLogIsALog() {
        store.holds(DIRECTORY + "/build-log.txt", new byte[0]);

        assertThat(Visits.read(store).log().lines()).isEmpty();
    }

    private static void assertIsWithoutEvidence(Evidence evidence) {
        Diagnosis diagnosis = Visits.diagnose(evidence);
        assertThat(diagnosis.rule()).as("its job decides").isEqualTo("named");
        assertThat(diagnosis.symptoms()).isNull();
        assertThat(diagnosis.trace()).anySatisfy(reason -> assertThat(reason).startsWith("without evidence: "));
    }
}
