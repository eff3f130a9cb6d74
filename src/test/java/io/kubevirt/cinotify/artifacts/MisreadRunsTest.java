// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.artifacts.EvidenceCorpus.Answer;
import io.kubevirt.cinotify.artifacts.EvidenceCorpus.Run;
import io.kubevirt.cinotify.artifacts.EvidenceCorpus.Verdict;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs whose artifacts are easily misread, by the rules of the preset of their project; all that is found in them is in
 * {@code diagnoses.txt}, which gets the present findings with {@code -Ddiagnoses.update=true}.
 */
class MisreadRunsTest {

    private static final Path DIAGNOSES = Path.of("src/test/resources/evidence/diagnoses.txt");

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

    @Test
    void allThatIsFoundInThemIsWrittenDown(@TempDir Path folder) throws IOException {
        StringBuilder found = new StringBuilder();
        int number = 0;
        for (Run run : runs().toList()) {
            found.append("#### ")
                    .append(run.title())
                    .append('\n')
                    .append(written(run.diagnose(folder.resolve(String.valueOf(++number)))));
        }
        if (Boolean.getBoolean("diagnoses.update")) {
            Files.writeString(DIAGNOSES, found);
        }
        assertThat(found.toString()).isEqualTo(Files.readString(DIAGNOSES));
    }

    private static String written(Diagnosis diagnosis) {
        List<String> lines = new ArrayList<>();
        lines.add(String.join(
                " ",
                diagnosis.cause().value(),
                diagnosis.area(),
                diagnosis.sig(),
                diagnosis.confidence().name(),
                "by rule",
                diagnosis.rule()));
        diagnosis.trace().forEach(reason -> lines.add("because " + reason));
        Optional.ofNullable(diagnosis.ambiguity()).ifPresent(unclear -> lines.add("unclear: " + unclear.sentence()));
        Optional.ofNullable(diagnosis.symptoms()).ifPresent(symptoms -> {
            lines.add("signature " + symptoms.signature());
            lines.add("at " + symptoms.excerptUrl());
            symptoms.excerpt().forEach(line -> lines.add("  | " + line));
            lines.add(symptoms.failedCount() + " tests failed: " + symptoms.failingTests());
            lines.add("node " + symptoms.node());
        });
        return lines.stream()
                .map(line ->
                        line.replace("\u001b", "\\u001b")
                                        .replace("\r", "\\r")
                                        .replace("\n", "\n    ")
                                        .stripTrailing() + "\n")
                .collect(Collectors.joining());
    }
}
