// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.api;

import io.kubevirt.cinotify.roster.Level;
import io.kubevirt.cinotify.roster.Member;
import io.kubevirt.cinotify.roster.Roster;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Reads who is on duty, now and by week. */
public final class RosterReader {
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

    /** The first day of the week that is asked for, else of the present one. */
    public static LocalDate monday(RequestParameters parameters, Instant now, ZoneId zone) {
        LocalDate monday = parameters.monday("week");
        return monday == null
                ? now.atZone(zone).toLocalDate().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                : monday;
    }

    /** The areas that are asked for; what is none is reported. */
    public List<String> areas(RequestParameters parameters) {
        parameters.all("area").stream()
                .filter(area -> !roster.areas().contains(area))
                .forEach(area -> parameters.report(
                        "area=" + RequestParameters.shown(area) + " is none of: " + String.join(", ", roster.areas())));
        return parameters.all("area").stream().filter(roster.areas()::contains).toList();
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
