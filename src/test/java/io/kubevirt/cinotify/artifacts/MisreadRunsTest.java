// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.artifacts.EvidenceCorpus.Answer;
import io.kubevirt.cinotify.artifacts.EvidenceCorpus.Run;
import io.kubevirt.cinotify.artifacts.EvidenceCorpus.Verdict;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs whose artifacts are easily misread, by the rules of the preset of their project. */
class MisreadRunsTest {

    static Stream<Run> runs() throws IOException {
        return EvidenceCorpus.runs();
    }

    @ParameterizedTest
    @MethodSource("runs")
    void theCauseIsThatOfAPerson(Run run, @TempDir Path folder) throws IOException {
        Diagnosis diagnosis = run.diagnose(folder);

        String answer = String.join(" ", diagnosis.cause().value(), diagnosis.area(), diagnosis.sig());
        String confidence = diagnosis.confidence().name() + (diagnosis.ambiguity() == null ? "" : " unclear");
        assertThat(EvidenceCorpus.judge(diagnosis, List.of(Answer.of(run.expected()))))
                .as("expected %s, not %s %s: %s", run.expected(), answer, confidence, diagnosis.trace())
                .isIn(Verdict.RIGHT, Verdict.UNCLEAR);
        assertThat(run.expected()).endsWith(confidence);
        assertThat(diagnosis.because()).contains(run.reason());
    }
}
