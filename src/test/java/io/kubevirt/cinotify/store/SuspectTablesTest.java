// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.suspect.MergedPull;
import io.kubevirt.cinotify.suspect.SuspectVerdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables of suspects. */
class SuspectTablesTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    private Path folder;

    private static MergedPull pull(int number, String author, List<String> paths) {
        return new MergedPull("org/repo", "main", "commit" + number, number, "T", author, NOON, paths, false, null);
    }

    @Test
    void theTablesOfSuspectsKeepWhatIsKnown() {
        EmbeddedStore database = EmbeddedStore.in(folder);
        database.store().inTransaction(transaction -> {
            var merges = transaction.merges();
            merges.save(pull(1, "dev", List.of()));
            merges.saveIfBetter(pull(1, "", List.of()));
            assertThat(merges.find("org/repo", "commit1").orElseThrow().author())
                    .isEqualTo("dev");
            assertThat(merges.withoutPaths(NOON)).extracting(MergedPull::number).containsExactly(1);

            merges.saveIfBetter(pull(1, "", List.of("a.go")));
            merges.save(pull(1, "dev", List.of()));
            assertThat(merges.find("org/repo", "commit1").orElseThrow().paths()).containsExactly("a.go");
            assertThat(merges.withoutPaths(NOON)).isEmpty();
            assertThat(merges.since("org/repo", NOON.plusSeconds(1))).isEmpty();

            assertThat(merges.rangeProblem("org/repo", "a...b")).isEmpty();
            merges.saveRange("org/repo", "a...b", "", NOON);
            assertThat(merges.rangeProblem("org/repo", "a...b")).hasValue("");
            assertThat(merges.forgetBefore(NOON.plusSeconds(1), 10)).isEqualTo(1);

            var definitions = transaction.laneDefinitions();
            assertThat(definitions.observe(Map.of("lane", "1"), NOON)).isEqualTo(1);
            assertThat(definitions.observe(Map.of("lane", "1"), NOON.plus(HOUR)))
                    .isZero();
            assertThat(definitions.lastChange(List.of("lane"), NOON.plus(HOUR))).isEmpty();
            definitions.observe(Map.of("lane", "2"), NOON.plus(HOUR));
            assertThat(definitions.lastChange(List.of("lane"), NOON.plus(HOUR))).hasValue(NOON.plus(HOUR));
            assertThat(definitions.lastChange(List.of("lane"), NOON)).isEmpty();
            definitions.forgetBefore(NOON.plus(HOUR.multipliedBy(9)), 10);
            assertThat(definitions.observe(Map.of("lane", "2"), NOON.plus(HOUR.multipliedBy(2))))
                    .isZero();
            return true;
        });
    }

    @Test
    void theCommitOfARunIsKeptAndStaysWhenItIsKnown() {
        EmbeddedStore.in(folder).store().inTransaction(transaction -> {
            JobRun run = JobRun.builder("nightly", JobType.PERIODIC, JobState.SUCCESS)
                    .repository(Repository.of("org/repo"))
                    .build("1700000000000000000", null)
                    .times(new JobRun.RunTimes(null, null, NOON))
                    .build();
            transaction.runs(NOON).advance(run);
            transaction.runs(NOON).setBase(run, "a".repeat(40));

            assertThat(transaction.endedRuns().ofLane(run.lane().toString(), NOON, NOON, 5))
                    .extracting(ended -> ended.run().baseSha())
                    .containsExactly("a".repeat(40));
            return true;
        });
    }

    /** Many later failures do not hide the last passing run. */
    @Test
    void theRunsOfALaneAreThoseAroundAnInstant() {
        EmbeddedStore.in(folder).store().inTransaction(transaction -> {
            for (int hour = -4; hour < 9; hour++) {
                transaction
                        .runs(NOON)
                        .advance(JobRun.builder("nightly", JobType.PERIODIC, JobState.SUCCESS)
                                .repository(Repository.of("org/repo"))
                                .build("17000000000000000" + (20 + hour), null)
                                .times(new JobRun.RunTimes(null, null, NOON.plus(HOUR.multipliedBy(hour))))
                                .build());
            }

            assertThat(transaction.endedRuns().ofLane("org/repo nightly", NOON.minus(HOUR.multipliedBy(9)), NOON, 2))
                    .extracting(ended -> Duration.between(NOON, ended.at()).toHours())
                    .containsExactlyInAnyOrder(-2L, -1L, 0L, 1L);
            return true;
        });
    }

    @Test
    void aRunIsTriggeredWhenItsBuildIdWasMade() {
        JobRun run = JobRun.builder("nightly", JobType.PERIODIC, JobState.SUCCESS)
                .build("1700000000000000000", null)
                .times(new JobRun.RunTimes(null, null, Instant.parse("2023-09-08T05:00:00Z")))
                .build();

        assertThat(run.triggeredAt())
                .isBetween(Instant.parse("2023-09-07T00:00:00Z"), Instant.parse("2023-09-08T04:59:00Z"));
    }

    @Test
    void theLastVerdictOnASuspectCounts() {
        EmbeddedStore.in(folder).store().inTransaction(transaction -> {
            var merges = transaction.merges();
            merges.add(new SuspectVerdict(NOON, "ann", "1", "org/repo#1", false), true);
            merges.add(new SuspectVerdict(NOON.plus(HOUR), "bob", "1", "org/repo#1", true), true);
            merges.add(new SuspectVerdict(NOON, "ann", "2", "org/repo#2", false), true);
            merges.add(new SuspectVerdict(NOON, "ann", "3", "org/repo#3", true), false);

            assertThat(merges.verdicts()).isEqualTo(new SuspectVerdict.Figures(1, 1, 1));
            assertThat(merges.verdicts().sentence())
                    .isEqualTo("1 of 2 suspects with a verdict right (50 %), 1 culprit not shown");
            return true;
        });
    }
}
