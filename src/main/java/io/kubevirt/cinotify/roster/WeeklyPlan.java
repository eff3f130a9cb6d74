// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Turns of whole weeks in a fixed order. A handover is at the same local time all year: a turn in which clocks change is an
 * hour shorter or longer. A local time that does not exist is taken an hour later, one that occurs twice is the first.
 */
final class WeeklyPlan implements DutyPlan {
    /** In place of a handle: nobody is on duty. */
    static final String NOBODY = "none";

    private static final int WEEK = 7;

    private final ZoneId zone;
    private final LocalDateTime start;
    private final int days;
    private final List<String> order;
    private final List<DutyShift> overrides;
    private final Map<Long, Long> swapped = new HashMap<>();

    /**
     * @param start the first handover; nobody is on duty before
     * @param weeks the length of a turn
     * @param overrides replace whoever has the turn; they do not overlap
     */
    WeeklyPlan(ZoneId zone, LocalDateTime start, int weeks, List<String> order, List<DutyShift> overrides) {
        this.zone = zone;
        this.start = start;
        this.days = weeks * WEEK;
        this.order = List.copyOf(order);
        this.overrides = List.copyOf(overrides);
    }

    /** Exchanges the people of two turns, by the days on which they start. */
    WeeklyPlan swap(LocalDate first, LocalDate second) {
        long one = turn(first).orElseThrow();
        long other = turn(second).orElseThrow();
        long kept = swapped.getOrDefault(one, one);
        swapped.put(one, swapped.getOrDefault(other, other));
        swapped.put(other, kept);
        return this;
    }

    /** The number of the turn that starts on a day; empty if none does. */
    Optional<Long> turn(LocalDate day) {
        long since = ChronoUnit.DAYS.between(start.toLocalDate(), day);
        return since >= 0 && since % days == 0 ? Optional.of(since / days) : Optional.empty();
    }

    /** The start of the turn that a day belongs to. */
    LocalDate startOfTurn(LocalDate day) {
        long since = Math.max(0, ChronoUnit.DAYS.between(start.toLocalDate(), day));
        return start.toLocalDate().plusDays(since - since % days);
    }

    @Override
    public List<DutyShift> shifts(TimeRange range) {
        List<DutyShift> shifts = new ArrayList<>();
        LocalDate day = startOfTurn(LocalDate.ofInstant(range.start(), zone).minusDays(1));
        for (long turn = turn(day).orElseThrow(); startOf(turn).isBefore(range.end()); turn++) {
            TimeRange whole = new TimeRange(startOf(turn), startOf(turn + 1)).within(range);
            String person = order.get((int) (swapped.getOrDefault(turn, turn) % order.size()));
            pieces(whole).forEach(piece -> shifts.add(new DutyShift(person, piece)));
        }
        overrides.forEach(override ->
                shifts.add(new DutyShift(override.person(), override.range().within(range))));
        return shifts.stream()
                .filter(shift -> !shift.range().isEmpty() && !shift.isOf(NOBODY))
                .sorted(Comparator.comparing(shift -> shift.range().start()))
                .toList();
    }

    private Instant startOf(long turn) {
        return start.plusDays(turn * days).atZone(zone).toInstant();
    }

    /** What the overrides leave of a turn. */
    private List<TimeRange> pieces(TimeRange turn) {
        List<TimeRange> pieces = List.of(turn);
        for (DutyShift override : overrides) {
            pieces = pieces.stream()
                    .flatMap(piece -> piece.without(override.range()).stream())
                    .toList();
        }
        return pieces;
    }

    @Override
    public Set<String> people() {
        Set<String> people = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        people.addAll(order);
        overrides.forEach(override -> people.add(override.person()));
        people.remove(NOBODY);
        return people;
    }
}
