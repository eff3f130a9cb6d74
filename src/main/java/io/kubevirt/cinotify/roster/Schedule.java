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

/**
 * When a member is at work. A shift is the span between two instants, found through the zone's rules, so that it is an
 * hour shorter or longer in a night in which the clocks move.
 *
 * @param zone where the member's clock hangs
 * @param availability the days on which a shift begins
 * @param hours from when until when a shift goes
 * @param daysOff days on which no shift begins
 * @param pauses time cut out of the shifts
 */
public record Schedule(
        MemberZone zone, Availability availability, WorkingHours hours, List<DaysOff> daysOff, List<Pause> pauses) {

    /** How far ahead a working minute is looked for: more than a year, so that a year of leave still has an end. */
    public static final Duration HORIZON = Duration.ofDays(400);

    /** Longer than anybody works without a pause. */
    private static final Duration LONGEST = Duration.ofDays(3);

    public Schedule {
        daysOff = List.copyOf(daysOff);
        pauses = List.copyOf(pauses);
    }

    /** Whether the member may be told something at this instant. */
    public boolean isAtWork(Instant at) {
        LocalDate today = day(at);
        // A shift of yesterday may last into today; where clocks go back over midnight, tomorrow's may have begun.
        return shiftContains(today, at)
                || shiftContains(today.minusDays(1), at)
                || shiftContains(today.plusDays(1), at);
    }

    private boolean shiftContains(LocalDate day, Instant at) {
        return shift(day).stream().anyMatch(span -> span.contains(at));
    }

    /** The first instant, from the given one on, at which the member is at work; empty if none within the horizon. */
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
     * When the work ends that lasts at an instant, or begins next after it; of whoever never stops, some days later. Empty
     * if there is none within the horizon.
     */
    public Optional<Instant> endOfWork(Instant from) {
        return nextWorkingMinute(from)
                .map(begin -> workBetween(begin, begin.plus(LONGEST)).getFirst().end());
    }

    /** How much of the time between two instants the member works; zero where the second is not after the first. */
    public Duration workingTimeBetween(Instant from, Instant to) {
        return TimeRange.total(workBetween(from, to));
    }

    /**
     * The instant at which the member has worked so much since the given one; empty if that is not within the horizon.
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

    /** The member's work between two instants, in order and without overlaps. */
    public List<TimeRange> workBetween(Instant from, Instant to) {
        TimeRange wanted = new TimeRange(from, to);
        List<TimeRange> work = new ArrayList<>();
        if (wanted.isEmpty()) {
            return work;
        }
        LocalDate last = day(to).plusDays(1);
        for (LocalDate day = day(from).minusDays(1); !day.isAfter(last); day = day.plusDays(1)) {
            shift(day).forEach(span -> work.add(span.within(wanted)));
        }
        return TimeRange.union(work);
    }

    /** Why the member cannot be told anything at this instant, to follow after the name. */
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
        return "works " + this + "; it is " + localTime(at) + " there";
    }

    /** Weekday and time on the member's clock: {@code Sunday 11:00}. */
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

    /** The shift that begins on a day, in pieces where pauses cut it; empty on a free day. */
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
        return pieces;
    }

    /**
     * A local time that the clocks skip is the instant at which they skip it. One that they show twice is the first as
     * a beginning and the second as an end: every minute whose local time lies in the hours is worked.
     */
    private Instant instant(LocalDateTime local, boolean beginning) {
        ZoneRules rules = zone.id().getRules();
        ZoneOffsetTransition transition = rules.getTransition(local);
        if (transition == null) {
            return local.toInstant(rules.getOffset(local));
        }
        if (transition.isGap()) {
            return transition.getInstant();
        }
        return local.toInstant(beginning ? transition.getOffsetBefore() : transition.getOffsetAfter());
    }
}
