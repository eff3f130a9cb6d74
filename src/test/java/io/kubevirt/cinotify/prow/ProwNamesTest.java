// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kubevirt.cinotify.prow.JobRun.RunTimes;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProwNamesTest {

    @ParameterizedTest
    @EnumSource(JobState.class)
    void statesAreNamedAsProwNamesThem(JobState state) {
        assertThat(JobState.named(state.prowName())).contains(state);
        assertThat(state.isRed() && !state.isFinal()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(JobType.class)
    void typesAreNamedAsProwNamesThem(JobType type) {
        assertThat(JobType.named(type.prowName())).contains(type);
    }

    @Test
    void otherNamesAreUnknown() {
        assertThat(JobState.named("Failure")).isEmpty();
        assertThat(JobType.named("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "org", "org/", "/repo", "org/repo/more"})
    void aRepositoryHasAnOrganizationAndAName(String text) {
        assertThat(Repository.parse(text)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Repository.of(text))
                .withMessageContaining("is not of the form org/repo");
    }

    @Test
    void aLaneIsWrittenAsRepositoryAndJob() {
        assertThat(new Lane(Repository.of("org/repo"), "job")).hasToString("org/repo job");
        assertThat(new Lane(null, "job")).hasToString("job");
    }

    @Test
    void theLastChangeOfARunIsTheLatestThatIsKnown() {
        Instant first = Instant.parse("2026-08-20T10:00:00Z");
        Instant second = first.plusSeconds(60);
        Instant third = second.plusSeconds(60);
        assertThat(change(new RunTimes(first, second, third))).isEqualTo(third);
        assertThat(change(new RunTimes(first, second, null))).isEqualTo(second);
        assertThat(change(new RunTimes(first, null, null))).isEqualTo(first);
        assertThat(change(RunTimes.UNKNOWN)).isNull();
    }

    private static Instant change(RunTimes times) {
        return JobRun.builder("job", JobType.PERIODIC, JobState.FAILURE)
                .times(times)
                .build()
                .lastChange();
    }
}
