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
package io.kubevirt.cinotify.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kubevirt.cinotify.fixture.Preset;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignaturesTest {

    private static final Path TESTS = Path.of("../shared/data/failing-tests.tsv");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12:00:01: failed after 1m30s | 13:59:59: failed after 45s",
                "at 2026-03-24T13:25:15Z it broke | at 2026-07-01 09:00:00.123+02:00 it broke",
                "I0324 13:25:15.123456 x | E0711 01:02:03.4 x",
                "dial tcp 10.89.0.4:6443: refused | dial tcp 172.30.173.157:8080: refused",
                "dial tcp [fd00:10:96::1]:443 | dial tcp [fe80::ab:1:2:3]:8443",
                "digest a72f131812f04bc6dd583d392bb3fb25/139666 gone | digest 4781398cf1ae263e2808fe39/48934 gone",
                "image sha256:99247de7916ab228ca6ceaed914e22930ae06350 | image sha256:e277c9b07fac83163eae97c509b0b054ad1e1dc3",
                "uid 9ab1cd2e-1234-4abc-8def-0123456789ab | uid 00000000-0000-0000-0000-000000000000",
                "pod/virt-api-6f9c7d5b8d-x2k4p is sick | pod/virt-api-7c8d9f6b54-zz9q2 is sick",
                "ds kube-proxy-x7k2p | ds kube-proxy-b2c4d",
                "rm /tmp/kubevirt.deploy.Qv3c | rm /tmp/kubevirt.deploy.cRkh",
                "node kind-1.34-control-plane | node kind-1.35-control-plane",
                "downloading kind v0.31.0 | downloading kind v0.30.1-rc.2",
                "listening on :8443 | listening on :9090",
                "3 errors during bulk transfer | 351 errors during bulk transfer",
                "file.go:88: bad | file.go:1203: bad",
            })
    void whatDiffersFromRunToRunGoes(String one, String other) {
        assertThat(Signatures.normal(one)).isEqualTo(Signatures.normal(other)).contains("<");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "connection refused | connection timed out",
                "lookup quay.io failed | lookup github.com failed",
                "make cluster-up failed | make cluster-sync failed",
                "HTTP method GET | HTTP method POST",
            })
    void whatTellsProblemsApartStays(String one, String other) {
        assertThat(Signatures.normal(one)).isNotEqualTo(Signatures.normal(other));
    }

    @Test
    void theOrderOfTestsDoesNotMatterAndNothingIsLong() {
        assertThat(Signatures.of(List.of("b", "a"), 2)).isEqualTo(Signatures.of(List.of("a", "b"), 2));
        assertThat(Signatures.of(List.of("x".repeat(900)), 1)).hasSizeLessThanOrEqualTo(300);
        assertThat(Signatures.normal("word ".repeat(10_000))).hasSizeLessThanOrEqualTo(300);
    }

    /** The tags that the file names beside each test are those of another program. */
    @Test
    void theSigOfEachRealTestIsWhatItsTagSays() throws IOException {
        assumeTrue(Files.exists(TESTS), "the real failing tests are not here");
        List<String[]> rows = Files.readAllLines(TESTS).stream()
                .skip(1)
                .map(line -> line.split("\t", -1))
                .toList();

        assertThat(rows).hasSizeGreaterThan(100).allSatisfy(row -> {
            String expected = row[1].equals("sig-operator") ? "control-plane" : row[1].substring("sig-".length());
            Diagnosis diagnosis = Preset.settings()
                    .diagnoser()
                    .diagnose(
                            JobRun.of(row[2], JobType.PRESUBMIT, JobState.FAILURE)
                                    .description("Job failed.")
                                    .build(),
                            new FailingTests(List.of(row[3])));
            assertThat(diagnosis.sig()).as(row[3]).isEqualTo(expected);
        });
    }
}
