// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.fixture.Preset;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs whose artifacts are easily misread, by the rules of the preset. */
class MisreadRunsTest {

    private static final Path RUNS = Path.of("src/test/resources/evidence/runs.txt");
    private static final String FINISHED = "{\"timestamp\":1795000000,\"passed\":false,\"result\":\"FAILURE\"}";

    private record Run(String title, String job, String expected, String reason, Map<String, String> files) {
        static Run of(String section) {
            List<String> parts = Arrays.asList(section.split("(?m)^== "));
            String[] head = parts.getFirst().strip().split(" *\\| *");
            Map<String, String> files = new LinkedHashMap<>();
            files.put("finished.json", FINISHED);
            for (String part : parts.subList(1, parts.size())) {
                int newline = part.indexOf('\n');
                files.put(
                        part.substring(0, newline),
                        part.substring(newline + 1)
                                .replace("\\r", "\r")
                                .replace("\\u001b", "\u001b")
                                .stripTrailing());
            }
            return new Run(head[0], head[1], head[2], head.length > 3 ? head[3] : "", files);
        }

        @Override
        public String toString() {
            return title;
        }
    }

    static Stream<Run> runs() throws IOException {
        return Arrays.stream(Files.readString(RUNS).split("(?m)^#### ")).skip(1).map(Run::of);
    }

    @ParameterizedTest
    @MethodSource("runs")
    void theCauseIsThatOfAPerson(Run run, @TempDir Path folder) throws IOException {
        for (Map.Entry<String, String> file : run.files().entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }

        Diagnosis diagnosis;
        try (EvidenceReader reader = EvidenceFixture.reader(EvidenceFixture.LONG_TIMEOUT)) {
            diagnosis = Preset.settings().diagnoser().diagnose(failed(run.job()), reader.read(folder));
        }

        assertThat(String.join(
                        " ",
                        diagnosis.cause().value(),
                        diagnosis.area(),
                        diagnosis.sig(),
                        diagnosis.confidence().name() + (diagnosis.ambiguity() == null ? "" : " unclear")))
                .as(diagnosis.trace().toString())
                .isEqualTo(run.expected());
        assertThat(diagnosis.because()).contains(run.reason());
    }

    private static JobRun failed(String job) {
        return JobRun.builder(job, JobType.PRESUBMIT, JobState.FAILURE)
                .repository(Repository.parse("kubevirt/kubevirt").orElseThrow())
                .baseRef("main")
                .description("Job failed.")
                .build();
    }
}
