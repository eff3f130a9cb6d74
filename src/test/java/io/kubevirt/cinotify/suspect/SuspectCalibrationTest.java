// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.suspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.FigureTable;
import io.kubevirt.cinotify.suspect.SuspectReport.Hypothesis;
import io.kubevirt.cinotify.suspect.SuspectSimulation.Case;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * What is shown is mostly right, and where there is no culprit nobody is named. {@code -Dfigures.update=true} writes the
 * tables into docs/figures.md.
 */
class SuspectCalibrationTest {
    private static final FigureTable FIGURES = new FigureTable("suspects");
    private static final int CASES = 200;
    private static final double[] BINS = {0, 0.05, 0.2, 0.5, 0.8, 1.01};

    /** Counts over the cases of one cell. */
    private static final class Cell {
        private int shown;
        private int right;
        private int inThree;
        private int silent;

        void add(Case each) {
            List<String> names =
                    each.report().shown().stream().map(Hypothesis::name).toList();
            if (each.culprit() == null) {
                silent += names.isEmpty() ? 1 : 0;
            } else if (!names.isEmpty()) {
                shown++;
                right += names.getFirst().equals(each.culprit()) ? 1 : 0;
                inThree += names.contains(each.culprit()) ? 1 : 0;
            }
        }

        String row(int runsADay, boolean strong) {
            return String.format(
                    Locale.ROOT,
                    "| %d | %s | %.0f %% | %s | %s | %.0f %% |%n",
                    runsADay,
                    strong ? "clear" : "weak",
                    100.0 * shown / CASES,
                    shown == 0 ? "–" : String.format(Locale.ROOT, "%.0f %%", 100.0 * right / shown),
                    shown == 0 ? "–" : String.format(Locale.ROOT, "%.0f %%", 100.0 * inThree / shown),
                    100.0 * silent / CASES);
        }
    }

    @Test
    void whatIsShownIsRightAndThereIsSilenceWithoutCulprit() throws IOException {
        StringBuilder table =
                new StringBuilder("| runs a day | path evidence | culprit shown | shown first is right | culprit within"
                        + " three, where shown | silent without culprit |\n|---|---|---|---|---|---|\n");
        List<Case> all = new ArrayList<>();
        for (boolean strong : new boolean[] {true, false}) {
            for (int runsADay : new int[] {12, 4, 1}) {
                Cell cell = new Cell();
                SuspectSimulation simulation = new SuspectSimulation(23, runsADay, 0.1, strong);
                for (int index = 0; index < CASES; index++) {
                    for (boolean culprit : new boolean[] {true, false}) {
                        Case each = simulation.next(culprit);
                        cell.add(each);
                        all.add(each);
                    }
                }
                table.append(cell.row(runsADay, strong));
                String where = runsADay + " runs a day, " + (strong ? "clear" : "weak") + " evidence";
                assertThat(cell.right).as("right, %s", where).isGreaterThanOrEqualTo((int) (cell.shown * 0.8));
                assertThat(cell.inThree).as("within three, %s", where).isGreaterThanOrEqualTo((int) (cell.shown * 0.9));
                assertThat(cell.silent).as("silent, %s", where).isGreaterThanOrEqualTo((int) (CASES * 0.95));
            }
        }
        FIGURES.verify(table + "\n" + calibration(all));
    }

    /** How often a merge with such a posterior is the culprit. */
    private static String calibration(List<Case> cases) {
        StringBuilder table = new StringBuilder(
                "| posterior of a merge | merges | mean posterior | culprits among them |\n|---|---|---|---|\n");
        for (int bin = 0; bin + 1 < BINS.length; bin++) {
            double from = BINS[bin];
            double to = BINS[bin + 1];
            int count = 0;
            int culprits = 0;
            double sum = 0;
            for (Case each : cases) {
                for (Hypothesis hypothesis : each.report().hypotheses()) {
                    boolean counts =
                            hypothesis.merge() != null && hypothesis.posterior() >= from && hypothesis.posterior() < to;
                    count += counts ? 1 : 0;
                    sum += counts ? hypothesis.posterior() : 0;
                    culprits += counts && hypothesis.name().equals(each.culprit()) ? 1 : 0;
                }
            }
            table.append(String.format(
                    Locale.ROOT,
                    "| %.0f–%.0f %% | %d | %.0f %% | %.0f %% |%n",
                    from * 100,
                    Math.min(to, 1) * 100,
                    count,
                    100 * sum / Math.max(1, count),
                    100.0 * culprits / Math.max(1, count)));
        }
        return table.toString();
    }
}
