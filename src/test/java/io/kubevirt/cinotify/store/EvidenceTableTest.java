// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.diagnosis.FailureRecord;
import io.kubevirt.cinotify.fixture.OnEachStore;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.routing.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class EvidenceTableTest extends OnEachStore {

    private static final Instant NOON = Instant.parse("2026-07-15T12:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(600);
    private static final JobRun RUN = JobRun.builder("job", JobType.PERIODIC, JobState.FAILURE)
            .description("Job failed.")
            .build("7", null)
            .build();

    @Test
    void aRequestIsClaimedOnceUntilItsClaimExpires() {
        assertThat(request("a", RUN, NOON, NOON)).isTrue();
        assertThat(request("a", RUN, NOON, NOON)).as("as before").isFalse();

        assertThat(claim(NOON.minusMillis(1), LATER, 9)).isEmpty();
        assertThat(claim(NOON, LATER, 9)).containsExactly(new EvidenceTable.Request("a", RUN, NOON, 1));
        assertThat(claim(NOON, LATER, 9)).isEmpty();
        assertThat(claim(LATER, LATER.plusSeconds(1), 9))
                .as("whoever took it never came back")
                .containsExactly(new EvidenceTable.Request("a", RUN, NOON, 2));
    }

    @Test
    void whatIsDoneIsNotDueAgain() {
        in(table -> table.request("a", RUN, NOON, NOON));
        in(table -> table.request("b", RUN, NOON, NOON.plusSeconds(1)));
        in(table -> {
            table.reschedule("a", null);
            return true;
        });

        assertThat(claim(LATER, LATER, 9)).extracting(EvidenceTable.Request::id).containsExactly("b");
        assertThat(claim(LATER, LATER, 0)).isEmpty();
    }

    @Test
    void aFailureIsComparedWithWhatIsNearAndWhatIsTheSame() {
        FailureRecord mine = see("mine", "same", NOON);
        FailureRecord near = see("near", "other", NOON.minusSeconds(60));
        FailureRecord same = see("same", "same", NOON.minus(Duration.ofDays(30)));
        see("far", "other", NOON.minus(Duration.ofDays(2)));

        assertThat(comparable(mine, Duration.ofHours(6), Duration.ofHours(2))).containsExactly(mine, near, same);
    }

    @Test
    void failuresThatShowedNothingAreNotTheSame() {
        FailureRecord mine = see("mine", "", NOON);
        see("old", "", NOON.minus(Duration.ofDays(2)));

        assertThat(comparable(mine, Duration.ofHours(6), Duration.ofHours(2))).containsExactly(mine);
    }

    @Test
    void matchesOfKnownIssuesAreCounted() {
        recordFailure("a", "s", NOON, "cache");
        recordFailure("b", "s", NOON, "cache");
        recordFailure("c", "s", NOON.minusSeconds(1), "cache");
        recordFailure("d", "s", NOON, null);
        recordFailure("e", "s", LATER, "cache");

        assertThat(knownIssues(NOON, LATER)).isEqualTo(Map.of("cache", 2));
        assertThat(knownIssues(NOON, LATER.plusMillis(1))).isEqualTo(Map.of("cache", 3));
    }

    @Test
    void theOldIsForgottenAPartAtATime() {
        see("a", "s", NOON);
        see("b", "s", NOON);
        FailureRecord kept = see("c", "s", LATER);

        assertThat(forgetEndedBefore(LATER, 1)).isEqualTo(1);
        assertThat(forgetEndedBefore(LATER, 9)).isEqualTo(1);
        assertThat(comparable(kept, Duration.ofDays(1), Duration.ofDays(1))).containsExactly(kept);
    }

    private FailureRecord see(String id, String signature, Instant at) {
        return recordFailure(id, signature, at, null);
    }

    private FailureRecord recordFailure(String id, String signature, Instant at, String known) {
        FailureRecord failure = new FailureRecord(id, "org/repo", "job", 1, null, "node", Cause.TEST, signature, at);
        in(table -> {
            table.request(id, RUN, at, at);
            table.recordFailure(failure, known);
            return true;
        });
        return failure;
    }

    private boolean request(String id, JobRun run, Instant ended, Instant due) {
        return in(table -> table.request(id, run, ended, due));
    }

    private List<EvidenceTable.Request> claim(Instant now, Instant until, int limit) {
        return in(table -> table.claim("", now, until, limit));
    }

    private List<FailureRecord> comparable(FailureRecord failure, Duration before, Duration after) {
        return in(table -> table.comparable(failure, before, after));
    }

    private Map<String, Integer> knownIssues(Instant from, Instant until) {
        return in(table -> table.knownIssues(from, until, lane -> true));
    }

    private int forgetEndedBefore(Instant instant, int limit) {
        return in(table -> table.forgetEndedBefore(instant, limit));
    }

    private <T> T in(Function<EvidenceTable, T> work) {
        return database.store().inTransaction(transaction -> work.apply(transaction.evidence()));
    }
}
