// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Optional;

/**
 * Working hours, in the zone of the member. They may cross midnight: such a shift belongs to the day on which it starts, so
 * 22:00-06:00 on Mon-Fri ends on Saturday morning.
 *
 * @param start included
 * @param end excluded; on the next day if it is not after the start
 */
public record WorkingHours(LocalTime start, LocalTime end) {
    /** The default: 09:00-17:00. */
    public static final WorkingHours OFFICE = new WorkingHours(LocalTime.of(9, 0), LocalTime.of(17, 0));

    private static final Pattern FORM =
            Pattern.compile("([01]?[0-9]|2[0-3]):([0-5][0-9])\\s*[-–]\\s*(?:24:00|([01]?[0-9]|2[0-3]):([0-5][0-9]))");

    /**
     * @throws IllegalArgumentException if start and end are the same, which is ambiguous; except for 00:00-00:00, the whole day
     */
    public WorkingHours {
        if (start.equals(end) && !start.equals(LocalTime.MIDNIGHT)) {
            throw new IllegalArgumentException("the working hours start and end at " + start);
        }
    }

    /**
     * Parses {@code 09:00-17:00}, {@code 22:00-06:00} or {@code 00:00-24:00}.
     *
     * @return empty for another format, or if start and end are the same
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

    /** Whether a shift ends on the day after its start. */
    public boolean runsOverMidnight() {
        return !end.isAfter(start);
    }

    /** The length of a shift, ignoring daylight saving time. */
    public Duration length() {
        Duration sameDay = Duration.between(start, end);
        return runsOverMidnight() ? sameDay.plusDays(1) : sameDay;
    }

    /** {@code 09:00-17:00}. */
    @Override
    public String toString() {
        return start + "-" + (end.equals(LocalTime.MIDNIGHT) ? "24:00" : end);
    }
}
