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
import io.kubevirt.cinotify.fixture.Preset;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.routing.Confidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of the preset on whole logs: output of passing tests is not the cause of a failure. */
class ShortLogsTest {

    private static final Path LOGS = Path.of("src/test/resources/short-logs.txt");

    private record ShortLog(String rule, Confidence confidence, String title, List<String> lines) {
        static ShortLog of(String section) {
            List<String> lines = section.lines().toList();
            String[] head = lines.getFirst().split("[ |]+", 4);
            return new ShortLog(head[1], Confidence.valueOf(head[2]), head[3], lines.subList(1, lines.size()));
        }

        @Override
        public String toString() {
            return title;
        }
    }

    static Stream<ShortLog> logs() throws IOException {
        return Arrays.stream(Files.readString(LOGS).split("\n(?=####)")).skip(1).map(ShortLog::of);
    }

    @ParameterizedTest
    @MethodSource("logs")
    void theFailedCommandDecidesAndNotASimilarLine(ShortLog log) {
        Evidence evidence = new Evidence(
                List.of(new ArtifactFile("build-log.txt", FileState.READ, "")),
                null,
                null,
                PodInfo.UNKNOWN,
                null,
                JunitReport.NONE,
                BuildLog.whole(log.lines()),
                Duration.ZERO);
        Diagnosis diagnosis = Preset.settings()
                .diagnoser()
                .diagnose(
                        JobRun.builder("pull-kubevirt-e2e-k8s-1.34-sig-storage", JobType.PRESUBMIT, JobState.FAILURE)
                                .description("Job failed.")
                                .build(),
                        evidence);

        assertThat(diagnosis.rule()).as(diagnosis.trace().toString()).isEqualTo(log.rule());
        assertThat(diagnosis.confidence()).isEqualTo(log.confidence());
    }
}
