/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.prow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {

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
    void aRepositoryHasAnOrganisationAndAName(String text) {
        assertThat(Repository.parse(text)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Repository.of(text))
                .withMessageContaining("is not of the form org/repo");
    }

    @Test
    void aLaneIsToldAsRepositoryAndJob() {
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
        return JobRun.of("job", JobType.PERIODIC, JobState.FAILURE)
                .times(times)
                .build()
                .lastChange();
    }
}
