// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import biweekly.util.ICalDate;
import biweekly.util.Recurrence;
import biweekly.util.com.google.ical.compat.javautil.DateIterator;
import io.kubevirt.cinotify.roster.DutyPlan.DutyShift;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An event of a calendar with its repetitions and their changes. It is expanded in local time, so that a handover stays at its
 * hour when clocks change. A local time that does not exist is taken with the offset before; one that occurs twice is the first.
 */
final class CalendarSeries {
    private static final TimeZone UTC = TimeZone.getTimeZone("UTC");

    /** Between local time and UTC, and for a change of clocks. */
    private static final Duration MARGIN = Duration.ofDays(2);

    private static final Duration PROBED = Duration.ofDays(3 * 366);

    private final Shift first;
    private final Rule rule;

    /** By the original start. */
    private final Map<Instant, Shift> changed = new HashMap<>();

    /** With all later ones, by the original start. */
    private final TreeMap<Instant, Shift> changedFrom = new TreeMap<>();

    /**
     * One shift.
     *
     * @param days added to the start in local time
     * @param time added after that
     * @param people their logins; nobody for a cancelled shift, and if nobody is known
     */
    record Shift(LocalDateTime start, ZoneId zone, Duration days, Duration time, Set<String> people) {
        Shift at(LocalDateTime other) {
            return new Shift(other, zone, days, time, people);
        }

        /** From its original start. */
        Duration distance(Instant original) {
            return Duration.between(original, instant(start, zone)).abs();
        }

        TimeRange range() {
            return new TimeRange(
                    instant(start, zone), instant(start.plus(days), zone).plus(time));
        }
    }

    /**
     * When a series repeats.
     *
     * @param recurrence without an end of its own; null for none
     * @param excluded single repetitions
     * @param excludedDays by local date
     */
    record Rule(
            @Nullable Recurrence recurrence,
            @Nullable ICalDate until,
            List<LocalDateTime> added,
            Set<Instant> excluded,
            Set<LocalDate> excludedDays) {
        static final Rule NONE = new Rule(null, null, List.of(), Set.of(), Set.of());
    }

    CalendarSeries(Shift first, Rule rule) {
        this.first = first;
        this.rule = rule;
    }

    static Instant instant(LocalDateTime local, ZoneId zone) {
        return local.atZone(zone).toInstant();
    }

    /** Replaces a repetition, or with {@code future} all from it on. */
    void change(Instant original, Shift shift, boolean future) {
        if (future) {
            changedFrom.put(original, shift);
        } else {
            changed.put(original, shift);
        }
    }

    /** Expands the first years. */
    void probe() {
        Instant start = first.range().start();
        starts(new TimeRange(start, start.plus(PROBED)));
    }

    List<DutyShift> shifts(TimeRange range) {
        List<Shift> found = new ArrayList<>(changed.values());
        for (LocalDateTime start : starts(range)) {
            Instant original = instant(start, first.zone());
            boolean excluded =
                    rule.excluded().contains(original) || rule.excludedDays().contains(start.toLocalDate());
            if (!excluded && !changed.containsKey(original)) {
                found.add(shift(start, original));
            }
        }
        return found.stream()
                .flatMap(shift -> shift.people().stream()
                        .map(person -> new DutyShift(person, shift.range().within(range))))
                .filter(shift -> !shift.range().isEmpty())
                .toList();
    }

    private Shift shift(LocalDateTime start, Instant original) {
        Map.Entry<Instant, Shift> since = changedFrom.floorEntry(original);
        if (since == null) {
            return first.at(start);
        }
        LocalDateTime replaced = LocalDateTime.ofInstant(since.getKey(), first.zone());
        return since.getValue()
                .at(start.plus(Duration.between(replaced, since.getValue().start())));
    }

    /** The original local starts of shifts that may touch a range. */
    private Set<LocalDateTime> starts(TimeRange range) {
        LocalDateTime from = local(range.start()).minus(longest()).minus(MARGIN);
        LocalDateTime to = local(range.end()).plus(longest()).plus(MARGIN);
        Set<LocalDateTime> starts = new TreeSet<>(rule.added());
        starts.add(first.start());
        Recurrence recurrence = rule.recurrence();
        if (recurrence != null) {
            // Local time as if it were UTC: the zone is applied to each start.
            DateIterator dates = recurrence.getDateIterator(new ICalDate(date(first.start()), true), UTC);
            dates.advanceTo(date(from));
            while (dates.hasNext()) {
                LocalDateTime start = LocalDateTime.ofInstant(dates.next().toInstant(), ZoneOffset.UTC);
                if (start.isAfter(to) || isAfterEnd(start)) {
                    break;
                }
                starts.add(start);
            }
        }
        starts.removeIf(start -> start.isBefore(from) || start.isAfter(to));
        return starts;
    }

    private boolean isAfterEnd(LocalDateTime start) {
        ICalDate until = rule.until();
        if (until == null) {
            return false;
        }
        LocalDateTime last = CalendarZones.local(until);
        if (!until.hasTime()) {
            return start.toLocalDate().isAfter(last.toLocalDate());
        }
        return until.getRawComponents().isUtc()
                ? instant(start, first.zone()).isAfter(last.toInstant(ZoneOffset.UTC))
                : start.isAfter(last);
    }

    private LocalDateTime local(Instant at) {
        return LocalDateTime.ofInstant(at, first.zone());
    }

    private static Date date(LocalDateTime local) {
        return Date.from(local.toInstant(ZoneOffset.UTC));
    }

    /** How far a shift may be from its original start. */
    private Duration longest() {
        Duration longest = first.days().plus(first.time());
        for (Map.Entry<Instant, Shift> entry : changedFrom.entrySet()) {
            Shift shift = entry.getValue();
            Duration moved = Duration.between(LocalDateTime.ofInstant(entry.getKey(), first.zone()), shift.start())
                    .abs();
            Duration length = moved.plus(shift.days()).plus(shift.time());
            longest = length.compareTo(longest) > 0 ? length : longest;
        }
        return longest;
    }

    Set<String> people() {
        Set<String> people = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        people.addAll(first.people());
        changed.values().forEach(shift -> people.addAll(shift.people()));
        changedFrom.values().forEach(shift -> people.addAll(shift.people()));
        return people;
    }
}
