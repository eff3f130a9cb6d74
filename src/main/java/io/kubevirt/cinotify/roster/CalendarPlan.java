// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The shifts of an iCalendar. Endless series are expanded year by year, as they are asked for. */
final class CalendarPlan implements DutyPlan {
    private final List<CalendarSeries> series;
    private final List<Ignored> ignored;
    private final Instant knownUntil;
    private final Map<Integer, List<DutyShift>> years = new ConcurrentHashMap<>();

    /** What is not followed, and until when that matters. */
    record Ignored(RosterProblem problem, Instant until) {}

    /** @param knownUntil the end of what the source shows */
    CalendarPlan(List<CalendarSeries> series, List<Ignored> ignored, Instant knownUntil) {
        this.series = List.copyOf(series);
        this.ignored = ignored.stream()
                .sorted(Comparator.comparing(Ignored::until).reversed())
                .toList();
        this.knownUntil = knownUntil;
    }

    @Override
    public List<DutyShift> shifts(TimeRange range) {
        if (range.isEmpty()) {
            return List.of();
        }
        List<DutyShift> pieces = new ArrayList<>();
        for (int year = year(range.start()); year <= year(range.end()); year++) {
            for (DutyShift shift : years.computeIfAbsent(year, this::expand)) {
                if (!shift.range().start().isBefore(range.end())) {
                    break;
                }
                TimeRange piece = shift.range().within(range);
                if (!piece.isEmpty()) {
                    pieces.add(new DutyShift(shift.person(), piece));
                }
            }
        }
        return merged(pieces);
    }

    /** Without overlaps of one person, in order. */
    private static List<DutyShift> merged(List<DutyShift> shifts) {
        if (shifts.size() < 2) {
            return shifts;
        }
        Map<String, List<TimeRange>> byPerson = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        shifts.forEach(shift -> byPerson.computeIfAbsent(shift.person(), person -> new ArrayList<>())
                .add(shift.range()));
        List<DutyShift> merged = new ArrayList<>();
        byPerson.forEach(
                (person, pieces) -> TimeRange.union(pieces).forEach(piece -> merged.add(new DutyShift(person, piece))));
        merged.sort(Comparator.comparing(shift -> shift.range().start()));
        return merged;
    }

    private List<DutyShift> expand(int year) {
        TimeRange whole = new TimeRange(startOf(year), startOf(year + 1));
        return merged(series.stream()
                .flatMap(each -> merged(each.shifts(whole)).stream())
                .toList());
    }

    private static int year(Instant at) {
        return at.atOffset(ZoneOffset.UTC).getYear();
    }

    private static Instant startOf(int year) {
        return LocalDate.of(year, 1, 1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    @Override
    public Set<String> people() {
        Set<String> people = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        series.forEach(each -> people.addAll(each.people()));
        return people;
    }

    @Override
    public Instant knownUntil() {
        return knownUntil;
    }

    @Override
    public List<RosterProblem> problems(String rotation, Instant since) {
        return ignored.stream()
                .filter(each -> each.until().isAfter(since))
                .map(Ignored::problem)
                .map(problem -> new RosterProblem(problem.kind(), rotation, problem.what(), problem.hint()))
                .toList();
    }
}
