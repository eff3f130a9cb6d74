// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code cron.tsv} is what robfig/cron v3 and Prow's horologium make of each expression. */
class CronScheduleTest {

    private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @MethodSource("table")
    void eachExpressionIsReadAsProwReadsIt(Row row) {
        if (!row.accepted()) {
            assertThatThrownBy(() -> CronSchedule.parse(row.expression()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageMatching("[^\\n]{10,}");
            return;
        }
        PeriodicSchedule schedule = CronSchedule.parse(row.expression());
        Instant at = NEW_YEAR;
        assertThat(schedule.fires()).isEqualTo(!row.starts().isEmpty());
        for (Instant start : row.starts()) {
            at = schedule.nextAfter(at);
            assertThat(at).isEqualTo(start);
        }
    }

    private static List<Row> table() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/prow/cron.tsv")).stream()
                .skip(1)
                .map(line -> line.split("\t", -1))
                .map(cells -> new Row(
                        cells[0],
                        cells[2].equals("true"),
                        List.of(cells).subList(3, 6).stream()
                                .filter(start -> start.endsWith("Z"))
                                .map(Instant::parse)
                                .toList()))
                .toList();
    }

    private record Row(String expression, boolean accepted, List<Instant> starts) {}
}
