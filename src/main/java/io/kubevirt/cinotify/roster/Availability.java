/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.roster;

import java.time.DayOfWeek;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The days of the week on which a member works.
 *
 * @param written as the table has it: {@code Mon-Fri}, {@code Mon, Wed-Thu}, {@code Fri-Tue}
 * @param days the days it means
 */
public record Availability(String written, Set<DayOfWeek> days) {

    private static final int SHORTEST_DAY = 3;

    public Availability {
        days = Set.copyOf(days);
    }

    /**
     * Reads days and ranges of days, separated by commas; a range may run over the end of the week. Days may be cut to
     * three letters or more. {@code none} is a member who is never there.
     *
     * @return empty if any part of it is not a day or a range of days
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
