// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When digests are sent, in the zone of the meeting. */
class MeetingTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final LocalDate EASTER_MONDAY = LocalDate.parse("2027-03-29");

    private static Meeting weekly(Set<LocalDate> holidays) {
        return new Meeting(
                "taskforce", BERLIN, DayOfWeek.MONDAY, LocalTime.of(9, 30), 1, LocalDate.parse("2026-11-23"), holidays);
    }

    private static Meeting everySecond() {
        return new Meeting(
                "grooming",
                BERLIN,
                DayOfWeek.MONDAY,
                LocalTime.of(11, 0),
                2,
                LocalDate.parse("2026-11-23"),
                Set.of(EASTER_MONDAY));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T08:29:59Z, 2026-11-16",
        "2026-11-23T08:30:00Z, 2026-11-23",
        "2026-11-29T23:00:00Z, 2026-11-23",
        // The clocks have moved: half past nine is an hour earlier.
        "2027-04-05T07:29:59Z, 2027-03-29",
        "2027-04-05T07:30:00Z, 2027-04-05",
        // Before the day that the series is counted from.
        "2020-01-01T00:00:00Z, 2019-12-30",
    })
    void theNewestOccurrenceIsTheOneThatIsDueInTheMeetingsZone(Instant now, LocalDate date) {
        assertThat(weekly(Set.of()).latest(now)).map(Meeting.Occurrence::date).contains(date);
    }

    @Test
    void aHolidayIsSkippedAndTheNextOccurrenceLooksBackOnBothWeeks() {
        Meeting meeting = weekly(Set.of(EASTER_MONDAY));

        assertThat(meeting.latest(Instant.parse("2027-03-29T12:00:00Z")))
                .map(Meeting.Occurrence::date)
                .contains(LocalDate.parse("2027-03-22"));
        Meeting.Occurrence after =
                meeting.latest(Instant.parse("2027-04-05T12:00:00Z")).orElseThrow();
        assertThat(meeting.period(after))
                .isEqualTo(
                        new DigestPeriod(Instant.parse("2027-03-22T08:30:00Z"), Instant.parse("2027-04-05T07:30:00Z")));
    }

    @Test
    void aYearOfHolidaysIsNoMeetingAndNoEndlessSearch() {
        Set<LocalDate> always = new java.util.HashSet<>();
        for (LocalDate day = LocalDate.parse("2010-01-04"); day.getYear() < 2030; day = day.plusWeeks(1)) {
            always.add(day);
        }
        assertThat(weekly(always).latest(Instant.parse("2026-11-23T12:00:00Z"))).isEmpty();
    }

    @Test
    void aTimeSkippedByDaylightSavingIsDueRightAfterTheGap() {
        Meeting sunday = new Meeting(
                "early", BERLIN, DayOfWeek.SUNDAY, LocalTime.of(2, 30), 1, LocalDate.parse("2027-03-28"), Set.of());

        assertThat(sunday.latest(Instant.parse("2027-03-28T12:00:00Z")))
                .map(Meeting.Occurrence::at)
                .contains(Instant.parse("2027-03-28T01:30:00Z"));
        assertThat(sunday.latest(Instant.parse("2027-10-31T12:00:00Z")))
                .as("half past two comes twice that night")
                .map(Meeting.Occurrence::at)
                .contains(Instant.parse("2027-10-31T00:30:00Z"));
    }

    @Test
    void inAYearEveryOccurrenceIsSentOnceByThreeReplicasThatRestartAtThatMinute() {
        Random random = new Random(7);
        Map<String, Integer> sent = new TreeMap<>();
        Map<String, Instant> when = new HashMap<>();
        List<Meeting> meetings = List.of(weekly(Set.of(EASTER_MONDAY)), everySecond());
        Instant end = Instant.parse("2027-11-22T00:00:00Z");
        for (Instant now = Instant.parse("2026-11-22T00:00:07Z"); now.isBefore(end); now = now.plusSeconds(60)) {
            for (int replica = 0; replica < 3; replica++) {
                // Replicas have no state; one that restarts misses some checks.
                if (random.nextInt(4) > 0) {
                    Instant check = now.plusSeconds(random.nextInt(50));
                    for (Meeting meeting : meetings) {
                        meeting.latest(check)
                                .filter(occurrence ->
                                        Duration.between(occurrence.at(), check).toMinutes() < 60)
                                .filter(occurrence -> when.putIfAbsent(occurrence.id(), check) == null)
                                .ifPresent(occurrence -> sent.merge(meeting.name(), 1, Integer::sum));
                    }
                }
            }
        }

        assertThat(sent).containsOnly(Map.entry("taskforce", 51), Map.entry("grooming", 25));
        assertThat(when.keySet())
                .contains("digest-taskforce-2026-11-23", "digest-grooming-2026-12-07")
                .doesNotContain(
                        "digest-taskforce-2027-03-29", "digest-grooming-2026-11-30", "digest-grooming-2027-03-29");
        assertThat(when.get("digest-taskforce-2027-07-05"))
                .isBetween(Instant.parse("2027-07-05T07:30:00Z"), Instant.parse("2027-07-05T07:33:00Z"));
        assertThat(when.get("digest-taskforce-2027-01-04"))
                .isBetween(Instant.parse("2027-01-04T08:30:00Z"), Instant.parse("2027-01-04T08:33:00Z"));
    }
}
