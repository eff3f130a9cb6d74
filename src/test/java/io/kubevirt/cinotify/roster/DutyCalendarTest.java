// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.Seed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class DutyCalendarTest {
    private static final Instant WEDNESDAY = Instant.parse("2026-03-25T10:00:00Z");

    private static Roster rotation(String area) {
        RotationConfig weekly = new RotationConfig(
                "duty",
                List.of(),
                null,
                "Europe/Prague",
                LocalDateTime.parse("2026-03-24T12:00"),
                null,
                List.of("alice", "bob"),
                List.of(),
                List.of());
        return Roster.of(
                new RosterDocument("ci-notify.yaml", List.of(area, "operations"), List.of()),
                MemberOverrides.none(),
                List.of(weekly.rotation()));
    }

    private static List<String> lines(String text, String start) {
        return text.replace("\r\n ", "")
                .lines()
                .filter(line -> line.startsWith(start))
                .toList();
    }

    @Test
    void anEventIsATimeInWhichThePersonIsOnDutyAndAtWork() {
        String text = new DutyCalendar(rotation("prow"), WEDNESDAY, 2).text("bob");
        assertThat(lines(text, "DTSTART"))
                .as("from Tuesday noon; clocks change on Sunday, 29 March")
                .containsExactly(
                        "DTSTART:20260331T100000Z",
                        "DTSTART:20260401T070000Z",
                        "DTSTART:20260402T070000Z",
                        "DTSTART:20260403T070000Z");
        assertThat(lines(text, "DTEND")).first().isEqualTo("DTEND:20260331T150000Z");
        assertThat(lines(text, "SUMMARY")).first().isEqualTo("SUMMARY:bob: Primary for prow\\, operations");
        assertThat(lines(text, "DTSTAMP")).first().isEqualTo("DTSTAMP:20260325T100000Z");
    }

    @Test
    void everybodyOfTheTableHasEventsAndEachEventAnIdOfItsOwn() {
        String text = new DutyCalendar(Seed.roster(), WEDNESDAY, 4).text(null);
        assertThat(lines(text, "SUMMARY"))
                .anySatisfy(line -> assertThat(line).startsWith("SUMMARY:dhiller: "))
                .anySatisfy(line -> assertThat(line).startsWith("SUMMARY:dollierp: "));
        assertThat(lines(text, "UID")).doesNotHaveDuplicates().hasSameSizeAs(lines(text, "BEGIN:VEVENT"));
    }

    @Test
    void eventsOfTheWeekAreTheSameOnEachOfItsDays() {
        Instant saturday = Instant.parse("2026-03-28T23:00:00Z");
        assertThat(lines(new DutyCalendar(rotation("prow"), saturday, 4).text(null), "UID"))
                .isEqualTo(lines(new DutyCalendar(rotation("prow"), WEDNESDAY, 4).text(null), "UID"));
    }

    @Test
    void longLinesAreFoldedBetweenCharactersAndTextIsEscaped() {
        String area = "průvodce;ěščřžýáíé-".repeat(9);
        String text = new DutyCalendar(rotation(area), WEDNESDAY, 2).text(null);
        assertThat(text.split("\r\n")).allSatisfy(line -> assertThat(line.getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(75));
        assertThat(lines(text, "SUMMARY")).first().asString().contains(area.replace(";", "\\;"));
    }
}
