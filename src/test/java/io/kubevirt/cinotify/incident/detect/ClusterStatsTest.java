// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.incident.Thresholds;
import io.kubevirt.cinotify.incident.detect.OutageDetector.ClusterStats;
import io.kubevirt.cinotify.prow.JobState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Five runs in error, or twenty failing lanes of three pull requests and half of the runs. */
class ClusterStatsTest {

    private final ClusterStats stats = new ClusterStats();
    private final List<WindowEntry> entered = new ArrayList<>();
    private int number;

    @ParameterizedTest
    @CsvSource({
        "5, 0, 1, 100, true",
        "4, 0, 1, 0, false",
        "0, 20, 3, 0, true",
        "0, 19, 3, 0, false",
        "0, 20, 2, 0, false",
        "0, 20, 3, 20, true",
        "0, 20, 3, 21, false",
        "4, 20, 3, 24, true",
        "4, 20, 3, 25, false",
    })
    void manyFailuresOnAClusterAreItsTrouble(int errors, int lanes, int pulls, int passes, boolean trouble) {
        for (int error = 0; error < errors; error++) {
            enter("lane", 1, JobState.ERROR);
        }
        for (int lane = 0; lane < lanes; lane++) {
            enter("lane" + lane, 1 + lane % pulls, JobState.FAILURE);
        }
        for (int pass = 0; pass < passes; pass++) {
            enter("green" + pass, 9, JobState.SUCCESS);
        }

        assertThat(stats.isTrouble(Thresholds.DEFAULTS.clusters())).isEqualTo(trouble);

        for (int again = 0; again < 2; again++) {
            enter("lane", 1, JobState.ERROR);
            enter("other", 77, JobState.FAILURE);
            enter("another", 78, JobState.SUCCESS);
        }
        for (int gone = 0; gone < 6; gone++) {
            stats.remove(entered.removeLast());
        }
        assertThat(stats.isTrouble(Thresholds.DEFAULTS.clusters()))
                .as("what entered and left does not matter")
                .isEqualTo(trouble);
        entered.forEach(stats::remove);
        assertThat(stats.isTrouble(Thresholds.DEFAULTS.clusters())).isFalse();
    }

    private void enter(String job, int pull, JobState state) {
        WindowEntry entry = Entries.entry(++number, job, pull, NOON, state, "east");
        stats.add(entry);
        entered.add(entry);
    }
}
