// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The preset's rules on the log lines of real failures, beside what kubevirt/ci-health made of them. */
class FailureCatalogueTest {

    private static final Path FAILURES = Path.of("../shared/data/failures.jsonl");
    private static final String UNKNOWN = "unknown";

    /** A threshold that the rules meet; explain why if you raise it. */
    private static final int MOST_UNKNOWN = 2;

    private static final List<Row> ROWS = new ArrayList<>();

    /** A failure with what is known of its log; of some only the number of a line is. */
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
        assumeTrue(Files.exists(FAILURES), "the real failures are not here");
        ObjectMapper json = new ObjectMapper();
        for (String line : Files.readAllLines(FAILURES)) {
            JsonNode row = json.readTree(line);
            if (row.hasNonNull("logLine") || row.hasNonNull("logContext")) {
                List<String> lines = new ArrayList<>();
                row.path("logContext").forEach(text -> lines.add(text.asText()));
                JsonNode health = row.path("ciHealth");
                ROWS.add(new Row(
                        lines,
                        health.path("category").asText(),
                        health.path("reason").asText()));
            }
        }
    }

    @Test
    void everyRowHasAFamilyOrIsUnknown() {
        Map<String, Map<String, Long>> families = table(withLines());
        System.out.println(
                ROWS.size() + " rows, " + withLines().size() + " with lines; family: ci-health's categories");
        families.forEach((family, categories) -> System.out.println("  " + family + ": " + categories));
        withLines().stream()
                .collect(Collectors.groupingBy(
                        row -> row.category() + " (" + row.reason() + ") -> " + row.family(),
                        TreeMap::new,
                        Collectors.counting()))
                .forEach((pair, count) -> System.out.println("  " + count + "  " + pair));
        withLines().stream()
                .filter(row -> row.family().equals(UNKNOWN))
                .forEach(row -> System.out.println("unknown:\n    " + String.join("\n    ", row.lines())));

        assertThat(ROWS).allSatisfy(row -> assertThat(row.family()).isNotBlank());
        assertThat(withLines().stream().filter(row -> row.family().equals(UNKNOWN)))
                .as("rows with lines from which nobody reads a cause")
                .hasSizeLessThanOrEqualTo(MOST_UNKNOWN);
        assertThat(ROWS.stream().filter(row -> row.lines().isEmpty()))
                .allSatisfy(row -> assertThat(row.family()).isEqualTo(UNKNOWN));
    }

    /** Written anew rather than taken from the rules, so that a slip in those is found. */
    @Test
    void whatOnlyTearsDownOrIsNoiseIsNobodysFault() {
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

    private static Map<String, Map<String, Long>> table(List<Row> rows) {
        return rows.stream()
                .collect(Collectors.groupingBy(
                        Row::family,
                        TreeMap::new,
                        Collectors.groupingBy(Row::category, TreeMap::new, Collectors.counting())));
    }
}
