// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * How much of a week someone is at work. Days are UTC days: the members' own days differ from each other.
 *
 * @param area the area, or what else is covered
 * @param covered time in which at least one is at work
 * @param emptyDays days in which nobody is, not for a minute
 */
public record Coverage(String area, Duration covered, List<DayOfWeek> emptyDays) {

    private static final int DAYS = 7;
    private static final int MINUTES = 60;

    public Coverage {
        emptyDays = List.copyOf(emptyDays);
    }

    /** @param monday 00:00 UTC of the week's first day */
    static Coverage of(String area, Collection<Member> members, Instant monday) {
        Duration covered = Duration.ZERO;
        List<DayOfWeek> empty = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            Instant start = monday.plus(Duration.ofDays(day));
            Instant end = start.plus(Duration.ofDays(1));
            Duration work = TimeRange.total(TimeRange.union(members.stream()
                    .flatMap(member -> member.schedule().workBetween(start, end).stream())
                    .toList()));
            covered = covered.plus(work);
            if (work.isZero()) {
                empty.add(DayOfWeek.of(day + 1));
            }
        }
        return new Coverage(area, covered, empty);
    }

    /** {@code 47 of 168 hours a week are covered}, or with minutes, {@code 47:30 of 168 hours …}. */
    String summary() {
        long minutes = covered.toMinutes();
        String rest = minutes % MINUTES == 0 ? "" : ":" + (minutes % MINUTES < 10 ? "0" : "") + minutes % MINUTES;
        return minutes / MINUTES + rest + " of " + DAYS * 24 + " hours a week are covered";
    }
}
