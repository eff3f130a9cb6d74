// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.prow.JobRun.JobRunBuilder;
import io.kubevirt.cinotify.prow.JobRun.RunTimes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobRunTest {

    /** A build id that Prow gave at this time. */
    private static final Instant TRIGGERED = Instant.parse("2026-11-25T11:00:00.123Z");

    private static final String BUILD = "1998765432109876543";

    @ParameterizedTest
    @CsvSource({
        "TRIGGERED, PENDING, true",
        "PENDING, TRIGGERED, false",
        "PENDING, PENDING, false",
        "PENDING, FAILURE, true",
        "TRIGGERED, ERROR, true",
        "FAILURE, SUCCESS, false",
        "SUCCESS, PENDING, false",
        "ABORTED, FAILURE, true",
        "PENDING, ABORTED, true"
    })
    void aRunOnlyMovesForward(JobState earlier, JobState later, boolean follows) {
        assertThat(run(later).build().follows(run(earlier).build())).isEqualTo(follows);
    }

    @Test
    void anAbortedRunIsFinalOnceItsPodHasEnded() {
        JobRun ended = run(JobState.ABORTED).times(times(null, null, TRIGGERED)).build();

        assertThat(run(JobState.ABORTED).build().isFinal()).isFalse();
        assertThat(ended.isFinal()).isTrue();
        assertThat(run(JobState.FAILURE).build().follows(ended)).isFalse();
        assertThat(ended.follows(run(JobState.ABORTED).build())).isTrue();
    }

    @Test
    void theBuildIdIdentifiesARunThenItsProwJobThenItsTime() {
        assertThat(run(JobState.FAILURE).build("7", null).prowJob("a-b").build().identity())
                .isEqualTo("7");
        assertThat(run(JobState.FAILURE).build("", null).prowJob("a-b").build().identity())
                .isEqualTo("a-b");
        assertThat(run(JobState.FAILURE)
                        .times(times(Instant.ofEpochMilli(1_288_834_974_657L + 3), null, TRIGGERED))
                        .build()
                        .identity())
                .as("three milliseconds, in the form of a build id")
                .isEqualTo(String.valueOf(3 << 22));
    }

    @Test
    void itWasTriggeredWhenItStartedOrWhenItsBuildIdWasGiven() {
        Instant given = Instant.ofEpochMilli((Long.parseLong(BUILD) >> 22) + 1_288_834_974_657L);
        Instant end = given.plusSeconds(3_600);

        assertThat(triggered(BUILD, times(TRIGGERED, null, end))).isEqualTo(TRIGGERED);
        assertThat(triggered(BUILD, times(null, null, end))).isEqualTo(given);
        assertThat(triggered(null, times(null, null, end))).isEqualTo(end);
        assertThat(triggered("77", times(null, null, end))).as("no snowflake").isEqualTo(end);
        assertThat(triggered(BUILD, times(null, null, given.minusSeconds(1))))
                .as("given later than the run ended: of another time")
                .isEqualTo(given.minusSeconds(1));
        assertThat(triggered(BUILD, times(null, null, given.plusSeconds(4 * 86_400))))
                .as("no run takes four days")
                .isEqualTo(given.plusSeconds(4 * 86_400));
        assertThat(triggered(BUILD, times(null, null, null))).isNull();
    }

    @Test
    void theBaseIsAddedWithoutChangingAnythingElse() {
        JobRun run = run(JobState.FAILURE).build(BUILD, null).baseRef("main").build();

        assertThat(run.withBaseSha("abc").baseSha()).isEqualTo("abc");
        assertThat(run.withBaseSha("abc")
                        .withBaseSha(String.valueOf(run.baseSha()))
                        .toString()
                        .replace("null", ""))
                .isEqualTo(run.toString().replace("null", ""));
    }

    private static @Nullable Instant triggered(@Nullable String build, RunTimes times) {
        return run(JobState.FAILURE).build(build, null).times(times).build().triggeredAt();
    }

    private static JobRunBuilder run(JobState state) {
        return JobRun.builder("pull-e2e", JobType.PRESUBMIT, state);
    }

    private static RunTimes times(@Nullable Instant started, @Nullable Instant pending, @Nullable Instant completed) {
        return new RunTimes(started, pending, completed);
    }
}
