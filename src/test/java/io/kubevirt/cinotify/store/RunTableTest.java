// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.fixture.OnEachStore;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobRun.RunTimes;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Repository;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Statuses arrive twice, late and out of order; a run only moves forward. */
class RunTableTest extends OnEachStore {

    @ParameterizedTest
    @CsvSource({
        "PENDING, FAILURE, true",
        "PENDING, SUCCESS, true",
        "TRIGGERED, PENDING, true",
        "PENDING, PENDING, false",
        "FAILURE, PENDING, false",
        "FAILURE, FAILURE, false",
        "FAILURE, SUCCESS, false",
        "SUCCESS, FAILURE, false",
        "PENDING, ABORTED, true",
        // It has not completed: the agent may still bring it to another end.
        "ABORTED, FAILURE, true"
    })
    void onlyALaterStateAdvances(JobState known, JobState next, boolean advances) {
        assertThat(advance(Examples.run(known, "1"))).isTrue();
        assertThat(advance(Examples.run(next, "1"))).isEqualTo(advances);
        assertThat(database.outcomes().query("SELECT state FROM run").getFirst())
                .containsEntry("state", (advances ? next : known).prowName());
    }

    @Test
    void runsThatAreReadTogetherAdvanceAsAnyOther() {
        advance(Examples.run(JobState.PENDING, "1"));
        advance(Examples.run(JobState.SUCCESS, "2"));
        JobRun odd = named("lane\0\ud800", "example/thing");
        advance(odd);

        database.store().inTransaction(transaction -> {
            RunTable runs = transaction.runs(NOON);
            runs.load(List.of(
                    odd,
                    Examples.run(JobState.FAILURE, "1"),
                    Examples.run(JobState.FAILURE, "2"),
                    Examples.run(JobState.PENDING, "3")));
            assertThat(runs.advance(Examples.run(JobState.FAILURE, "1"))).isTrue();
            assertThat(transaction.runs(NOON).advance(Examples.run(JobState.FAILURE, "1")))
                    .isFalse();
            assertThat(runs.advance(Examples.run(JobState.FAILURE, "2"))).isFalse();
            assertThat(runs.advance(Examples.run(JobState.PENDING, "3"))).isTrue();
            assertThat(runs.advance(Examples.run(JobState.PENDING, "3"))).isFalse();
            assertThat(runs.advance(Examples.run(JobState.SUCCESS, "3"))).isTrue();
            assertThat(runs.advance(odd)).isFalse();
            return true;
        });
    }

    @Test
    void anotherBuildAnotherJobOrAnotherRepositoryIsAnotherRun() {
        JobRun run = Examples.run(JobState.FAILURE, "1");
        advance(run);

        assertThat(advance(Examples.run(JobState.FAILURE, "2"))).isTrue();
        assertThat(advance(named("pull-unit", "example/thing"))).isTrue();
        assertThat(advance(named(run.job(), "example/other"))).isTrue();
        assertThat(advance(named(run.job(), "example/other"))).isFalse();
    }

    @Test
    void aRunThatHasNoPodYetHasNoBuild() {
        JobRun early =
                JobRun.builder("periodic", JobType.PERIODIC, JobState.TRIGGERED).build();

        assertThat(advance(early)).isTrue();
        assertThat(advance(early)).isFalse();
    }

    private static JobRun named(String job, String repository) {
        return JobRun.builder(job, JobType.PRESUBMIT, JobState.FAILURE)
                .repository(Repository.of(repository))
                .build("1", null)
                .build();
    }

    @Test
    void refusedPodsOfOneSecondAreRunsOfTheirOwn() {
        RunTimes sameSecond = new RunTimes(NOON, null, NOON);
        for (String prowJob : List.of("one", "two")) {
            assertThat(advance(JobRun.builder("lane", JobType.PERIODIC, JobState.ERROR)
                            .prowJob(prowJob)
                            .times(sameSecond)
                            .build()))
                    .as(prowJob)
                    .isTrue();
        }
    }

    @Test
    void aRunThatAWebhookHasEndedDoesNotWaitForItsPodAnyMore() {
        assertThat(advance(JobRun.builder("lane", JobType.PERIODIC, JobState.TRIGGERED)
                        .prowJob("one")
                        .cluster("east")
                        .times(new RunTimes(NOON, null, null))
                        .build()))
                .isTrue();
        assertThat(advance(JobRun.builder("lane", JobType.PERIODIC, JobState.SUCCESS)
                        .build("7", null)
                        .build()))
                .isTrue();

        assertThat(advance(JobRun.builder("lane", JobType.PERIODIC, JobState.SUCCESS)
                        .prowJob("one")
                        .build("7", null)
                        .build()))
                .isFalse();

        assertThat(database.outcomes().query("SELECT prow_job FROM run"))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("prow_job", "one"));
    }

    private boolean advance(JobRun run) {
        return database.store()
                .inTransaction(transaction -> transaction.runs(NOON).advance(run));
    }
}
