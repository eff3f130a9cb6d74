// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.roster.Schedule.DaysOff;
import io.kubevirt.cinotify.roster.Schedule.Pause;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

    private static Schedule schedule(String zone, String days, String hours) {
        return new Schedule(
                MemberZone.parse(zone).orElseThrow(),
                Availability.parse(days).orElseThrow(),
                WorkingHours.parse(hours).orElseThrow(),
                List.of(),
                List.of());
    }

    private static Schedule with(Schedule schedule, List<DaysOff> daysOff, List<Pause> pauses) {
        return new Schedule(schedule.zone(), schedule.availability(), schedule.hours(), daysOff, pauses);
    }

    @ParameterizedTest
    @CsvSource({
        // A normal week: Wednesday in summer, then the last working minute and the first free one.
        "Europe/Berlin, Mon-Fri, 09:00-17:00, 2026-07-15T07:00:00Z, true",
        "Europe/Berlin, Mon-Fri, 09:00-17:00, 2026-07-15T06:59:59Z, false",
        "Europe/Berlin, Mon-Fri, 09:00-17:00, 2026-07-15T14:59:59Z, true",
        "Europe/Berlin, Mon-Fri, 09:00-17:00, 2026-07-15T15:00:00Z, false",
        "GMT+1,         Mon-Fri, 09:00-17:00, 2026-07-15T07:00:00Z, false",
        "GMT+1,         Mon-Fri, 09:00-17:00, 2026-07-15T08:00:00Z, true",
        // Sunday is a working day of Sun-Thu only, and Friday is not.
        "GMT+3,         Sun-Thu, 09:00-17:00, 2026-07-19T06:00:00Z, true",
        "GMT+3,         Sun-Thu, 09:00-17:00, 2026-07-17T06:00:00Z, false",
        // A night shift belongs to the day on which it begins: Friday's reaches into Saturday, Sunday's does not exist.
        "UTC,           Mon-Fri, 22:00-06:00, 2026-07-18T05:59:00Z, true",
        "UTC,           Mon-Fri, 22:00-06:00, 2026-07-18T06:00:00Z, false",
        "UTC,           Mon-Fri, 22:00-06:00, 2026-07-18T23:00:00Z, false",
        "UTC,           Mon-Fri, 22:00-06:00, 2026-07-20T05:00:00Z, false",
        "UTC,           Mon-Fri, 22:00-06:00, 2026-07-20T22:00:00Z, true",
        "UTC,           Mon-Sun, 00:00-24:00, 2026-07-18T23:59:59Z, true",
        // The monday after each change of the clocks.
        "Europe/Berlin,    Mon-Fri, 09:00-17:00, 2026-03-27T08:00:00Z, true",
        "Europe/Berlin,    Mon-Fri, 09:00-17:00, 2026-03-30T07:00:00Z, true",
        "America/New_York, Mon-Fri, 09:00-17:00, 2026-03-09T13:00:00Z, true",
        "America/New_York, Mon-Fri, 09:00-17:00, 2026-11-02T13:59:00Z, false",
        "Asia/Jerusalem,   Sun-Thu, 09:00-17:00, 2026-03-29T06:00:00Z, true",
        "Asia/Jerusalem,   Sun-Thu, 09:00-17:00, 2026-10-25T06:59:00Z, false",
    })
    void aPersonIsAtWorkInWorkingHoursOfTheirOwnClock(
            String zone, String days, String hours, Instant at, boolean atWork) {
        assertThat(schedule(zone, days, hours).isAtWork(at)).isEqualTo(atWork);
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin,    Mon-Fri, 2026-03-27T17:00:00Z, 2026-03-30T07:00:00Z",
        "Europe/Berlin,    Mon-Fri, 2026-10-23T17:00:00Z, 2026-10-26T08:00:00Z",
        "America/New_York, Mon-Fri, 2026-03-06T23:00:00Z, 2026-03-09T13:00:00Z",
        "America/New_York, Mon-Fri, 2026-10-30T23:00:00Z, 2026-11-02T14:00:00Z",
        "Asia/Jerusalem,   Sun-Thu, 2026-03-26T16:00:00Z, 2026-03-29T06:00:00Z",
        "Asia/Jerusalem,   Sun-Thu, 2026-10-22T16:00:00Z, 2026-10-25T07:00:00Z",
        "GMT+1,            Mon-Fri, 2026-03-29T11:00:00Z, 2026-03-30T08:00:00Z",
    })
    void theNextWorkingMinuteFollowsTheClocksWhenTheyMove(String zone, String days, Instant from, Instant next) {
        assertThat(schedule(zone, days, "09:00-17:00").nextWorkingMinute(from)).contains(next);
    }

    @Test
    void theNextWorkingMinuteOfSomebodyAtWorkIsNow() {
        Instant at = Instant.parse("2026-07-15T10:00:31Z");
        assertThat(schedule("UTC", "Mon-Fri", "09:00-17:00").nextWorkingMinute(at))
                .contains(at);
    }

    @ParameterizedTest
    @CsvSource({
        // The clocks skip 02:00-03:00 and show 02:00-03:00 twice.
        "Europe/Berlin, 22:00-06:00, 2026-03-28T12:00:00Z, 2026-03-29T12:00:00Z, PT7H",
        "Europe/Berlin, 22:00-06:00, 2026-10-24T12:00:00Z, 2026-10-25T12:00:00Z, PT9H",
        "Europe/Berlin, 02:00-03:00, 2026-03-29T00:00:00Z, 2026-03-29T12:00:00Z, PT0S",
        "Europe/Berlin, 02:00-03:00, 2026-10-25T00:00:00Z, 2026-10-25T12:00:00Z, PT2H",
        "Europe/Berlin, 02:30-04:00, 2026-03-29T00:00:00Z, 2026-03-29T12:00:00Z, PT1H",
        "Europe/Berlin, 00:00-02:30, 2026-10-24T22:00:00Z, 2026-10-25T12:00:00Z, PT3H30M",
        "Europe/Berlin, 00:00-24:00, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z, PT25H",
        // An ordinary week, a weekend, half a day, a time that runs backwards.
        "Europe/Berlin, 09:00-17:00, 2026-07-13T00:00:00Z, 2026-07-20T00:00:00Z, PT56H",
        "Europe/Berlin, 09:00-17:00, 2026-07-15T12:00:00Z, 2026-07-16T08:00:00Z, PT4H",
        "Europe/Berlin, 09:00-17:00, 2026-07-15T12:00:00Z, 2026-07-14T08:00:00Z, PT0S",
    })
    void workingTimeIsCountedInRealHours(String zone, String hours, Instant from, Instant to, Duration expected) {
        assertThat(schedule(zone, "Mon-Sun", hours).workingTimeBetween(from, to))
                .isEqualTo(expected);
    }

    @Test
    void everyMinuteWhoseLocalTimeLiesInTheHoursIsWorkedAndNoOther() {
        long seed = 20260715;
        Random random = new Random(seed);
        for (String zone : List.of("Europe/Berlin", "America/New_York", "Asia/Jerusalem", "Pacific/Apia", "GMT+1")) {
            for (String hours : List.of("09:00-17:00", "22:00-06:00", "02:15-02:45", "00:00-24:00")) {
                Schedule schedule = schedule(zone, "Mon-Sun", hours);
                for (int sample = 0; sample < 2000; sample++) {
                    Instant at = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(365 * 24 * 3600));
                    assertThat(schedule.isAtWork(at))
                            .as("seed %d: %s %s at %s", seed, zone, hours, at)
                            .isEqualTo(contains(schedule.hours(), at.atZone(ZoneId.of(zone))));
                }
            }
        }
    }

    private static boolean contains(WorkingHours hours, ZonedDateTime local) {
        LocalTime time = local.toLocalTime();
        boolean started = !time.isBefore(hours.start());
        boolean notEnded = time.isBefore(hours.end());
        return hours.runsOverMidnight() ? started || notEnded : started && notEnded;
    }

    @Test
    void daysOffAreLeftOutWithTheirFirstAndLast() {
        Schedule off = with(
                schedule("Europe/Berlin", "Mon-Fri", "09:00-17:00"),
                List.of(new DaysOff(LocalDate.of(2026, 7, 13), LocalDate.of(2026, 7, 17))),
                List.of());
        assertThat(off.isAtWork(Instant.parse("2026-07-17T14:00:00Z"))).isFalse();
        assertThat(off.nextWorkingMinute(Instant.parse("2026-07-13T00:00:00Z")))
                .contains(Instant.parse("2026-07-20T07:00:00Z"));
        assertThat(off.absence(Instant.parse("2026-07-15T10:00:00Z")))
                .isEqualTo("is off from 2026-07-13 to 2026-07-17");
    }

    @Test
    void aPauseIsCutOutOfTheDay() {
        Instant ten = Instant.parse("2026-07-15T10:00:00Z");
        Instant twelve = Instant.parse("2026-07-15T12:00:00Z");
        Schedule paused = with(schedule("UTC", "Mon-Fri", "09:00-17:00"), List.of(), List.of(new Pause(ten, twelve)));
        assertThat(paused.isAtWork(ten.minusSeconds(1))).isTrue();
        assertThat(paused.isAtWork(ten)).isFalse();
        assertThat(paused.nextWorkingMinute(ten)).contains(twelve);
        assertThat(paused.workingTimeBetween(ten.minusSeconds(3600), twelve.plusSeconds(3600)))
                .isEqualTo(Duration.ofHours(2));
        assertThat(paused.absence(ten)).isEqualTo("is paused until 2026-07-15T12:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-07-15T10:00:00Z, PT2H,  2026-07-15T12:00:00Z",
        "2026-07-15T16:00:00Z, PT1H,  2026-07-15T17:00:00Z",
        "2026-07-15T16:00:00Z, PT2H,  2026-07-16T10:00:00Z",
        "2026-07-17T16:00:00Z, PT9H,  2026-07-20T17:00:00Z",
        "2026-07-18T12:00:00Z, PT0S,  2026-07-20T09:00:00Z",
    })
    void aLimitOfWorkingTimeEndsInWorkingTime(Instant from, Duration worked, Instant expected) {
        assertThat(schedule("UTC", "Mon-Fri", "09:00-17:00").afterWorking(from, worked))
                .contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "Mon-Fri"})
    void somebodyWhoNeverWorksHasNoNextMinute(String days) {
        Instant from = Instant.parse("2026-07-15T10:00:00Z");
        Schedule never = with(
                schedule("Europe/Berlin", days, "09:00-17:00"),
                List.of(),
                List.of(new Pause(Instant.parse("2020-01-01T00:00:00Z"), Instant.MAX)));
        assertThat(never.nextWorkingMinute(from)).isEmpty();
        assertThat(never.afterWorking(from, Duration.ofMinutes(1))).isEmpty();
    }

    @Test
    void aYearOfLeaveHasAnEnd() {
        Schedule leave = with(
                schedule("Europe/Berlin", "Mon-Fri", "09:00-17:00"),
                List.of(new DaysOff(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 12, 31))),
                List.of());
        assertThat(leave.nextWorkingMinute(Instant.parse("2026-01-01T00:00:00Z")))
                .contains(Instant.parse("2027-01-01T08:00:00Z"));
    }
}
