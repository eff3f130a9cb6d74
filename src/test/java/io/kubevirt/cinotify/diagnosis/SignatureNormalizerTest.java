// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.artifacts.ArtifactFile;
import io.kubevirt.cinotify.artifacts.ArtifactFile.FileState;
import io.kubevirt.cinotify.artifacts.BuildLog;
import io.kubevirt.cinotify.artifacts.Evidence;
import io.kubevirt.cinotify.artifacts.Evidence.JunitReport;
import io.kubevirt.cinotify.artifacts.PodInfo;
import io.kubevirt.cinotify.diagnosis.SignatureNormalizer.GeneratedNameMasker;
import io.kubevirt.cinotify.fixture.Preset;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.routing.FailingTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureNormalizerTest {

    private static final Path JOBS = Path.of("src/test/resources/kubevirt/routing.csv");
    private static final Path TESTS = Path.of("src/test/resources/kubevirt/failing-tests.tsv");

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
                "image sha256:99247de7916ab228ca6ceaed914e22930ae06350 | image"
                        + " sha256:e277c9b07fac83163eae97c509b0b054ad1e1dc3",
                "uid 9ab1cd2e-1234-4abc-8def-0123456789ab | uid 00000000-0000-0000-0000-000000000000",
                "pod/virt-api-6f9c7d5b8d-x2k4p is sick | pod/virt-api-7c8d9f6b54-zz9q2 is sick",
                "ds kube-proxy-x7k2p | ds kube-proxy-b2c4d",
                "pod/testvmi-kqhcc failed | pod/testvmi-cv29m failed",
                "pod virt-launcher-testvmi-x2k4p-6j7hd: gone | pod virt-launcher-testvmi-kq8cc-fntcb: gone",
                "rs/cdi-apiserver-6f9c7d5b8d | rs/cdi-apiserver-5c4b9d88",
                "job/dump-28456780-x2k4p | job/dump-29111111-zvkv8",
                "rm /tmp/kubevirt.deploy.Qv3c | rm /tmp/kubevirt.deploy.cRkh",
                "node kind-1.34-control-plane | node kind-1.35-control-plane",
                "downloading kind v0.31.0 | downloading kind v0.30.1-rc.2",
                "listening on :8443 | listening on :9090",
                "3 errors during bulk transfer | 351 errors during bulk transfer",
                "file.go:88: bad | file.go:1203: bad",
                "file.go:8:2: bad | file.go:1203:14: bad",
            })
    void partsThatVaryFromRunToRunAreMasked(String one, String other) {
        assertThat(SignatureNormalizer.normalize(one))
                .isEqualTo(SignatureNormalizer.normalize(other))
                .contains("<");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "connection refused | connection timed out",
                "lookup quay.io failed | lookup github.com failed",
                "make cluster-up failed | make cluster-sync failed",
                "HTTP method GET | HTTP method POST",
                "The requested URL returned error: 404 | The requested URL returned error: 503",
                "unexpected HTTP status: 403 Forbidden | unexpected HTTP status: 429 Too Many Requests",
                "GET returned HTTP/1.1 404 | GET returned HTTP/1.1 500",
                "volume-tmpfs | volume-btrfs",
                "port svc-https | port svc-http2",
                "image linux-ppc64 | image linux-s390x",
                "test-migration | test-hotplug",
            })
    void partsThatDistinguishProblemsStay(String one, String other) {
        assertThat(SignatureNormalizer.normalize(one)).isNotEqualTo(SignatureNormalizer.normalize(other));
    }

    @Test
    void noWordOfARealTestOrJobIsTakenForAGeneratedOne() throws IOException {
        Stream<String> tests = Files.readAllLines(TESTS).stream().flatMap(line -> Arrays.stream(line.split("\t", -1)));
        Stream<String> jobs = Files.readAllLines(JOBS).stream().map(line -> line.split(",", -1)[0]);
        List<String> names = Stream.concat(tests, jobs).toList();

        assertThat(names).hasSizeGreaterThan(60).allSatisfy(name -> assertThat(GeneratedNameMasker.mask(name))
                .isEqualTo(name));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "--- FAIL: TestA (1.0s) | --- FAIL: TestB (1.0s)",
                "Error: unable to copy from source docker://quay.io/a/b:1: EOF | Error: unable to copy from source"
                        + " docker://quay.io/a/c:1: EOF",
                "ERROR: Error downloading [https://a.example.org/x.tar] to /y | ERROR: Error downloading"
                        + " [https://b.example.org/x.tar] to /y",
                "//x, which failed to fetch. no such package '@y//': E | //x, which failed to fetch. no such package"
                        + " '@z//': E",
                "Error in download_and_extract: java.io.IOException: a | Error in download_and_extract:"
                        + " java.io.IOException: b",
                "/1/external/go_puller/file/downloaded -directory /x | /1/external/go_pusher/file/downloaded"
                        + " -directory /x",
                "dial tcp: lookup quay.io on 10.0.0.10:53: no such host | dial tcp: lookup github.com on 10.0.0.10:53:"
                        + " no such host",
                "ERROR: failed to create cluster: command podman run | ERROR: failed to create cluster: command podman"
                        + " ps",
                "[FAIL] [sig-network] A [It] should a | [FAIL] [sig-network] A [It] should b",
                "ERROR: x/BUILD.bazel:7:1: no such target '//a:b' | ERROR: x/BUILD.bazel:7:1: no such target '//a:c'",
                "a.go:1:2: undefined: A | a.go:1:2: undefined: B",
                "ERROR: Analysis of target '//:a' failed; build aborted: | ERROR: Analysis of target '//:b' failed;"
                        + " build aborted:",
            })
    void theRulesOfThePresetDistinguishProblems(String one, String other) {
        assertThat(ofLog(one)).isNotEmpty().isNotEqualTo(ofLog(other));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "  [FAILED] Timed out after 180.001s.",
                "ERROR: Found panic in test output",
                "FAIL! -- 14 Passed | 1 Failed | 0 Pending | 1051 Skipped",
                "make: *** [Makefile:188: cluster-sync] Error 125",
                "error: taint \"node-role.kubernetes.io/master:NoSchedule\" not found",
                "Process did not finish before 4h0m0s timeout",
            })
    void aLineWithoutDetailGivesNoSignature(String line) {
        assertThat(ofLog(line)).isEmpty();
    }

    private static String ofLog(String line) {
        Evidence evidence = new Evidence(
                List.of(new ArtifactFile("build-log.txt", FileState.READ, "")),
                null,
                null,
                PodInfo.UNKNOWN,
                null,
                JunitReport.NONE,
                BuildLog.whole(List.of(line)),
                Duration.ZERO);
        Diagnosis diagnosis = Preset.settings()
                .diagnoser()
                .diagnose(
                        JobRun.builder("pull-kubevirt-unit-test", JobType.PRESUBMIT, JobState.FAILURE)
                                .description("Job failed.")
                                .build(),
                        evidence);
        return diagnosis.symptoms().signature();
    }

    @Test
    void theOrderOfTestsDoesNotMatterAndSignaturesAreShort() {
        assertThat(SignatureNormalizer.signatureOf(List.of("b", "a"), 2))
                .isEqualTo(SignatureNormalizer.signatureOf(List.of("a", "b"), 2));
        assertThat(SignatureNormalizer.signatureOf(List.of("x".repeat(900)), 1)).hasSizeLessThanOrEqualTo(300);
        assertThat(SignatureNormalizer.normalize("word ".repeat(10_000))).hasSizeLessThanOrEqualTo(300);
    }

    /** The expected tags in the file were extracted by another program. */
    @Test
    void theSigOfEachRealTestFollowsFromItsTag() throws IOException {
        List<String[]> rows = Files.readAllLines(TESTS).stream()
                .skip(1)
                .map(line -> line.split("\t", -1))
                .toList();

        assertThat(rows).isNotEmpty().allSatisfy(row -> {
            String expected = row[0].equals("sig-operator") ? "control-plane" : row[0].substring("sig-".length());
            Diagnosis diagnosis = Preset.settings()
                    .diagnoser()
                    .diagnose(
                            JobRun.builder(row[1], JobType.PRESUBMIT, JobState.FAILURE)
                                    .description("Job failed.")
                                    .build(),
                            new FailingTests(List.of(row[2])));
            assertThat(diagnosis.sig()).as(row[2]).isEqualTo(expected);
        });
    }
}
