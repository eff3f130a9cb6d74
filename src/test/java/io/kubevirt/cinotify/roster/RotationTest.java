// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import static io.kubevirt.cinotify.roster.RosterProblem.Kind.AWAY;
import static io.kubevirt.cinotify.roster.RosterProblem.Kind.DRIFT;
import static io.kubevirt.cinotify.roster.RosterProblem.Kind.FIXED_OFFSET;
import static io.kubevirt.cinotify.roster.RosterProblem.Kind.GAP;
import static io.kubevirt.cinotify.roster.RosterProblem.Kind.OVERLAP;
import static io.kubevirt.cinotify.roster.RosterProblem.Kind.UNKNOWN_HANDLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.kubevirt.cinotify.fixture.Seed;
import io.kubevirt.cinotify.roster.DutyPlan.DutyShift;
import io.kubevirt.cinotify.roster.RotationConfig.Substitution;
import io.kubevirt.cinotify.roster.RotationConfig.Swap;
import io.kubevirt.cinotify.roster.Schedule.DaysOff;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RotationTest {

    private static final LocalDateTime START = LocalDateTime.parse("2026-01-05T09:00");
    private static final List<String> ORDER = List.of("alice", "bob", "carol");

    /** Of 2 and 9 March, and Carol's turn of 19 January with Alice's of 26 January. */
    private static final List<Swap> SWAPS = List.of(
            new Swap(LocalDate.parse("2026-03-02"), LocalDate.parse("2026-03-09")),
            new Swap(LocalDate.parse("2026-01-19"), LocalDate.parse("2026-01-26")));

    /** Bob covers a day of Alice's first turn; nobody is there at Easter, over the end of a turn. */
    private static final List<Substitution> OVERRIDES = List.of(
            substitution("2026-01-07T09:00", "2026-01-08T09:00", "bob"),
            substitution("2026-04-03T12:00", "2026-04-07T12:00", "none"));

    private static Substitution substitution(String from, String until, String person) {
        return new Substitution(LocalDateTime.parse(from), LocalDateTime.parse(until), person);
    }

    private static RotationConfig weekly(String zone) {
        return new RotationConfig("on-duty", List.of("prow"), null, zone, START, null, ORDER, SWAPS, OVERRIDES);
    }

    private static Roster roster(RosterDocument table, RotationConfig rotation, MemberOverride... overrides) {
        return Roster.of(
                table,
                new MemberOverrides("ci-notify.yaml", WorkingHours.OFFICE, List.of(overrides)),
                List.of(rotation.rotation()));
    }

    private static RosterDocument withoutTable() {
        return new RosterDocument("ci-notify.yaml", List.of("prow", "operations"), List.of());
    }

    private static RosterDocument table() {
        Availability days = Availability.parse("Mon-Fri").orElseThrow();
        MemberZone zone = MemberZone.parse("Europe/Prague").orElseThrow();
        return new RosterDocument(
                "group.md",
                List.of("prow", "operations"),
                List.of(
                        new RosterDocument.Row("Dana", "dana", days, zone, Map.of("prow", Level.SECONDARY), 7),
                        new RosterDocument.Row("Erin", "erin", days, zone, Map.of("prow", Level.PRIMARY), 8)));
    }

    private static OnCallResult responsible(Roster roster, String at, boolean blocking, @Nullable String holder) {
        return roster.responsible(new OnCallQuery("prow", Instant.parse(at), blocking, LastNotified.never(), holder));
    }

    /** Counts weeks of local time from the first handover, unlike the code that is tested. */
    private static String expected(LocalDateTime local, int weeks) {
        for (Substitution override : OVERRIDES) {
            if (!local.isBefore(override.from()) && local.isBefore(override.until())) {
                return override.person();
            }
        }
        LocalDateTime turn = START;
        int index = 0;
        while (!local.isBefore(turn.plusWeeks(weeks))) {
            turn = turn.plusWeeks(weeks);
            index++;
        }
        LocalDate day = turn.toLocalDate();
        for (Swap swap : SWAPS) {
            if (day.equals(swap.first())) {
                index++;
            } else if (day.equals(swap.second())) {
                index--;
            }
        }
        return ORDER.get(index % ORDER.size());
    }

    @ParameterizedTest
    @CsvSource({"Europe/Prague", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"})
    void eachQuarterOfAnHourOfAYearHasThePersonOfTheCalendar(String zone) {
        DutyPlan plan = weekly(zone).rotation().plan();
        ZoneId id = ZoneId.of(zone);
        Instant first = START.atZone(id).toInstant();
        List<DutyShift> shifts = plan.shifts(new TimeRange(first, first.plus(Duration.ofDays(365))));
        int next = 0;
        for (Instant at = first; at.isBefore(first.plus(Duration.ofDays(365))); at = at.plus(15, ChronoUnit.MINUTES)) {
            while (next < shifts.size() && !shifts.get(next).range().end().isAfter(at)) {
                next++;
            }
            String person = next < shifts.size() && shifts.get(next).range().contains(at)
                    ? shifts.get(next).person()
                    : "none";
            if (!person.equals(expected(LocalDateTime.ofInstant(at, id), 1))) {
                assertThat(person).as(at + " in " + zone).isEqualTo(expected(LocalDateTime.ofInstant(at, id), 1));
            }
        }
    }

    @Test
    void eachThirdHourOfAYearHasAnAnswerThatIsAtWorkThen() {
        Roster roster = roster(withoutTable(), weekly("Europe/Prague"));
        Instant first = START.atZone(ZoneId.of("Europe/Prague")).toInstant();
        for (int hour = 0; hour < 365 * 24; hour += 3) {
            Instant at = first.plus(Duration.ofHours(hour));
            for (boolean blocking : List.of(true, false)) {
                OnCallResult answer = responsible(roster, at.toString(), blocking, null);
                Instant then = answer instanceof OnCallResult.Deferred later ? later.at() : at;
                String person = answer instanceof OnCallResult.Deferred later
                        ? later.member().handle()
                        : ((OnCallResult.Now) answer).member().handle();
                LocalDateTime local = LocalDateTime.ofInstant(then, ZoneId.of("Europe/Prague"));
                if (!person.equals(expected(local, 1))
                        || local.getHour() < 9
                        || local.getHour() >= 17
                        || answer.mentionSig()) {
                    assertThat(answer).as(at.toString()).isNull();
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        // The handover: the last minute and the first.
        "2026-01-12T07:59:00Z, false, bob primary at 2026-01-12T08:00:00Z",
        "2026-01-12T08:00:00Z, false, bob primary",
        // Clocks change on 29 March: 09:00 is 08:00Z before and 07:00Z after.
        "2026-03-23T08:00:00Z, false, carol primary",
        "2026-03-30T07:00:00Z, false, alice primary",
        // An override, and a time without anybody: a level below if it blocks merging.
        "2026-01-07T10:00:00Z, false, bob primary",
        "2026-04-06T08:00:00Z, true,  dana secondary",
        "2026-04-06T08:00:00Z, false, bob primary at 2026-04-07T10:00:00Z",
        // Before the first handover.
        "2026-01-02T10:00:00Z, true,  dana secondary",
    })
    void theRotationTakesThePlaceOfTheLevelInTheTable(String at, boolean blocking, String expected) {
        assertThat(RosterTest.brief(responsible(roster(table(), weekly("Europe/Prague")), at, blocking, null)))
                .isEqualTo(expected);
    }

    @Test
    void theReasonOfAnAbsenceNamesWhoIsOnDuty() {
        Roster roster = roster(table(), weekly("Europe/Prague"));
        assertThat(responsible(roster, "2026-01-06T10:00:00Z", false, "carol").reasons())
                .contains("carol already has this incident but is not on duty: alice is, by the rotation on-duty");
        assertThat(responsible(roster, "2026-04-06T08:00:00Z", true, null).reasons())
                .contains("alice is Primary for prow but is not on duty: nobody is, by the rotation on-duty");
    }

    @Test
    void anIncidentPassesToTheNextTurnAndNotBackToWhoLeftDuty() {
        Roster roster = roster(table(), weekly("Europe/Prague"));
        OnCallQuery fridayEvening =
                new OnCallQuery("prow", Instant.parse("2026-01-09T17:00:00Z"), true, LastNotified.never(), "alice");

        assertThat(roster.successor(fridayEvening).map(RosterTest::brief))
                .as("at the first office hour of either")
                .isEqualTo(Optional.of("bob primary at 2026-01-12T08:00:00Z"));
    }

    @Test
    void areasOfOtherPeopleAndOtherLevelsStayAsInTheTable() {
        Roster roster = roster(table(), weekly("Europe/Prague"));
        assertThat(roster.areas()).containsExactly("prow", "operations");
        assertThat(roster.members())
                .extracting(Member::handle)
                .containsExactly("dana", "erin", "alice", "bob", "carol");
        assertThat(roster.members("prow", Level.SECONDARY))
                .extracting(Member::handle)
                .containsExactly("dana");
        assertThat(roster.member("ERIN").orElseThrow().level("prow")).isEmpty();
        assertThat(roster.member("Alice").orElseThrow().level("prow")).contains(Level.PRIMARY);
        OnCallStatus status = roster.status("prow", Instant.parse("2026-01-06T10:00:00Z"));
        assertThat(status.responsible()).extracting(Member::handle).isEqualTo("alice");
    }

    @Test
    void withoutOtherLevelsTheNextTurnIsNext() {
        OnCallStatus status =
                roster(withoutTable(), weekly("Europe/Prague")).status("prow", Instant.parse("2026-01-06T10:00:00Z"));
        assertThat(status.next())
                .extracting(next -> next.person().handle(), OnCallStatus.Next::at)
                .containsExactly("bob", Instant.parse("2026-01-07T08:00:00Z"));
    }

    @Test
    void membersHaveTheirOwnZoneDaysAndHours() {
        MemberOverride nights = new MemberOverride(
                "Alice",
                null,
                MemberZone.parse("Asia/Kolkata").orElseThrow(),
                Availability.parse("Sat-Sun").orElseThrow(),
                WorkingHours.parse("10:00-12:00").orElseThrow(),
                null,
                null,
                List.of(),
                List.of(),
                Map.of());
        assertThat(RosterTest.brief(responsible(
                        roster(withoutTable(), weekly("Europe/Prague"), nights), "2026-01-09T10:00:00Z", false, null)))
                .isEqualTo("alice primary at 2026-01-10T04:30:00Z");
    }

    @Test
    void theCheckFindsHolesAbsencesTypingErrorsAndReplacedPeople() throws Exception {
        DaysOff leave = new DaysOff(LocalDate.parse("2026-03-30"), LocalDate.parse("2026-04-05"));
        MemberOverrides overrides = new MemberOverrides(
                "ci-notify.yaml",
                WorkingHours.OFFICE,
                List.of(
                        new MemberOverride("bob", 3, null, null, null, List.of(), List.of()),
                        new MemberOverride("alice", 4, null, null, null, List.of(leave), List.of())));
        Roster roster =
                Roster.of(table(), overrides, List.of(weekly("Etc/GMT+2").rotation()));
        RosterCheck check = new RosterCheck(roster, overrides, SigDirectory.empty(), OwnersAliases.empty(), List.of());

        assertThat(check.problems(Instant.parse("2026-03-16T12:00:00Z")))
                .filteredOn(problem -> problem.subject().equals("on-duty"))
                .extracting(RosterProblem::kind, RosterProblem::what)
                .containsExactly(
                        tuple(GAP, "nobody is on duty from 2026-04-03T14:00:00Z to 2026-04-07T14:00:00Z"),
                        tuple(
                                AWAY,
                                "alice is on duty from 2026-03-30T11:00:00Z to 2026-04-03T14:00:00Z but never at work in"
                                        + " that time"),
                        tuple(DRIFT, "the table makes erin Primary, but the rotation decides who that is"),
                        tuple(
                                FIXED_OFFSET,
                                "the rotation has the fixed offset Etc/GMT+2 (which is UTC-02:00: the sign is reversed),"
                                        + " so its handovers move by an hour when clocks change"),
                        tuple(UNKNOWN_HANDLE, "unknown handle carol"));
    }

    @Test
    void theCheckFindsPeopleOfTwoRotationsOnOneLevel() {
        MemberZone zone = MemberZone.parse("Europe/Prague").orElseThrow();
        Rotation everybody =
                new Rotation("maintainers", List.of(), Level.PRIMARY, zone, new EverybodyPlan(Set.of("dana", "alice")));

        assertThat(overlaps(weekly("Europe/Prague").rotation(), everybody))
                .containsExactly(tuple(
                        "on-duty",
                        "maintainers is Primary for prow too: bob and alice are both on duty from 2026-03-16T08:00:00Z to"
                                + " 2026-03-16T16:00:00Z"));
        assertThat(overlaps(
                        weekly("Europe/Prague").rotation(),
                        new Rotation("others", List.of(), Level.BACKUP, zone, everybody.plan())))
                .as("on another level")
                .isEmpty();
        assertThat(overlaps(
                        weekly("Europe/Prague").rotation(),
                        new Rotation("others", List.of("operations"), Level.PRIMARY, zone, everybody.plan())))
                .as("of other areas")
                .isEmpty();
        assertThat(overlaps(
                        weekly("Europe/Prague").rotation(),
                        new Rotation(
                                "others",
                                List.of(),
                                Level.PRIMARY,
                                MemberZone.parse("Pacific/Auckland").orElseThrow(),
                                new EverybodyPlan(Set.of("kim")))))
                .as("at other times of the day")
                .isEmpty();
    }

    private static List<Tuple> overlaps(Rotation... rotations) {
        Roster roster = Roster.of(withoutTable(), MemberOverrides.none(), List.of(rotations));
        return new RosterCheck(roster, MemberOverrides.none(), SigDirectory.empty(), OwnersAliases.empty(), List.of())
                .problems(Instant.parse("2026-03-16T00:00:00Z")).stream()
                        .filter(problem -> problem.kind() == OVERLAP)
                        .map(problem -> tuple(problem.subject(), problem.what()))
                        .toList();
    }

    @Test
    void theGroupOfTheTableIsNotChangedByNoRotation() {
        assertThat(Roster.of(Seed.group(), MemberOverrides.none(), List.of()).members())
                .isEqualTo(Roster.of(Seed.group(), MemberOverrides.none()).members());
    }
}
