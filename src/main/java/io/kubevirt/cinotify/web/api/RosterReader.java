// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.api;

import io.kubevirt.cinotify.roster.Level;
import io.kubevirt.cinotify.roster.Member;
import io.kubevirt.cinotify.roster.Roster;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads who is on duty, now and by week. */
public final class RosterReader {
    private static final DateTimeFormatter WEEK = DateTimeFormatter.ISO_WEEK_DATE;
    private static final int DAYS = 7;

    private final Roster roster;

    public RosterReader(Roster roster) {
        this.roster = roster;
    }

    /** @param areas all if empty */
    public List<DutyItem> at(Instant at, List<String> areas) {
        return areas(areas).map(area -> DutyItem.of(roster, area, at)).toList();
    }

    private Stream<String> areas(List<String> wanted) {
        return roster.areas().stream().filter(area -> wanted.isEmpty() || wanted.contains(area));
    }

    /** The first day of a week such as 2026-W49; of the week of an instant if it is null. */
    public static LocalDate monday(@Nullable String week, Instant now, ZoneId zone) throws RequestProblem {
        if (week == null) {
            return now.atZone(zone).toLocalDate().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        }
        try {
            return LocalDate.parse(week + "-1", WEEK);
        } catch (DateTimeException e) {
            throw RequestProblem.badRequest(
                    "week=" + RequestParameters.shown(week) + " is not a week", "write 2026-W49");
        }
    }

    public RosterWeek week(LocalDate monday, ZoneId zone, List<String> areas) {
        Instant from = monday.atStartOfDay(zone).toInstant();
        Instant until = monday.plusDays(DAYS).atStartOfDay(zone).toInstant();
        return new RosterWeek(
                name(monday),
                zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId(),
                from,
                until,
                name(monday.minusDays(DAYS)),
                name(monday.plusDays(DAYS)),
                areas(areas).map(area -> area(area, from, until)).toList());
    }

    private static String name(LocalDate monday) {
        return "%d-W%02d"
                .formatted(monday.get(IsoFields.WEEK_BASED_YEAR), monday.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    }

    private RosterWeek.Area area(String area, Instant from, Instant until) {
        List<RosterWeek.Shift> shifts = new ArrayList<>();
        List<RosterWeek.Absence> absences = new ArrayList<>();
        for (Level level : Level.values()) {
            for (Member member : roster.members(area, level)) {
                member.schedule()
                        .workBetween(from, until)
                        .forEach(work ->
                                shifts.add(new RosterWeek.Shift(member.handle(), level, work.start(), work.end())));
                absences.addAll(absences(member, level, from, until));
            }
        }
        List<RosterWeek.Gap> gaps = gaps(shifts, from, until);
        Duration uncovered = gaps.stream()
                .map(gap -> Duration.between(gap.from(), gap.until()))
                .reduce(Duration.ZERO, Duration::plus);
        return new RosterWeek.Area(
                area,
                shifts,
                gaps,
                absences,
                Duration.between(from, until).minus(uncovered).toHours());
    }

    private static List<RosterWeek.Gap> gaps(List<RosterWeek.Shift> shifts, Instant from, Instant until) {
        List<RosterWeek.Gap> gaps = new ArrayList<>();
        Instant covered = from;
        for (RosterWeek.Shift shift : shifts.stream()
                .sorted(Comparator.comparing(RosterWeek.Shift::from))
                .toList()) {
            if (shift.from().isAfter(covered)) {
                gaps.add(new RosterWeek.Gap(covered, shift.from()));
            }
            covered = shift.until().isAfter(covered) ? shift.until() : covered;
        }
        if (covered.isBefore(until)) {
            gaps.add(new RosterWeek.Gap(covered, until));
        }
        return gaps;
    }

    private static List<RosterWeek.Absence> absences(Member member, Level level, Instant from, Instant until) {
        ZoneId zone = member.schedule().zone().id();
        Stream<RosterWeek.Absence> daysOff = member.schedule().daysOff().stream()
                .map(off -> new RosterWeek.Absence(
                        member.handle(),
                        level,
                        "day off",
                        off.first().atStartOfDay(zone).toInstant(),
                        off.last().plusDays(1).atStartOfDay(zone).toInstant()));
        Stream<RosterWeek.Absence> pauses = member.schedule().pauses().stream()
                .map(pause -> new RosterWeek.Absence(member.handle(), level, "pause", pause.from(), pause.until()));
        return Stream.concat(daysOff, pauses)
                .filter(absence ->
                        absence.from().isBefore(until) && absence.until().isAfter(from))
                .toList();
    }
}
