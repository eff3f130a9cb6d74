// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.incident.GroupKey;
import io.kubevirt.cinotify.incident.RunRecord;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the runs of a family of lanes amount to, on which branches. */
class FamilyStatsTest {

    private final FamilyStats stats = new FamilyStats();
    private int number;

    @Test
    void failuresAreCountedByLaneByPullRequestAndByBranch() {
        enter("e2e-1.33", 1, "main", JobState.FAILURE);
        enter("e2e-1.33", 1, "main", JobState.FAILURE);
        enter("e2e-1.34", 2, "release-1", JobState.FAILURE);
        enter("e2e-1.34", 3, "main", JobState.SUCCESS);
        enter("e2e-1.34", 3, "main", JobState.SUCCESS);
        enter("e2e-1.34", 4, "release-2", JobState.SUCCESS);

        assertThat(stats.red()).isEqualTo(3);
        assertThat(stats.pulls()).isEqualTo(2);
        assertThat(stats.redLanes()).containsExactly("e2e-1.33", "e2e-1.34");
        assertThat(stats.redBranches()).containsExactly("main", "release-1");
        assertThat(stats.greenWhereRed()).as("not those of release-2").isEqualTo(2);
        assertThat(stats.lane("e2e-1.33").red()).isEqualTo(2);
        assertThat(stats.lane("e2e-1.33").pulls()).isOne();
        assertThat(stats.lane("e2e-1.34").green()).isEqualTo(3);
        assertThat(stats.lane("e2e-1.35").red()).isZero();
    }

    @Test
    void whatLeavesNoLongerCounts() {
        List<WindowEntry> entries = new ArrayList<>(List.of(
                enter("e2e-1.33", 1, "main", JobState.FAILURE),
                enter("e2e-1.34", 2, "main", JobState.SUCCESS),
                enter("e2e-1.34", 2, "release-1", JobState.FAILURE),
                enter("e2e-1.34", 3, "release-1", JobState.SUCCESS)));

        stats.remove(entries.removeFirst());
        assertThat(stats.redLanes()).containsExactly("e2e-1.34");
        assertThat(stats.redBranches()).containsExactly("release-1");
        assertThat(stats.greenWhereRed()).isOne();
        assertThat(stats.pulls()).isOne();

        stats.remove(entries.removeLast());
        assertThat(stats.greenWhereRed()).isZero();

        entries.forEach(stats::remove);
        assertThat(stats.red()).isZero();
        assertThat(stats.lane("e2e-1.34").green()).isZero();
        assertThat(stats.redBranches()).isEmpty();
    }

    @Test
    void aFlakePassesAndAFailureThatSomethingElseExplainsIsNeither() {
        enter("e2e", 1, "main", JobState.FAILURE);
        WindowEntry flake = run("e2e", 2, "main", JobState.FAILURE);
        flake.setExclusion(WindowEntry.Exclusion.FLAKE);
        stats.add(flake);
        WindowEntry ofNode = run("e2e", 3, "main", JobState.FAILURE);
        ofNode.setExclusion(WindowEntry.Exclusion.NODE);
        stats.add(ofNode);

        assertThat(stats.red()).isOne();
        assertThat(stats.pulls()).isOne();
        assertThat(stats.greenWhereRed()).isOne();
        stats.remove(flake);
        stats.remove(ofNode);
        assertThat(stats.greenWhereRed()).isZero();
        assertThat(stats.red()).isOne();
    }

    private WindowEntry enter(String job, int pull, String branch, JobState state) {
        WindowEntry entry = run(job, pull, branch, state);
        stats.add(entry);
        return entry;
    }

    private WindowEntry run(String job, int pull, String branch, JobState state) {
        return WindowEntry.of(RunRecord.of(new RunRecord.Document(
                ++number,
                NOON,
                "run" + number,
                new GroupKey("example/thing", JobType.PRESUBMIT, "e2e"),
                job,
                pull,
                branch,
                null,
                null,
                state,
                null)));
    }
}
