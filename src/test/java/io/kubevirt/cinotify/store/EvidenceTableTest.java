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
package io.kubevirt.cinotify.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.diagnosis.Cause;
import io.kubevirt.cinotify.diagnosis.SeenFailure;
import io.kubevirt.cinotify.fixture.TestStore;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestStore.Kind.class)
class EvidenceTableTest {

    private static final Instant NOON = Instant.parse("2026-07-15T12:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(600);
    private static final JobRun RUN = JobRun.of("job", JobType.PERIODIC, JobState.FAILURE)
            .description("Job failed.")
            .build("7", null)
            .build();

    @Parameter
    private TestStore.Kind kind;

    @TempDir
    private Path folder;

    private Store store;

    @BeforeEach
    void open() {
        store = kind.in(folder).store();
    }

    @Test
    void whatIsWantedIsTakenOnceUntilItsClaimEnds() {
        assertThat(want("a", RUN, NOON, NOON)).isTrue();
        assertThat(want("a", RUN, NOON, NOON)).as("as before").isFalse();

        assertThat(claim(NOON.minusMillis(1), LATER, 9)).isEmpty();
        assertThat(claim(NOON, LATER, 9)).containsExactly(new WantedEvidence("a", RUN, NOON, 1));
        assertThat(claim(NOON, LATER, 9)).isEmpty();
        assertThat(claim(LATER, LATER.plusSeconds(1), 9))
                .as("whoever took it never came back")
                .containsExactly(new WantedEvidence("a", RUN, NOON, 2));
    }

    @Test
    void whatIsDoneIsNotDueAgain() {
        in(table -> table.want("a", RUN, NOON, NOON));
        in(table -> table.want("b", RUN, NOON, NOON.plusSeconds(1)));
        in(table -> {
            table.due("a", null);
            return true;
        });

        assertThat(claim(LATER, LATER, 9)).extracting(WantedEvidence::id).containsExactly("b");
        assertThat(claim(LATER, LATER, 0)).isEmpty();
    }

    @Test
    void aFailureIsComparedWithWhatIsNearAndWhatIsTheSame() {
        SeenFailure mine = see("mine", "same", NOON);
        SeenFailure near = see("near", "other", NOON.minusSeconds(60));
        SeenFailure same = see("same", "same", NOON.minus(Duration.ofDays(30)));
        see("far", "other", NOON.minus(Duration.ofDays(2)));

        assertThat(around(mine, Duration.ofHours(6), Duration.ofHours(2))).containsExactly(mine, near, same);
    }

    @Test
    void failuresThatShowedNothingAreNotTheSame() {
        SeenFailure mine = see("mine", "", NOON);
        see("old", "", NOON.minus(Duration.ofDays(2)));

        assertThat(around(mine, Duration.ofHours(6), Duration.ofHours(2))).containsExactly(mine);
    }

    @Test
    void matchesOfKnownIssuesAreCounted() {
        saw("a", "s", NOON, "cache");
        saw("b", "s", NOON, "cache");
        saw("c", "s", NOON.minusSeconds(1), "cache");
        saw("d", "s", NOON, null);
        saw("e", "s", LATER, "cache");

        assertThat(knownIssues(NOON, LATER)).isEqualTo(Map.of("cache", 2));
        assertThat(knownIssues(NOON, LATER.plusMillis(1))).isEqualTo(Map.of("cache", 3));
    }

    @Test
    void theOldIsForgottenAPartAtATime() {
        see("a", "s", NOON);
        see("b", "s", NOON);
        SeenFailure kept = see("c", "s", LATER);

        assertThat(forgetEndedBefore(LATER, 1)).isEqualTo(1);
        assertThat(forgetEndedBefore(LATER, 9)).isEqualTo(1);
        assertThat(around(kept, Duration.ofDays(1), Duration.ofDays(1))).containsExactly(kept);
    }

    private SeenFailure see(String id, String signature, Instant at) {
        return saw(id, signature, at, null);
    }

    private SeenFailure saw(String id, String signature, Instant at, String known) {
        SeenFailure failure = new SeenFailure(id, "org/repo", "job", 1, null, "node", Cause.TEST, signature, at);
        in(table -> {
            table.want(id, RUN, at, at);
            table.saw(failure, known);
            return true;
        });
        return failure;
    }

    private boolean want(String id, JobRun run, Instant ended, Instant due) {
        return in(table -> table.want(id, run, ended, due));
    }

    private List<WantedEvidence> claim(Instant now, Instant until, int limit) {
        return in(table -> table.claim(now, until, limit));
    }

    private List<SeenFailure> around(SeenFailure failure, Duration before, Duration after) {
        return in(table -> table.around(failure, before, after));
    }

    private Map<String, Integer> knownIssues(Instant from, Instant until) {
        return in(table -> table.knownIssues(from, until));
    }

    private int forgetEndedBefore(Instant instant, int limit) {
        return in(table -> table.forgetEndedBefore(instant, limit));
    }

    private <T> T in(Function<EvidenceTable, T> work) {
        return store.inTransaction(transaction -> work.apply(transaction.evidence()));
    }
}
