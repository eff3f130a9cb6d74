// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.incident.Thresholds;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three pull requests with two failing lanes each, eight lanes in all, and half of the pull requests; of each 30 % of its lanes. */
class BurstStatsTest {

    private final BurstStats stats = new BurstStats(Thresholds.DEFAULTS);
    private final List<WindowEntry> entered = new ArrayList<>();
    private int number;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        a1 b1 c1 d2 e2 f2 g3 h3                     | true
        a1 b1 c1 d2 e2 f2 g3                        | false
        a1 b1 c1 d1 e2 f2 g2 h3                     | false
        a1 b1 c1 d2 e2 f2 g3 a3                     | false
        a1 b1 c1 d2 e2 f2 g3 h3 +a4                 | true
        a1 b1 c1 d2 e2 f2 g3 h3 +a4 +a5 +a6         | true
        a1 b1 c1 d2 e2 f2 g3 h3 +a4 +a5 +a6 +a7     | false
        a1 b1 c1 d2 e2 f2 g3 h3 +t1 +u1 +v1 +w1 +x1 +y1 +z1     | true
        a1 b1 c1 d2 e2 f2 g3 h3 +s1 +t1 +u1 +v1 +w1 +x1 +y1 +z1 | false
        a1 b1 c1 d2 e2 f2 g3 h3 x4                  | true
        """)
    void manyAffectedPullRequestsAreABurst(String runs, boolean burst) {
        for (String run : runs.split(" ")) {
            enter(run);
        }

        assertThat(stats.isBurst()).isEqualTo(burst);
    }

    @Test
    void theFirstPassAndTheLastOneThatLeavesChangeTheResult() {
        for (String run : "a1 b1 c1 d2 e2 f2 g3 h3 a4 a5 a6 a7".split(" ")) {
            enter(run);
        }
        assertThat(stats.isBurst()).as("without a pass no share counts").isTrue();

        enter("+b4");
        assertThat(stats.isBurst()).as("three of seven pull requests").isFalse();

        enter("+b5");
        stats.remove(entered.removeLast());
        assertThat(stats.isBurst()).isFalse();

        stats.remove(entered.removeLast());
        assertThat(stats.isBurst()).isTrue();
    }

    @Test
    void aFlakeIsNoSignOfAnOutage() {
        for (String run : "a1 b1 c1 d2 e2 f2 g3 h3".split(" ")) {
            enter(run);
        }
        WindowEntry last = entered.getLast();

        stats.remove(last);
        last.setExclusion(WindowEntry.Exclusion.FLAKE);
        stats.add(last);

        assertThat(stats.isBurst()).isFalse();
    }

    @Test
    void whatLeavesNoLongerCounts() {
        for (String run : "a1 b1 c1 d2 e2 f2 g3 h3".split(" ")) {
            enter(run);
        }
        IntStream.range(0, 2).forEach(each -> stats.remove(entered.removeFirst()));
        assertThat(stats.isBurst())
                .as("one lane of the first pull request is left")
                .isFalse();
        entered.forEach(stats::remove);
        assertThat(stats.isBurst()).isFalse();
    }

    /** A run such as a1, of lane a and pull request 1; +a1 passes. */
    private void enter(String run) {
        String lane = run.replace("+", "").substring(0, 1);
        int pull = Integer.parseInt(run.substring(run.length() - 1));
        WindowEntry entry = run.startsWith("+")
                ? Entries.green(++number, lane, pull, NOON)
                : Entries.red(++number, lane, pull, NOON);
        stats.add(entry);
        entered.add(entry);
    }
}
