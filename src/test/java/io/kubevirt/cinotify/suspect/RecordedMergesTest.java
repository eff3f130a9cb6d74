// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.suspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.FigureTable;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.suspect.RecordedMerges.Culprit;
import io.kubevirt.cinotify.suspect.SuspectReport.Hypothesis;
import io.kubevirt.cinotify.suspect.SuspectSimulation.Case;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Real merges and real culprits, drawn runs. {@code -Dfigures.update=true} writes the tables into docs/figures.md. */
class RecordedMergesTest {
    private static final FigureTable FIGURES = new FigureTable("recorded merges");
    private static final int CASES = 100;
    private static final List<Integer> HOURS = List.of(8, 24, 72);

    private final SplittableRandom random = new SplittableRandom(23);
    private int shown;
    private int right;

    @Test
    void theCulpritsOfAHistoryAreNamedOrNobodyIs() throws IOException {
        StringBuilder table = new StringBuilder(
                "| merge | failure | shown, and shown first: a run each 8 h | 24 h | 72 h |\n|---|---|---|---|---|\n");
        for (Culprit culprit : RecordedMerges.CULPRITS) {
            RecordedMerges merges = RecordedMerges.around(culprit, random);
            table.append("| #")
                    .append(culprit.number())
                    .append(" | `")
                    .append(culprit.text())
                    .append("` |");
            for (int hours : HOURS) {
                table.append(culpritCell(() -> merges.broken(culprit, Duration.ofHours(hours))));
            }
            table.append('\n');
        }
        table.append("\n| without culprit, failing in | silent: a run each 8 h | 24 h | 72 h |\n|---|---|---|---|\n");
        for (Cause cause : List.of(Cause.TEST, Cause.SETUP, Cause.BUILD)) {
            table.append("| ").append(cause.value()).append(" |");
            for (int hours : HOURS) {
                table.append(silentCell(cause, hours));
            }
            table.append('\n');
        }
        assertThat(right).as("right of %d shown", shown).isGreaterThanOrEqualTo(shown * 8 / 10);
        FIGURES.verify(table.toString());
    }

    private String culpritCell(Supplier<Case> draw) {
        int named = 0;
        int first = 0;
        for (Case each : cases(draw)) {
            List<String> names =
                    each.report().shown().stream().map(Hypothesis::name).toList();
            named += names.isEmpty() ? 0 : 1;
            first += !names.isEmpty() && names.getFirst().equals(each.culprit()) ? 1 : 0;
        }
        shown += named;
        right += first;
        return String.format(Locale.ROOT, " %d %%, %d %% |", 100 * named / CASES, 100 * first / CASES);
    }

    private String silentCell(Cause cause, int hours) throws IOException {
        int all = 0;
        int silent = 0;
        for (Culprit near : RecordedMerges.CULPRITS) {
            RecordedMerges merges = RecordedMerges.around(near, random).without(near);
            for (Case each : cases(() -> merges.outage(cause, Duration.ofHours(hours)))) {
                all++;
                silent += each.report().shown().isEmpty() ? 1 : 0;
            }
        }
        assertThat(silent)
                .as("silent of %d, %s, a run each %d h", all, cause, hours)
                .isGreaterThanOrEqualTo(all * 95 / 100);
        return String.format(Locale.ROOT, " %d %% |", 100 * silent / all);
    }

    private static List<Case> cases(Supplier<Case> draw) {
        return Stream.generate(draw).limit(CASES).toList();
    }
}
