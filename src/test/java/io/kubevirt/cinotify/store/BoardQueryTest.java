// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.fixture.OnEachStore;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Pull;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.Visibility;
import io.kubevirt.cinotify.store.BoardQuery.StoredRun;
import io.kubevirt.cinotify.store.RunOutcomeTable.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoardQueryTest extends OnEachStore {

    @Test
    void theLimitCountsOnlyTheRunsOfAPullRequest() {
        fail("example/thing", "1", new Pull(12, "dev", "c0ffee"));
        fail("example/thing", "2", Pull.numbered(7), Pull.numbered(12));
        fail("example/thing", "3", Pull.numbered(120));
        fail("example/thing", "4", Pull.numbered(112));
        fail("example/thing-2", "5", Pull.numbered(12));

        List<StoredRun> found = database.store()
                .read(transaction ->
                        transaction.board().ofPull(Repository.of("example/thing"), 12, NOON.minusSeconds(1), 2));

        assertThat(found).extracting(StoredRun::build).containsExactlyInAnyOrder("1", "2");
    }

    private void fail(String repository, String build, Pull... pulls) {
        JobRun run = JobRun.builder("unit", JobType.BATCH, JobState.FAILURE)
                .repository(Repository.of(repository))
                .pulls(List.of(pulls))
                .build(build, "https://prow.example.org/view/" + build)
                .times(new JobRun.RunTimes(NOON, NOON, NOON.plusSeconds(Long.parseLong(build))))
                .build();
        database.store().inTransaction(transaction -> {
            transaction.runs(NOON).advance(run, Visibility.PUBLIC);
            transaction
                    .runOutcomes(NOON)
                    .add(run, Examples.diagnosis(), new Outcome("d" + build, "suppressed", "flake", null, List.of()));
            return true;
        });
    }
}
