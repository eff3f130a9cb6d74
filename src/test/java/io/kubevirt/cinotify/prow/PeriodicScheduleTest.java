// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.prow.Job.JobTrigger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From Sunday, 2026-11-22, half past one in the afternoon. */
class PeriodicScheduleTest {

    private static final Instant SUNDAY = Instant.parse("2026-11-22T13:30:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        0 2 * * *           | 2026-11-23T02:00 2026-11-24T02:00
        05 7 * * *          | 2026-11-23T07:05 2026-11-24T07:05
        30 4,12,20,00 * * * | 2026-11-22T20:30 2026-11-23T00:30 2026-11-23T04:30
        */30 * * * *        | 2026-11-22T14:00 2026-11-22T14:30
        5/10 * * * *        | 2026-11-22T13:35 2026-11-22T13:45
        2 15 */7 * *        | 2026-11-22T15:02 2026-11-29T15:02 2026-12-01T15:02
        15 1 1 3,6,9,12 *   | 2026-12-01T01:15 2027-03-01T01:15
        0 4 13 * 5          | 2026-11-27T04:00 2026-12-04T04:00 2026-12-11T04:00 2026-12-13T04:00
        0 5 *,15 * 1        | 2026-11-23T05:00 2026-11-30T05:00 2026-12-07T05:00 2026-12-14T05:00 2026-12-21T05:00
        0 5 15 * 1,*        | 2026-12-15T05:00 2027-01-15T05:00
        28 00-23/24 * * *   | 2026-11-23T00:28 2026-11-24T00:28
        */90 */1 * * *      | 2026-11-22T14:00 2026-11-22T15:00
        0 0 , * 1           | 2026-11-23T00:00 2026-11-30T00:00
        0 4 * * SUN         | 2026-11-29T04:00 2026-12-06T04:00
        0 4 * jan-mar mon   | 2027-01-04T04:00 2027-01-11T04:00
        0 4 ? * 1           | 2026-11-23T04:00 2026-11-30T04:00
        0 0 29 2 *          | 2028-02-29T00:00 2032-02-29T00:00
        @hourly             | 2026-11-22T14:00 2026-11-22T15:00
        @daily              | 2026-11-23T00:00 2026-11-24T00:00
        @midnight           | 2026-11-23T00:00 2026-11-24T00:00
        @weekly             | 2026-11-29T00:00 2026-12-06T00:00
        @monthly            | 2026-12-01T00:00 2027-01-01T00:00
        @yearly             | 2027-01-01T00:00 2028-01-01T00:00
        @annually           | 2027-01-01T00:00 2028-01-01T00:00
        @every 1h30m        | 2026-11-22T15:00 2026-11-22T16:30
        @every 1h0.5s       | 2026-11-22T14:30 2026-11-22T15:30
        """)
    void cronIsReadAsProwReadsIt(String cron, String starts) {
        PeriodicSchedule schedule = cron(cron).orElseThrow();
        Instant at = SUNDAY;
        for (Instant expected : Arrays.stream(starts.split(" "))
                .map(start -> Instant.parse(start + ":00Z"))
                .toList()) {
            at = schedule.nextAfter(at);
            assertThat(at).as(cron).isEqualTo(expected);
        }
    }

    @Test
    void sixFieldsStartWithSecondsAndEmptyItemsAreIgnored() {
        // As in a KubeVirt job: it looks like twice a day, but is once a day, at 10:22.
        assertThat(cron("0 22, 10 * * *").orElseThrow().nextAfter(SUNDAY))
                .isEqualTo(Instant.parse("2026-11-23T10:22:00Z"));
        assertThat(cron("30 0 2 * * *").orElseThrow().nextAfter(SUNDAY))
                .isEqualTo(Instant.parse("2026-11-23T02:00:30Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nightly", "* * * *", "61 * * * *", "0 25 * * *", "0 4 * * 7", "*/0 * * * *", "50-10 * * * *",
                "0 0 30 2 *", "0 0 L * *", "0 0 * * 1#2", "@fortnightly", "@every day", "@every --1h", " @daily",
                "TZ=Europe/Berlin 0 2 * * *", "* * * * * * *", ",", "0 , * * *", "0 0 1-2-3 * *", "0 0 1/2/3 * *",
                        "0 -1 * * *"
            })
    void anInvalidOrImpossibleScheduleIsRejected(String cron) {
        assertThat(cron(cron)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1h, , PT1H, false, every 1h",
        "168h, 30m, PT30M, true, after its end 30m",
        ", 36h, PT36H, true, after its end 36h"
    })
    void intervalsAreCountedFromTheStartOrTheEnd(
            @Nullable String interval, @Nullable String minimum, Duration distance, boolean fromEnd, String words) {
        PeriodicSchedule schedule =
                PeriodicSchedule.of(trigger(null, interval, minimum)).orElseThrow();

        assertThat(schedule.nextAfter(SUNDAY)).isEqualTo(SUNDAY.plus(distance));
        assertThat(schedule.nthAfter(SUNDAY, 2)).isEqualTo(SUNDAY.plus(distance).plus(distance));
        assertThat(schedule.intervalAt(SUNDAY)).isEqualTo(distance);
        assertThat(schedule.countsFromEnd()).isEqualTo(fromEnd);
        assertThat(schedule.expression()).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        0 3 * * *         | true
        @daily            | true
        */60 */24 1-5 * * | true
        30 0 0 * * *      | true
        @every 24h        | true
        0 22, 10 * * *    | true
        0 3,15 * * *      | false
        @hourly           | false
        @every 23h        | false
        * 0 3 * * *       | false
        """)
    void aScheduleWithOneTimeOfTheDayIsAtMostDaily(String cron, boolean daily) {
        assertThat(cron(cron).orElseThrow().isAtMostDaily()).isEqualTo(daily);
    }

    @Test
    void cronTakesPrecedenceAndAJobWithoutTriggerHasNoSchedule() {
        assertThat(PeriodicSchedule.of(trigger("@daily", "1h", "1h"))
                        .orElseThrow()
                        .expression())
                .isEqualTo("@daily");
        assertThat(PeriodicSchedule.of(trigger("", "1h", null)).orElseThrow().expression())
                .isEqualTo("every 1h");
        assertThat(PeriodicSchedule.of(trigger(null, null, null))).isEmpty();
        assertThat(PeriodicSchedule.of(trigger(null, "0s", null))).isEmpty();
    }

    @Test
    void theUsualIntervalIsThatOfTheStartsThatFollow() {
        PeriodicSchedule uneven = cron("0 4,22 * * *").orElseThrow();
        assertThat(uneven.intervalAt(Instant.parse("2026-11-22T03:00:00Z"))).isEqualTo(Duration.ofHours(18));
        assertThat(uneven.intervalAt(Instant.parse("2026-11-22T05:00:00Z"))).isEqualTo(Duration.ofHours(6));
    }

    private static Optional<PeriodicSchedule> cron(String words) {
        return PeriodicSchedule.of(trigger(words, null, null));
    }

    private static JobTrigger trigger(@Nullable String cron, @Nullable String interval, @Nullable String minimum) {
        return new JobTrigger(false, false, false, false, cron, duration(interval), duration(minimum));
    }

    private static @Nullable Duration duration(@Nullable String text) {
        return text == null ? null : GoDuration.parse(text).orElseThrow();
    }
}
