// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.OnEachStore;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobRun.RunTimes;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Pull;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.store.DayCounts.LaneDay;
import io.kubevirt.cinotify.store.DayCounts.OutcomeDay;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts by day are what a recount of the rows finds. */
class DayCountsTest extends OnEachStore {

    private static final Instant MONTH_AGO = NOON.minus(Duration.ofDays(30));
    private static final List<JobState> ENDS =
            List.of(JobState.SUCCESS, JobState.FAILURE, JobState.FAILURE, JobState.ERROR, JobState.ABORTED);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void lanesAreCountedOnTheDayTheirRunsEnded(long seed) {
        Random random = new Random(seed);
        List<JobRun> stream = new ArrayList<>();
        for (int number = 0; number < 150; number++) {
            stream.addAll(run(random, number));
        }
        Collections.shuffle(stream, random);
        for (int from = 0; from < stream.size(); from += 50) {
            List<JobRun> batch = stream.subList(from, Math.min(from + 50, stream.size()));
            database.store().inTransaction(transaction -> {
                batch.forEach(transaction.runs(NOON)::advance);
                return true;
            });
        }

        assertThat(counted()).as("seed %d", seed).isEqualTo(recounted()).hasSizeGreaterThan(40);
        assertThat(counted()).anySatisfy(day -> assertThat(day.flaky()).isPositive());
    }

    /** Its states in order, some of them twice. */
    private static List<JobRun> run(Random random, int number) {
        JobType type = random.nextInt(4) == 0 ? JobType.PERIODIC : JobType.PRESUBMIT;
        Instant ended = MONTH_AGO.plusSeconds(random.nextInt(30 * 86_400));
        List<Pull> pulls = type == JobType.PERIODIC
                ? List.of()
                : List.of(new Pull(1, null, random.nextInt(10) == 0 ? null : "sha" + random.nextInt(12)));
        List<JobRun> states = new ArrayList<>();
        // A run that never gets a pod has no build id; if it gets one later, it is the same run.
        boolean neverStarted = random.nextInt(8) == 0;
        if (neverStarted) {
            states.add(state(type, pulls, number, JobState.ERROR, ended));
        }
        states.add(state(type, pulls, number, JobState.PENDING, null));
        JobRun end = state(type, pulls, number, ENDS.get(random.nextInt(ENDS.size())), ended);
        states.add(end);
        states.add(end);
        return states;
    }

    private static JobRun state(JobType type, List<Pull> pulls, int number, JobState state, @Nullable Instant ended) {
        boolean started = state != JobState.ERROR;
        return JobRun.builder("job-" + number % 3, type, state)
                .repository(Repository.of("example/thing"))
                .pulls(pulls)
                .prowJob("prowjob-" + number)
                .build(started ? Integer.toString(number) : null, null)
                .times(new RunTimes(NOON.minus(Duration.ofDays(31)), null, ended))
                .build();
    }

    private List<LaneDay> counted() {
        List<LaneDay> days =
                database.store().read(transaction -> transaction.dayCounts().lanes(MONTH_AGO, NOON));
        return days.stream().filter(day -> day.finished() > 0).toList();
    }

    private List<LaneDay> recounted() {
        return database
                .outcomes()
                .query("SELECT ended_at / 86400000 AS day, lane, count(*) AS finished,"
                        + " count(CASE WHEN state <> 'success' THEN 1 END) AS failed,"
                        + " count(CASE WHEN state <> 'success' AND EXISTS (SELECT 1 FROM run AS other WHERE other.lane = run.lane"
                        + " AND other.commit_sha = run.commit_sha AND other.state = 'success') THEN 1 END) AS flaky"
                        + " FROM run WHERE state IN ('success', 'failure', 'error') GROUP BY 1, 2 ORDER BY 1, 2")
                .stream()
                .map(row -> new LaneDay(
                        number(row, "day"),
                        String.valueOf(row.get("lane")),
                        number(row, "finished"),
                        number(row, "failed"),
                        number(row, "flaky")))
                .toList();
    }

    private static long number(Map<String, @Nullable Object> row, String column) {
        return row.get(column) instanceof Number number ? number.longValue() : -1;
    }

    @Test
    void deliveriesAreCountedByOutcomeOnTheDayTheirRunEnded() {
        Random random = new Random(1);
        for (int number = 0; number < 200; number++) {
            String id = "delivery " + number;
            Instant ended = MONTH_AGO.plusSeconds(random.nextInt(30 * 86_400));
            int outcome = random.nextInt(5);
            database.store().inTransaction(transaction -> {
                DeliveryTable deliveries = transaction.deliveries();
                deliveries.insert(
                        new JournalEntry(id, "status", NOON.minusSeconds(random.nextInt(86_400)), new byte[0], 0));
                decide(outcome == 0 ? deliveries : deliveries.ofRunEnded(ended), id, outcome);
                return true;
            });
        }
        database.store().inTransaction(transaction -> {
            transaction.deliveries().withdrawn("message 3", "healed");
            return true;
        });

        List<OutcomeDay> counted =
                database.store().read(transaction -> transaction.dayCounts().outcomes(MONTH_AGO, NOON));
        assertThat(counted.stream().filter(day -> day.deliveries() > 0))
                .containsExactlyElementsOf(database
                        .outcomes()
                        .query("SELECT day, outcome, coalesce(reason, '') AS reason, count(*) AS deliveries"
                                + " FROM delivery GROUP BY 1, 2, 3 ORDER BY 1, 2, 3")
                        .stream()
                        .map(row -> new OutcomeDay(
                                number(row, "day"),
                                String.valueOf(row.get("outcome")),
                                String.valueOf(row.get("reason")),
                                number(row, "deliveries")))
                        .toList())
                .anySatisfy(day -> assertThat(day.reason()).isEqualTo("healed"));
    }

    private static void decide(DeliveryTable deliveries, String id, int outcome) {
        switch (outcome) {
            case 0 -> deliveries.suppressed(id, "tide", List.of(), NOON);
            case 1 -> deliveries.failed(id, "defect", List.of(), NOON);
            case 2 -> {
                deliveries.held(id, "presubmit lane " + id, List.of());
                deliveries.released("presubmit lane " + id);
                deliveries.ofRunEnded(null).notified(id, "message 2", List.of(), NOON);
            }
            default -> deliveries.notified(id, "message " + outcome, List.of(), NOON);
        }
    }
}
