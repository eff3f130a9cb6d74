// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.incident.GroupKey;
import io.kubevirt.cinotify.incident.detect.DailyFailures.Average;
import io.kubevirt.cinotify.prow.JobType;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DailyFailuresTest {

    private static final GroupKey LANE = new GroupKey("example/thing", JobType.PRESUBMIT, "pull-e2e");
    private static final GroupKey OTHER = new GroupKey("example/thing", JobType.PRESUBMIT, "pull-unit");
    private static final Duration TRAILING = Duration.ofDays(28);
    private static final Instant FIRST = Instant.parse("2026-06-01T23:59:59Z");

    private final DailyFailures failures = new DailyFailures();

    @Test
    void theAverageIsOverTheDaysThatWereSeenButTodayAndTheDayBefore() {
        failures.add(LANE, FIRST, true);
        failures.add(LANE, FIRST, true);
        failures.add(LANE, FIRST, false);
        failures.add(LANE, day(1), true);
        failures.add(OTHER, day(1), true);
        failures.add(LANE, day(3), true);
        failures.add(LANE, day(4), true);

        assertThat(failures.average(LANE, day(0), TRAILING)).isEqualTo(new Average(1, 1));
        assertThat(failures.average(LANE, day(1), TRAILING)).isEqualTo(new Average(1, 1));
        assertThat(failures.average(LANE, day(2), TRAILING)).isEqualTo(new Average(4, 3));
        assertThat(failures.average(LANE, day(3), TRAILING)).isEqualTo(new Average(2.5, 2));
        assertThat(failures.average(LANE, day(4), TRAILING)).isEqualTo(new Average(5.0 / 3, 4.0 / 3));
        assertThat(failures.average(LANE, day(5), TRAILING)).isEqualTo(new Average(1.5, 1.25));
        assertThat(failures.average(OTHER, day(5), TRAILING)).isEqualTo(new Average(0.5, 0.5));
        assertThat(failures.average(LANE, day(29), TRAILING)).isEqualTo(new Average(7.0 / 28, 6.0 / 28));
        assertThat(failures.average(LANE, day(30), TRAILING))
                .as("the first day has left")
                .isEqualTo(new Average(4.0 / 28, 4.0 / 28));
    }

    @Test
    void whatNoAverageNeedsIsDropped() {
        failures.add(LANE, FIRST, true);
        failures.add(OTHER, day(1), true);
        DailyFailures before = copy();

        failures.expire(day(30), TRAILING);
        assertThat(json(failures)).isEqualTo(json(before));

        failures.expire(day(31), TRAILING);
        assertThat(json(failures)).contains("pull-unit").doesNotContain("pull-e2e");
        failures.expire(day(32), TRAILING);
        assertThat(json(failures)).doesNotContain("pull-unit");
        assertThat(json(before)).contains("pull-unit", "pull-e2e");
    }

    @Test
    void aCopyIsIndependent() {
        failures.add(LANE, FIRST, true);
        DailyFailures copy = copy();

        failures.add(LANE, day(1), true);

        assertThat(copy.average(LANE, day(3), TRAILING)).isEqualTo(new Average(1, 1));
        assertThat(failures.average(LANE, day(3), TRAILING)).isEqualTo(new Average(1.5, 1.5));
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 1", "1, 1, 0.6321", "2, 1, 0.2642", "3, 1, 0.0803", "5, 1, 0.0037", "3, 2.5, 0.4562", "4, 0, 0"})
    void theChanceIsThatOfPoisson(int count, double average, double chance) {
        assertThat(DailyFailures.chanceOf(count, average)).isCloseTo(chance, Offset.offset(0.0001));
    }

    private static Instant day(int after) {
        return FIRST.plus(Duration.ofDays(after));
    }

    private DailyFailures copy() {
        DailyFailures copy = new DailyFailures();
        copy.addAll(failures);
        return copy;
    }

    private static String json(DailyFailures failures) {
        return DetectionSnapshot.toJson(failures);
    }
}
