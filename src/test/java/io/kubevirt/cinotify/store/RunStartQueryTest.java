// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.OnEachStore;
import io.kubevirt.cinotify.incident.stale.RunStarts;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobRun.RunTimes;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.store.WatermarkTable.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Starts of runs as the store remembers them, and marks. */
class RunStartQueryTest extends OnEachStore {

    private static final Instant NOON = Instant.parse("2026-07-15T12:00:00Z");

    @Test
    void theNewestRunOfAPeriodicCountsAndHasItsEnd() {
        see(periodic("nightly", "1", JobState.SUCCESS, times(-48, -48, -47)), NOON);
        see(periodic("nightly", "2", JobState.PENDING, times(-24, -24, null)), NOON);
        see(periodic("livez", "3", JobState.PENDING, times(-1, -1, null)), NOON);

        assertThat(periodics())
                .isEqualTo(Map.of(
                        "nightly", new RunStarts.LastRun(hours(-24), null),
                        "livez", new RunStarts.LastRun(hours(-1), null)));

        see(periodic("nightly", "2", JobState.FAILURE, times(null, null, -20)), NOON);
        assertThat(periodics())
                .as("a source that does not know the start does not clear it")
                .containsEntry("nightly", new RunStarts.LastRun(hours(-24), hours(-20)));
    }

    @Test
    void aRunWaitsUntilItHasAPod() {
        see(periodic("nightly", null, JobState.TRIGGERED, times(-3, null, null)), NOON);
        assertThat(waiting(NOON)).containsExactly(new RunStarts.PendingRun("big", "nightly", hours(-3), 0, false));

        see(periodic("nightly", "7", JobState.PENDING, times(-3, 0, null)), NOON);
        assertThat(waiting(NOON)).isEmpty();
        assertThat(lastPods()).isEqualTo(Map.of("big", NOON));
    }

    @Test
    void siblingsWithAPodAreCounted() {
        see(periodic("nightly", "7", JobState.PENDING, times(-5, -5, null)), NOON);
        see(periodic("nightly", null, JobState.TRIGGERED, times(-3, null, null)), NOON);

        assertThat(waiting(NOON)).containsExactly(new RunStarts.PendingRun("big", "nightly", hours(-3), 1, false));
    }

    @Test
    void aRunThatIsNotSeenAnyMoreDoesNotWait() {
        JobRun run = periodic("nightly", null, JobState.TRIGGERED, times(-3, null, null));
        see(run, NOON);
        Instant later = NOON.plus(Duration.ofHours(1));
        assertThat(waiting(later)).isEmpty();

        see(run, later);
        assertThat(waiting(later)).hasSize(1);
    }

    @Test
    void aMarkStaysUntilItsValueChanges() {
        assertThat(getOrSet("a", NOON)).isEqualTo(new Watermark("a", NOON));
        assertThat(getOrSet("a", NOON.plusSeconds(60))).isEqualTo(new Watermark("a", NOON));
        assertThat(getOrSet("b", NOON.plusSeconds(60))).isEqualTo(new Watermark("b", NOON.plusSeconds(60)));
        assertThat(find("other")).isEmpty();
    }

    private Map<String, RunStarts.LastRun> periodics() {
        return store().inTransaction(transaction -> transaction.runStarts().periodics());
    }

    private Map<String, Instant> lastPods() {
        return store().inTransaction(transaction -> transaction.runStarts().lastPods());
    }

    private Optional<Watermark> find(String name) {
        return store().inTransaction(transaction -> transaction.watermarks().find(name));
    }

    private Watermark getOrSet(String value, Instant now) {
        return store().inTransaction(transaction -> transaction.watermarks().getOrSet("mark", value, now));
    }

    private List<RunStarts.PendingRun> waiting(Instant seenSince) {
        return store().inTransaction(transaction -> transaction.runStarts().waiting(seenSince));
    }

    private void see(JobRun run, Instant at) {
        store().inTransaction(transaction -> transaction.runs(at).advance(run));
    }

    private Store store() {
        return database.store();
    }

    private static JobRun periodic(String job, @Nullable String build, JobState state, RunTimes times) {
        return JobRun.builder(job, JobType.PERIODIC, state)
                .cluster("big")
                .build(build, null)
                .times(times)
                .build();
    }

    private static RunTimes times(@Nullable Integer started, @Nullable Integer pending, @Nullable Integer completed) {
        return new RunTimes(
                started == null ? null : hours(started),
                pending == null ? null : hours(pending),
                completed == null ? null : hours(completed));
    }

    private static Instant hours(int fromNoon) {
        return NOON.plus(Duration.ofHours(fromNoon));
    }
}
