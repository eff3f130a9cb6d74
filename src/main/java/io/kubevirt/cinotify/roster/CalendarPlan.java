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
    private final List<RosterProblem> problems;
    private final Instant knownUntil;
    private final Map<Integer, List<DutyShift>> years = new ConcurrentHashMap<>();

    /** @param knownUntil the end of what the source shows */
    CalendarPlan(List<CalendarSeries> series, List<RosterProblem> problems, Instant knownUntil) {
        this.series = List.copyOf(series);
        this.problems = List.copyOf(problems);
        this.knownUntil = knownUntil;
    }

    @Override
    public List<DutyShift> shifts(TimeRange range) {
        if (range.isEmpty()) {
            return List.of();
        }
        Map<String, List<TimeRange>> byPerson = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int year = year(range.start()); year <= year(range.end()); year++) {
            for (DutyShift shift : years.computeIfAbsent(year, this::expand)) {
                TimeRange piece = shift.range().within(range);
                if (!piece.isEmpty()) {
                    byPerson.computeIfAbsent(shift.person(), person -> new ArrayList<>())
                            .add(piece);
                }
            }
        }
        List<DutyShift> shifts = new ArrayList<>();
        byPerson.forEach(
                (person, pieces) -> TimeRange.union(pieces).forEach(piece -> shifts.add(new DutyShift(person, piece))));
        shifts.sort(Comparator.comparing(shift -> shift.range().start()));
        return shifts;
    }

    private List<DutyShift> expand(int year) {
        TimeRange whole = new TimeRange(startOf(year), startOf(year + 1));
        return series.stream().flatMap(each -> each.shifts(whole).stream()).toList();
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
    public List<RosterProblem> problems(String rotation) {
        return problems.stream()
                .map(problem -> new RosterProblem(problem.kind(), rotation, problem.what(), problem.hint()))
                .toList();
    }
}
