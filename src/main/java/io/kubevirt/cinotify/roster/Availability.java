// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import java.time.DayOfWeek;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The days of the week on which a member works.
 *
 * @param written as in the table: {@code Mon-Fri}, {@code Mon, Wed-Thu}, {@code Fri-Tue}
 */
public record Availability(String written, Set<DayOfWeek> days) {
    private static final int SHORTEST_DAY = 3;

    public Availability {
        days = Set.copyOf(days);
    }

    /**
     * Parses days and ranges of days, separated by commas. A range may cross the end of the week. Days may be abbreviated to
     * three or more characters. {@code none} stands for no day.
     *
     * @return empty if a part is not a day or a range of days
     */
    public static Optional<Availability> parse(String text) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        if (text.strip().equalsIgnoreCase("none")) {
            return Optional.of(new Availability(text.strip(), days));
        }
        for (String part : text.split(",", -1)) {
            String[] ends = part.replace('–', '-').split("-", -1);
            Optional<DayOfWeek> first = day(ends[0]);
            Optional<DayOfWeek> last = day(ends[ends.length - 1]);
            if (ends.length > 2 || first.isEmpty() || last.isEmpty()) {
                return Optional.empty();
            }
            for (DayOfWeek day = first.get(); day != last.get(); day = day.plus(1)) {
                days.add(day);
            }
            days.add(last.get());
        }
        return Optional.of(new Availability(text.strip(), days));
    }

    private static Optional<DayOfWeek> day(String text) {
        String word = text.strip().toUpperCase(Locale.ROOT);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (word.length() >= SHORTEST_DAY && day.name().startsWith(word)) {
                return Optional.of(day);
            }
        }
        return Optional.empty();
    }

    /** As written. */
    @Override
    public String toString() {
        return written;
    }
}
