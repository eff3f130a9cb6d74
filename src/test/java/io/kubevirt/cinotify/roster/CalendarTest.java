// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubevirt.cinotify.roster.DutyPlan.DutyShift;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarTest {

    private static final ZoneId PRAGUE = ZoneId.of("Europe/Prague");
    private static final List<String> ORDER = List.of("alice", "bob", "carol");

    private static CalendarPeople people() {
        CalendarPeople people =
                new CalendarPeople().member("alice").member("bob").member("carol");
        return people.name("Alice Nováková", "alice")
                .name("bob@example.com", "bob")
                .name("Al", "carol")
                .name("Al", "alice");
    }

    private static DutyPlan read(String text) throws InvalidConfigException {
        return new CalendarReader("duty.ics", PRAGUE, people()).read(text);
    }

    /** With events of the given lines, separated by spaces. */
    private static String calendar(String... events) {
        return List.of(events).stream()
                .map(event -> event.replace(" | ", "\n"))
                .collect(Collectors.joining(
                        "\nEND:VEVENT\nBEGIN:VEVENT\n",
                        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\n",
                        "\nEND:VEVENT\nEND:VCALENDAR\n"));
    }

    private static String shifts(DutyPlan plan, String from, String until) {
        return plan.shifts(new TimeRange(Instant.parse(from), Instant.parse(until))).stream()
                .map(shift -> shift.person() + " " + shift.range().start() + " "
                        + shift.range().end())
                .collect(Collectors.joining(", "))
                .replace(":00Z", "Z");
    }

    private static String google() throws IOException {
        try (InputStream in = CalendarTest.class.getResourceAsStream("/calendars/google.ics")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Counts weeks of local time from the first handover, unlike the code that is tested. */
    private static String expected(LocalDateTime local) {
        int week = (int) ChronoUnit.WEEKS.between(LocalDateTime.parse("2026-01-05T09:00"), local);
        return switch (week) {
            case 8 -> "alice"; // a swap
            case 9 -> "carol";
            case 31 -> "nobody"; // an exception
            default -> ORDER.get(week % 3);
        };
    }

    @Test
    void eachQuarterOfAnHourOfAYearHasThePersonOfTheCalendar() throws Exception {
        DutyPlan plan = read(google());
        assertThat(plan.problems("duty")).isEmpty();
        assertThat(plan.people()).containsExactly("alice", "bob", "carol");
        Instant first = Instant.parse("2026-01-05T08:00:00Z");
        List<DutyShift> shifts = plan.shifts(new TimeRange(first, first.plus(Duration.ofDays(365))));
        for (Instant at = first; at.isBefore(first.plus(Duration.ofDays(365))); at = at.plus(15, ChronoUnit.MINUTES)) {
            Instant now = at;
            String found = shifts.stream()
                    .filter(shift -> shift.range().contains(now))
                    .map(DutyShift::person)
                    .collect(Collectors.joining(" "));
            String wanted = expected(LocalDateTime.ofInstant(at, PRAGUE));
            if (!found.equals(wanted.equals("nobody") ? "" : wanted)) {
                assertThat(found).as(at.toString()).isEqualTo(wanted);
            }
        }
    }

    @Test
    void whatTheCalendarOfTheCommandSaysIsReadAgain() throws Exception {
        Roster roster = Roster.of(
                new RosterDocument("ci-notify.yaml", List.of("prow"), List.of()),
                MemberOverrides.none(),
                List.of(new Rotation("duty", List.of(), Level.PRIMARY, MemberZone.of(PRAGUE), read(google()))));
        Instant now = Instant.parse("2026-03-25T12:00:00Z");
        DutyPlan again = read(new DutyCalendar(roster, now, 4).text(null));
        TimeRange range = new TimeRange(Instant.parse("2026-03-23T00:00:00Z"), Instant.parse("2026-04-20T00:00:00Z"));
        assertThat(again.shifts(range))
                .isNotEmpty()
                .hasSameElementsAs(roster.duty(range, null).stream()
                        .map(duty -> new DutyShift(duty.person(), duty.time()))
                        .toList());
    }

    @Test
    void allDayWeeksAreInTheZoneOfTheRoster() throws Exception {
        DutyPlan plan = read(calendar(
                "UID:1 | DTSTART;VALUE=DATE:20261019 | DTEND;VALUE=DATE:20261026 | RRULE:FREQ=WEEKLY;INTERVAL=2;UNTIL=20261102"
                        + " | SUMMARY:bob",
                "UID:2 | DTSTART;VALUE=DATE:20261026 | SUMMARY:On call: alice"));
        assertThat(shifts(plan, "2026-10-01T00:00:00Z", "2027-10-01T00:00:00Z"))
                .isEqualTo("bob 2026-10-18T22:00Z 2026-10-25T23:00Z, alice 2026-10-25T23:00Z 2026-10-26T23:00Z,"
                        + " bob 2026-11-01T23:00Z 2026-11-08T23:00Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "TZID=Europe/Prague~2026-06-01T07:00Z",
                "TZID=W. Europe Standard Time~2026-06-01T07:00Z",
                "TZID=\"Eastern Standard Time\"~2026-06-01T13:00Z",
                "TZID=/freeassociation.sourceforge.net/Asia/Kolkata~2026-06-01T03:30Z",
                "X-NONE=1~2026-06-01T07:00Z",
                "TZID=Our Office~2026-05-31T23:00Z",
            })
    void aStartIsInItsZone(String zone, String start) throws Exception {
        String described =
                "BEGIN:VTIMEZONE\nTZID:Our Office\nBEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:+1000\n"
                        + "TZOFFSETTO:+1000\nEND:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT";
        DutyPlan plan = read(calendar("UID:1 | DTSTART;" + zone + ":20260601T090000 | DURATION:P1W | SUMMARY:bob")
                .replaceFirst("BEGIN:VEVENT", described));
        assertThat(plan.problems("duty")).isEmpty();
        assertThat(shifts(plan, "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z")).startsWith("bob " + start);
    }

    /** As Outlook writes it: a mark at the start, CRLF, a zone of Windows with its rules, people as attendees. */
    @Test
    void aCalendarOfOutlookIsRead() throws Exception {
        String text = "\uFEFF" + """
                BEGIN:VCALENDAR
                METHOD:PUBLISH
                PRODID:Microsoft Exchange Server 2010
                VERSION:2.0
                X-WR-CALNAME:CI duty
                BEGIN:VTIMEZONE
                TZID:W. Europe Standard Time
                BEGIN:STANDARD
                DTSTART:16010101T030000
                TZOFFSETFROM:+0200
                TZOFFSETTO:+0100
                RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
                END:STANDARD
                BEGIN:DAYLIGHT
                DTSTART:16010101T020000
                TZOFFSETFROM:+0100
                TZOFFSETTO:+0200
                RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
                END:DAYLIGHT
                END:VTIMEZONE
                BEGIN:VEVENT
                ORGANIZER;CN=CI:mailto:ci@example.com
                ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN=Bob:MAILTO:BOB@example.com
                RRULE:FREQ=WEEKLY;UNTIL=20261102T080000Z;INTERVAL=1;BYDAY=MO;WKST=SU
                EXDATE;TZID=W. Europe Standard Time:20261019T090000
                UID:040000008200E00074C5B7101A82E00800000000
                SUMMARY;LANGUAGE=en-US:Duty
                DTSTART;TZID=W. Europe Standard Time:20261012T090000
                DTEND;TZID=W. Europe Standard Time:20261012T170000
                CLASS:PUBLIC
                TRANSP:OPAQUE
                X-MICROSOFT-CDO-ALLDAYEVENT:FALSE
                BEGIN:VALARM
                TRIGGER:-PT15M
                ACTION:DISPLAY
                END:VALARM
                END:VEVENT
                END:VCALENDAR
                """.replace("\n", "\r\n");
        DutyPlan plan = read(text);
        assertThat(plan.problems("duty")).isEmpty();
        assertThat(shifts(plan, "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"))
                .isEqualTo("bob 2026-10-12T07:00Z 2026-10-12T15:00Z, bob 2026-10-26T08:00Z 2026-10-26T16:00Z,"
                        + " bob 2026-11-02T08:00Z 2026-11-02T16:00Z");
    }

    /** As PagerDuty writes it for subscribers. */
    @Test
    void aCalendarOfPagerDutyIsRead() throws Exception {
        DutyPlan plan = read(calendar(
                "DTSTART;VALUE=DATE-TIME:20260601T070000Z | DTEND;VALUE=DATE-TIME:20260608T070000Z | UID:Q1 | SUMMARY:On Call -"
                        + " Alice Nováková - CI | ATTENDEE:alice@example.org | URL:https://example.pagerduty.com/schedules#P1",
                "DTSTART;VALUE=DATE-TIME:20260608T070000Z | DTEND;VALUE=DATE-TIME:20260615T070000Z | UID:Q2 | SUMMARY:On Call -"
                        + " Somebody - CI | ATTENDEE:bob@example.com"));
        assertThat(plan.problems("duty")).isEmpty();
        assertThat(shifts(plan, "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"))
                .isEqualTo("alice 2026-06-01T07:00Z 2026-06-08T07:00Z, bob 2026-06-08T07:00Z 2026-06-15T07:00Z");
    }

    @Test
    void changesOfASeriesReplaceItsRepetitions() throws Exception {
        String day = "DTSTART:20260601T080000Z | DTEND:20260601T160000Z | RRULE:FREQ=DAILY;COUNT=6 | SUMMARY:bob";
        DutyPlan plan = read(calendar(
                "UID:1 | EXDATE:20260602T080000Z | " + day,
                // The newest version counts.
                "UID:1 | RECURRENCE-ID:20260603T080000Z | SEQUENCE:2 | DTSTART:20260603T100000Z | DTEND:20260603T120000Z | SUMMARY:alice",
                "UID:1 | RECURRENCE-ID:20260603T080000Z | SEQUENCE:1 | DTSTART:20260603T080000Z | DTEND:20260603T160000Z | SUMMARY:carol",
                "UID:1 | RECURRENCE-ID:20260604T080000Z | STATUS:CANCELLED | DTSTART:20260604T080000Z | DTEND:20260604T160000Z"
                        + " | SUMMARY:bob",
                "UID:1 | RECURRENCE-ID;RANGE=THISANDFUTURE:20260605T080000Z | DTSTART:20260605T090000Z | DTEND:20260605T100000Z"
                        + " | SUMMARY:carol"));
        assertThat(shifts(plan, "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"))
                .isEqualTo("bob 2026-06-01T08:00Z 2026-06-01T16:00Z, alice 2026-06-03T10:00Z 2026-06-03T12:00Z,"
                        + " carol 2026-06-05T09:00Z 2026-06-05T10:00Z, carol 2026-06-06T09:00Z 2026-06-06T10:00Z");
    }

    /** At 02:30 on 29 March there is no such time; on 25 October it occurs twice. */
    @Test
    void localTimesOfChangingClocksAreDefined() throws Exception {
        DutyPlan plan = read(calendar(
                "UID:1 | DTSTART;TZID=Europe/Prague:20260328T023000 | DTEND;TZID=Europe/Prague:20260328T033000 |"
                        + " RRULE:FREQ=DAILY;COUNT=2 | SUMMARY:bob",
                "UID:2 | DTSTART;TZID=Europe/Prague:20261025T023000 | DURATION:PT30M | SUMMARY:bob"));
        assertThat(shifts(plan, "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"))
                .isEqualTo("bob 2026-03-28T01:30Z 2026-03-28T02:30Z, bob 2026-10-25T00:30Z 2026-10-25T01:00Z");
    }

    @Test
    void endlessSeriesOfTenYearsAreReadInAnyYear() throws Exception {
        String[] events = IntStream.range(0, 400)
                .mapToObj(index -> "UID:" + index + " | DTSTART:2016010" + (1 + index % 7)
                        + "T080000Z | DTEND:20160101T090000Z | SUMMARY:bob | RRULE:FREQ=DAILY")
                .map(event -> event.replaceAll("DTEND[^ ]*", "DURATION:PT1H"))
                .toArray(String[]::new);
        assertThat(shifts(read(calendar(events)), "2035-12-31T00:00:00Z", "2036-01-02T00:00:00Z"))
                .isEqualTo("bob 2035-12-31T08:00Z 2035-12-31T09:00Z, bob 2036-01-01T08:00Z 2036-01-01T09:00Z");
    }

    @Test
    void unknownPeopleGapsAndOverlapsAreReported() throws Exception {
        DutyPlan plan = read(calendar(
                "UID:1 | DTSTART:20260601T080000Z | DTEND:20260608T080000Z | SUMMARY:bob and carol",
                "UID:2 | DTSTART:20260608T080000Z | DTEND:20260615T080000Z | SUMMARY:Al",
                "UID:3 | DTSTART:20260615T080000Z | SUMMARY:carol",
                "UID:4 | DTSTART:20260615T080000Z | DTEND:20260815T080000Z | RRULE:FREQ=HOURLY | SUMMARY:carol",
                "UID:5 | DTSTART;TZID=Nowhere:20260615T080000 | DURATION:PT1H | SUMMARY:carol",
                "UID:6 | DTSTART:20260615T080000Z | DTEND:20261001T080000Z | SUMMARY:carol"));
        Roster roster = Roster.of(
                new RosterDocument("ci-notify.yaml", List.of("prow"), List.of()),
                MemberOverrides.none(),
                List.of(new Rotation("duty", List.of(), Level.PRIMARY, MemberZone.of(PRAGUE), plan)));
        RosterCheck check =
                new RosterCheck(roster, MemberOverrides.none(), SigDirectory.empty(), OwnersAliases.empty(), List.of());
        assertThat(check.problems(Instant.parse("2026-06-01T08:00:00Z")))
                .extracting(problem -> problem.kind() + " " + problem.subject() + " " + problem.what())
                .contains(
                        "GAP duty nobody is on duty from 2026-06-08T08:00:00Z to 2026-06-15T08:00:00Z",
                        "OVERLAP duty bob and carol are both on duty from 2026-06-01T08:00:00Z to 2026-06-08T08:00:00Z",
                        "UNKNOWN_HANDLE duty nobody is known by \"Al\", so nobody is on duty then",
                        "UNREADABLE duty the event \"carol\" is not followed: it has no end after its start",
                        "UNREADABLE duty the event \"carol\" is not followed: it does not repeat by days, weeks, months or years",
                        "UNREADABLE duty the event \"carol\" is not followed: its time zone \"Nowhere\" is unknown");
    }

    /** Each next to an event that counts, and none of them fails only when somebody asks who is on duty. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "DTSTART:20260231T080000Z | DURATION:P1D~it has a date that does not exist",
                "DTSTART:20260601T246060Z | DURATION:P1D~it has a date that does not exist",
                "DTSTART:20260601T080000Z | DTEND:20269901T080000Z~it has a date that does not exist",
                "DTSTART:20260601T080000Z | DURATION:P1D | RRULE:FREQ=DAILY;UNTIL=20260231T080000Z~it has a date that does not exist",
                "DTSTART:20260601T080000Z | DURATION:P1D | RRULE:FREQ=DAILY | EXDATE:20260231T080000Z~it has a date that does not exist",
                "DTSTART:20260601T080000Z | DURATION:P1D | RRULE:FREQ=DAILY | EXDATE:soon~its EXDATE is not understood",
                "DTSTART:20260601T080000Z | DURATION:P1D | RECURRENCE-ID:soon~its RECURRENCE-ID is not understood",
                "DTSTART:20260601T080000Z | DURATION:-P1D~it has no end after its start",
                "DTSTART:20260601T080000Z | DURATION:P1D | RRULE:FREQ=YEARLY;INTERVAL=2000000000~it repeats too seldom or too often",
                "DTSTART:20260601T080000Z | DURATION:P1D | RRULE:FREQ=DAILY;COUNT=2000000000~it repeats too seldom or too often",
            })
    void anEventThatMakesNoSenseIsReportedAtOnce(String event, String problem) throws Exception {
        DutyPlan plan = read(calendar(
                "UID:1 | DTSTART:20260601T080000Z | DURATION:PT1H | SUMMARY:alice",
                "UID:2 | " + event + " | SUMMARY:bob"));
        assertThat(plan.problems("duty"))
                .extracting(RosterProblem::what)
                .containsExactly("the event \"bob\" is not followed: " + problem);
        assertThat(shifts(plan, "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"))
                .isEqualTo("alice 2026-06-01T08:00Z 2026-06-01T09:00Z");
    }

    /** A change whose place is not understood must not replace the series. */
    @Test
    void aBrokenChangeLeavesItsSeries() throws Exception {
        DutyPlan plan = read(calendar(
                "UID:1 | DTSTART:20260601T080000Z | DURATION:PT1H | RRULE:FREQ=DAILY;COUNT=2 | SUMMARY:alice",
                "UID:1 | SEQUENCE:3 | RECURRENCE-ID:soon | DTSTART:20260701T080000Z | DURATION:PT1H | SUMMARY:bob"));
        assertThat(shifts(plan, "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"))
                .isEqualTo("alice 2026-06-01T08:00Z 2026-06-01T09:00Z, alice 2026-06-02T08:00Z 2026-06-02T09:00Z");
    }

    /** biweekly would keep each second since 1601. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "RRULE:FREQ=SECONDLY",
                "RRU\n LE:FREQ=YEARLY;BYSECOND=1,2,3;BYMINUTE=1,2,3",
                "x.rrule;A=B:FREQ=DAILY",
                "EXRULE:FREQ=YEARLY",
                "RRULE;ENCODING=QUOTED-PRINTABLE:FREQ=3DHOURLY",
                "BEGIN:VEVENT\nEND:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:16010101T000000\nRRULE:FREQ=MINUTELY",
            })
    void aZoneWithOddRulesIsBounded(String rule) throws Exception {
        String text = calendar(
                        "UID:1 | DTSTART;TZID=Odd:20260601T090000 | DURATION:P1D | RRULE:FREQ=DAILY;COUNT=2 | SUMMARY:bob")
                .replaceFirst(
                        "BEGIN:VEVENT",
                        "BEGIN:VTIMEZONE\nTZID:Odd\nBEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:+1000\n"
                                + "TZOFFSETTO:+1000\n" + rule + "\nEND:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT");
        String bounded = CalendarText.bounded(text).orElseThrow();
        assertThat(bounded.replace("RRULE:FREQ=DAILY;COUNT=2", "")).doesNotContain("RULE:", "RULE;", "rrule", "LE:");
        assertThat(bounded).contains("RRULE:FREQ=DAILY;COUNT=2");
        assertThat(read(text).people()).containsExactly("bob");
    }

    /** Else biweekly would take the start of the event as a part of the comment, and the rule as one of the zone. */
    @Test
    void aLineIsNotContinuedWithoutAFold() {
        assertThat(CalendarText.bounded("COMMENT;ENCODING=QUOTED-PRINTABLE:x=\nBEGIN:VEVENT\nRRULE:FREQ=SECONDLY"))
                .contains("COMMENT;ENCODING=QUOTED-PRINTABLE:x= \r\nBEGIN:VEVENT\r\nRRULE:FREQ=SECONDLY");
    }

    @Test
    void aZoneThatChangesEndlesslyIsRejected() {
        String changes = "RDATE:19700101T000000\n".repeat(501);
        assertThatThrownBy(() -> read(calendar("UID:1 | DTSTART:20260601T090000 | DURATION:P1D | SUMMARY:bob")
                        .replaceFirst("BEGIN:VEVENT", changes + "BEGIN:VEVENT")))
                .hasMessage("duty.ics: describes too many changes of clocks; export it with fewer time zones");
    }

    /** As Google shows a calendar of which only free and busy times are shared. What it contains is not repeated. */
    @Test
    void aCalendarOfNobodyKnownIsRejected() {
        assertThatThrownBy(() ->
                        read(calendar("UID:1 | DTSTART:20260601T090000 | DURATION:P1D | SUMMARY:Dinner with Zoe")))
                .hasMessageStartingWith("duty.ics: names nobody who is known; ")
                .hasMessageNotContaining("Zoe");
    }

    /** A calendar of many years names people who have left. */
    @Test
    void whatIsOverIsReportedLast() throws Exception {
        DutyPlan plan = read(calendar(
                "UID:1 | DTSTART:20160601T080000Z | DTEND:20160608T080000Z | SUMMARY:Zoe",
                "UID:2 | DTSTART:20260601T080000Z | DTEND:20260608T080000Z | SUMMARY:Yves",
                "UID:3 | DTSTART:20260608T080000Z | DTEND:20260615T080000Z | SUMMARY:bob"));
        assertThat(plan.problems("duty"))
                .extracting(RosterProblem::what)
                .containsExactly(
                        "nobody is known by \"Yves\", so nobody is on duty then",
                        "nobody is known by \"Zoe\", so nobody is on duty then");
        assertThat(plan.problems("duty", Instant.parse("2026-06-07T00:00:00Z"))).hasSize(1);
        assertThat(plan.problems("duty", Instant.parse("2026-06-08T08:00:00Z"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "BEGIN:VCALENDAR\nX-CI-NOTIFY-UNTIL:soon\nBEGIN:VEVENT\nDTSTART:20260601T080000Z\nDURATION:P1D\nSUMMARY:bob\nEND:VEVENT\nEND:VCALENDAR",
                "<html><body>Sign in</body></html>",
                "BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR",
                "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260601T080000Z\nDTEND:20260608T080000Z\nSUMM",
                "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:bob\nEND:VEVENT\nEND:VCALENDAR",
                "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:tomorrow\nDTEND:later\nEND:VEVENT\nEND:VCALENDAR",
            })
    void whatIsNoCalendarIsRejected(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("duty.ics: ");
    }
}
