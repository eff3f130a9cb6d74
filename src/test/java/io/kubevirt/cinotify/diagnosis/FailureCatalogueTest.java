// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.artifacts.BuildLog;
import io.kubevirt.cinotify.diagnosis.LogAnalyzer.CauseLine;
import io.kubevirt.cinotify.fixture.Preset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules of the preset on log lines of real failures: one of each kind in the data of kubevirt/ci-health. */
class FailureCatalogueTest {

    private static final Path FAILURES = Path.of("src/test/resources/kubevirt/failure-logs.jsonl");
    private static final String UNKNOWN = "unknown";

    /** A threshold that the rules meet; explain why if you raise it. */
    private static final int MOST_UNKNOWN = 2;

    private static final List<Row> ROWS = new ArrayList<>();

    /** A failure with the known lines of its log; some have none. */
    private record Row(List<String> lines, String category, String reason) {

        String family() {
            return LogAnalyzer.findCause(Preset.lineRules(), BuildLog.whole(lines))
                    .map(CauseLine::rule)
                    .map(LineRule::name)
                    .orElse(UNKNOWN);
        }
    }

    @BeforeAll
    static void read() throws IOException {
        ObjectMapper json = new ObjectMapper();
        for (String line : Files.readAllLines(FAILURES)) {
            JsonNode row = json.readTree(line);
            List<String> lines = new ArrayList<>();
            row.path("logContext").forEach(text -> lines.add(text.asText()));
            ROWS.add(new Row(
                    lines, row.path("category").asText(), row.path("reason").asText()));
        }
    }

    @Test
    void everyRowHasAFamilyOrIsUnknown() {
        assertThat(ROWS).allSatisfy(row -> assertThat(row.family()).isNotBlank());
        assertThat(withLines().stream().filter(row -> row.family().equals(UNKNOWN)))
                .as("rows without a recognized cause")
                .hasSizeLessThanOrEqualTo(MOST_UNKNOWN);
        assertThat(ROWS.stream().filter(row -> row.lines().isEmpty()))
                .allSatisfy(row -> assertThat(row.family()).isEqualTo(UNKNOWN));
    }

    /** The patterns are written independently of the rules, to find mistakes in those. */
    @Test
    void aLogWithOnlyTeardownAndNoiseHasNoCause() {
        Pattern complaint = Pattern.compile("(?i)error|fail|timed out|exception|panic|fatal|denied|refused|forbidden");
        Pattern worthless = Pattern.compile("cluster-down\\]|is being used|cannot remove container"
                + "|failed to delete cluster|failed to stop container|Body was not decodable");
        List<Row> rows = ROWS.stream()
                .filter(row -> row.lines().stream()
                        .anyMatch(line -> worthless.matcher(line).find()))
                .filter(row -> row.lines().stream()
                        .filter(line -> complaint.matcher(line).find())
                        .allMatch(line -> worthless.matcher(line).find()))
                .toList();

        assertThat(rows)
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.family()).as(row.toString()).isEqualTo(UNKNOWN));
    }

    private static List<Row> withLines() {
        return ROWS.stream().filter(row -> !row.lines().isEmpty()).toList();
    }
}
