// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The times outside of the quiet hours of each day.
 *
 * @param zone of the hours
 * @param other a further limit; null for none
 */
record QuietHours(ZoneId zone, WorkingHours hours, Schedule.@Nullable Limit other) implements Schedule.Limit {
    @Override
    public List<TimeRange> within(TimeRange range) {
        List<TimeRange> pieces = other == null ? List.of(range) : other.within(range);
        LocalDate last = LocalDate.ofInstant(range.end(), zone);
        for (LocalDate day = LocalDate.ofInstant(range.start(), zone).minusDays(1);
                !day.isAfter(last);
                day = day.plusDays(1)) {
            TimeRange quiet = quiet(day);
            pieces = pieces.stream()
                    .flatMap(piece -> piece.without(quiet).stream())
                    .toList();
        }
        return pieces;
    }

    private TimeRange quiet(LocalDate day) {
        LocalDate end = hours.runsOverMidnight() ? day.plusDays(1) : day;
        return new TimeRange(
                day.atTime(hours.start()).atZone(zone).toInstant(),
                end.atTime(hours.end()).atZone(zone).toInstant());
    }

    @Override
    public String absence(Instant at) {
        return other != null
                        && other.within(new TimeRange(at, at.plusMillis(1))).isEmpty()
                ? other.absence(at)
                : "has quiet hours " + hours + "; it is " + TimeText.weekdayAndTime(at.atZone(zone)) + " there";
    }
}
