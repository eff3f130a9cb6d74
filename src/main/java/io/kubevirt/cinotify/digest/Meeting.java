// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.digest;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;
import java.util.Set;

/**
 * When something is said before each meeting of a series, in the zone of the meeting whatever its clocks do.
 *
 * @param name what tells the series from others
 * @param day on which it is held
 * @param time when it is said
 * @param weeks from one to the next
 * @param anchor a day in a week in which it is held
 * @param holidays on which it is not held
 */
public record Meeting(
        String name, ZoneId zone, DayOfWeek day, LocalTime time, int weeks, LocalDate anchor, Set<LocalDate> holidays) {

    /** Who takes holidays all the time holds no meetings. */
    private static final int SEARCHED = 520;

    /** Copies the holidays; the anchor becomes the meeting's own day. */
    public Meeting {
        if (weeks < 1) {
            throw new IllegalArgumentException("a series is held every week or less often, not every " + weeks);
        }
        holidays = Set.copyOf(holidays);
        anchor = anchor.with(DayOfWeek.MONDAY).with(TemporalAdjusters.nextOrSame(day));
    }

    /**
     * One of the series.
     *
     * @param id its identity, the same for everyone who computes it
     * @param at when it is said
     */
    public record Occurrence(String id, LocalDate date, Instant at) {}

    /** The newest one that is due. */
    public Optional<Occurrence> latest(Instant now) {
        LocalDate date = lastBefore(LocalDate.ofInstant(now, zone).plusDays(1));
        for (int back = 0; back < SEARCHED; back++) {
            Occurrence occasion = on(date);
            if (!holidays.contains(date) && !occasion.at().isAfter(now)) {
                return Optional.of(occasion);
            }
            date = date.minusWeeks(weeks);
        }
        return Optional.empty();
    }

    /** What one looks back on: all since the one before, which holidays may have put off. */
    public DigestPeriod period(Occurrence occasion) {
        Instant earliest = on(occasion.date().minusWeeks(weeks)).at();
        return new DigestPeriod(
                latest(occasion.at().minusMillis(1)).map(Occurrence::at).orElse(earliest), occasion.at());
    }

    private LocalDate lastBefore(LocalDate day) {
        long days = ChronoUnit.DAYS.between(anchor, day) - 1;
        return anchor.plusWeeks(Math.floorDiv(days, 7L * weeks) * weeks);
    }

    /** A time that the clocks skip is said when they have skipped it; one that comes twice, the first time. */
    private Occurrence on(LocalDate date) {
        return new Occurrence(
                "digest-" + name + "-" + date,
                date,
                date.atTime(time).atZone(zone).toInstant());
    }
}
