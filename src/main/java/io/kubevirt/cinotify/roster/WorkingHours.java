// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Optional;

/**
 * The part of a day in which a member works, on the member's own clock.
 *
 * <p>Hours may run over midnight. Such a shift belongs to the day on which it begins: 22:00-06:00 on Mon-Fri ends on
 * Saturday morning. It needs no rule of its own, because a shift is held as a span between two instants, so refusing it
 * would only shut out people who work at night.
 *
 * @param start the first minute at work
 * @param end the first minute not at work any more; where it is not after the start, on the following day
 */
public record WorkingHours(LocalTime start, LocalTime end) {

    /** What a member works of whom nothing else is said: 09:00-17:00. */
    public static final WorkingHours OFFICE = new WorkingHours(LocalTime.of(9, 0), LocalTime.of(17, 0));

    private static final Pattern FORM =
            Pattern.compile("([01]?[0-9]|2[0-3]):([0-5][0-9])\\s*[-–]\\s*(?:24:00|([01]?[0-9]|2[0-3]):([0-5][0-9]))");

    /**
     * @throws IllegalArgumentException if start and end are the same, other than 00:00-00:00, which is the whole day:
     *     none at all or all around the clock would be a guess
     */
    public WorkingHours {
        if (start.equals(end) && !start.equals(LocalTime.MIDNIGHT)) {
            throw new IllegalArgumentException("working hours begin and end at " + start);
        }
    }

    /**
     * Reads {@code 09:00-17:00}, {@code 22:00-06:00} or {@code 00:00-24:00}.
     *
     * @return empty if it has another form, or begins and ends at the same minute
     */
    public static Optional<WorkingHours> parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        LocalTime start = time(matcher.group(1), matcher.group(2));
        LocalTime end = matcher.group(3) == null ? LocalTime.MIDNIGHT : time(matcher.group(3), matcher.group(4));
        return start.equals(end) && !start.equals(LocalTime.MIDNIGHT)
                ? Optional.empty()
                : Optional.of(new WorkingHours(start, end));
    }

    private static LocalTime time(String hour, String minute) {
        return LocalTime.of(Integer.parseInt(hour), Integer.parseInt(minute));
    }

    /** Whether a shift ends on the day after the one on which it begins. */
    public boolean runsOverMidnight() {
        return !end.isAfter(start);
    }

    /** How long a shift lasts where no clock moves. */
    public Duration length() {
        Duration sameDay = Duration.between(start, end);
        return runsOverMidnight() ? sameDay.plusDays(1) : sameDay;
    }

    /** As people write it: {@code 09:00-17:00}. */
    @Override
    public String toString() {
        return start + "-" + (end.equals(LocalTime.MIDNIGHT) ? "24:00" : end);
    }
}
