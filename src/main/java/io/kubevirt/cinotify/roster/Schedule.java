// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a member is at work. A shift is the range between two instants in the zone of the member, so it is an hour shorter or
 * longer when daylight saving time starts or ends.
 *
 * @param availability the days on which a shift starts
 * @param daysOff days on which no shift starts
 * @param pauses periods that are removed from the shifts
 * @param limit outside of which there is no work, such as the turns of a rotation; null for none
 * @param quietHours in which only what blocks is notified ({@link #of(boolean)}); null for none
 */
public record Schedule(
        MemberZone zone,
        Availability availability,
        WorkingHours hours,
        List<DaysOff> daysOff,
        List<Pause> pauses,
        @Nullable Limit limit,
        @Nullable WorkingHours quietHours) {
    /** How far ahead working time is looked for: more than a year of leave. */
    public static final Duration HORIZON = Duration.ofDays(400);

    /** The longest work without a break that is considered. */
    private static final Duration LONGEST = Duration.ofDays(3);

    public Schedule {
        daysOff = List.copyOf(daysOff);
        pauses = List.copyOf(pauses);
    }

    /** Without turns of a rotation. */
    public Schedule(
            MemberZone zone, Availability availability, WorkingHours hours, List<DaysOff> daysOff, List<Pause> pauses) {
        this(zone, availability, hours, daysOff, pauses, null, null);
    }

    /** Cuts work to some times. */
    interface Limit {
        /** The parts of a range in which there may be work. */
        List<TimeRange> within(TimeRange range);

        /** Why there is none at an instant, as a predicate for the handle. */
        String absence(Instant at);
    }

    /** For incidents that block or do not: the quiet hours are no work for the latter. */
    public Schedule of(boolean blocking) {
        return blocking || quietHours == null
                ? this
                : new Schedule(
                        zone, availability, hours, daysOff, pauses, new QuietHours(zone.id(), quietHours, limit), null);
    }

    /** Only during the turns of a rotation. */
    Schedule during(Rotation.Turns only) {
        return new Schedule(zone, availability, hours, daysOff, pauses, only, quietHours);
    }

    /** Whether the member may be notified at this instant. */
    public boolean isAtWork(Instant at) {
        LocalDate today = day(at);
        // Yesterday's shift may run into today; if clocks go back over midnight, tomorrow's shift may have started.
        return shiftContains(today, at)
                || shiftContains(today.minusDays(1), at)
                || shiftContains(today.plusDays(1), at);
    }

    private boolean shiftContains(LocalDate day, Instant at) {
        return shift(day).stream().anyMatch(span -> span.contains(at));
    }

    /** The first instant, from the given one on, at which the member is at work; empty if there is none within the horizon. */
    public Optional<Instant> nextWorkingMinute(Instant from) {
        LocalDate last = day(from.plus(HORIZON));
        for (LocalDate day = day(from).minusDays(1); !day.isAfter(last); day = day.plusDays(1)) {
            for (TimeRange span : shift(day)) {
                if (span.end().isAfter(from)) {
                    return Optional.of(span.start().isAfter(from) ? span.start() : from);
                }
            }
        }
        return Optional.empty();
    }

    /**
     * The end of the shift at an instant, or of the next shift; some days later for a member without breaks. Empty if there is
     * none within the horizon.
     */
    public Optional<Instant> endOfWork(Instant from) {
        return nextWorkingMinute(from)
                .map(start -> workBetween(start, start.plus(LONGEST)).getFirst().end());
    }

    /** The working time between two instants; zero if the second is not after the first. */
    public Duration workingTimeBetween(Instant from, Instant to) {
        return TimeRange.total(workBetween(from, to));
    }

    /**
     * The instant at which the member has worked this long since the given one; empty if it is not within the horizon.
     */
    public Optional<Instant> afterWorking(Instant from, Duration worked) {
        Duration left = worked;
        for (TimeRange span : workBetween(from, from.plus(HORIZON))) {
            if (span.length().compareTo(left) >= 0) {
                return Optional.of(span.start().plus(left));
            }
            left = left.minus(span.length());
        }
        return Optional.empty();
    }

    /** The working time between two instants, in order and without overlaps. */
    public List<TimeRange> workBetween(Instant from, Instant to) {
        TimeRange range = new TimeRange(from, to);
        List<TimeRange> work = new ArrayList<>();
        if (range.isEmpty()) {
            return work;
        }
        LocalDate last = day(to).plusDays(1);
        for (LocalDate day = day(from).minusDays(1); !day.isAfter(last); day = day.plusDays(1)) {
            shift(day).forEach(span -> work.add(span.within(range)));
        }
        return TimeRange.union(work);
    }

    /** Why the member may not be notified at this instant, as a predicate for the handle. */
    public String absence(Instant at) {
        for (Pause pause : pauses) {
            if (pause.range().contains(at)) {
                return "is paused until " + pause.until();
            }
        }
        for (DaysOff off : daysOff) {
            if (off.contains(day(at))) {
                return off.first().equals(off.last())
                        ? "is off on " + off.first()
                        : "is off from " + off.first() + " to " + off.last();
            }
        }
        if (limit != null && limit.within(new TimeRange(at, at.plusMillis(1))).isEmpty()) {
            return limit.absence(at);
        }
        return "works " + this + "; it is " + localTime(at) + " there";
    }

    /** Weekday and time in the zone of the member: {@code Sunday 11:00}. */
    public String localTime(Instant at) {
        return TimeText.weekdayAndTime(at.atZone(zone.id()));
    }

    /** {@code Mon-Fri 09:00-17:00 GMT+1}. */
    @Override
    public String toString() {
        return availability + " " + hours + " " + zone;
    }

    private LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, zone.id());
    }

    /** The shift that starts on a day, in pieces if pauses interrupt it; empty on a day off. */
    private List<TimeRange> shift(LocalDate day) {
        if (!availability.days().contains(day.getDayOfWeek())
                || daysOff.stream().anyMatch(off -> off.contains(day))) {
            return List.of();
        }
        LocalDate lastDay = hours.runsOverMidnight() ? day.plusDays(1) : day;
        TimeRange whole =
                new TimeRange(instant(day.atTime(hours.start()), true), instant(lastDay.atTime(hours.end()), false));
        List<TimeRange> pieces = whole.isEmpty() ? List.of() : List.of(whole);
        for (Pause pause : pauses) {
            pieces = pieces.stream()
                    .flatMap(piece -> piece.without(pause.range()).stream())
                    .toList();
        }
        Limit only = limit;
        if (only == null) {
            return pieces;
        }
        return pieces.stream().flatMap(piece -> only.within(piece).stream()).toList();
    }

    /**
     * A local time in a gap is the instant of the transition. One that occurs twice is the first occurrence for a start and
     * the second for an end: every minute with a local time within the hours is working time.
     */
    private Instant instant(LocalDateTime local, boolean isStart) {
        ZoneRules rules = zone.id().getRules();
        ZoneOffsetTransition transition = rules.getTransition(local);
        if (transition == null) {
            return local.toInstant(rules.getOffset(local));
        }
        if (transition.isGap()) {
            return transition.getInstant();
        }
        return local.toInstant(isStart ? transition.getOffsetBefore() : transition.getOffsetAfter());
    }

    /**
     * Days off, in the zone of the member. A shift that started on the day before is not interrupted.
     *
     * @param last included
     */
    public record DaysOff(LocalDate first, LocalDate last) {
        /** @throws IllegalArgumentException if the last day is before the first */
        public DaysOff {
            if (last.isBefore(first)) {
                throw new IllegalArgumentException("the days off end on " + last + ", before they start on " + first);
            }
        }

        public boolean contains(LocalDate day) {
            return !day.isBefore(first) && !day.isAfter(last);
        }
    }

    /**
     * A period without notifications.
     *
     * @param until excluded
     */
    public record Pause(Instant from, Instant until) {
        /** @throws IllegalArgumentException if it ends before it starts */
        public Pause {
            if (until.isBefore(from)) {
                throw new IllegalArgumentException("the pause ends at " + until + ", before it starts at " + from);
            }
        }

        TimeRange range() {
            return new TimeRange(from, until);
        }
    }
}
