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
 * A recurring meeting, for which a digest is sent at a local time.
 *
 * @param name unique; part of the id of an occurrence
 * @param time when the digest is sent
 * @param weeks weeks from one meeting to the next
 * @param anchor a day in a week with a meeting
 * @param holidays days without a meeting
 */
public record Meeting(
        String name, ZoneId zone, DayOfWeek day, LocalTime time, int weeks, LocalDate anchor, Set<LocalDate> holidays) {
    /** Occurrences to search for one that is not on a holiday. */
    private static final int SEARCHED = 520;

    /** Copies the holidays; the anchor becomes the meeting's own day. */
    public Meeting {
        if (weeks < 1) {
            throw new IllegalArgumentException("weeks is " + weeks + ", must be at least 1");
        }
        holidays = Set.copyOf(holidays);
        anchor = anchor.with(DayOfWeek.MONDAY).with(TemporalAdjusters.nextOrSame(day));
    }

    /**
     * One meeting.
     *
     * @param id the same on every replica: it prevents a second digest
     * @param at when the digest is sent
     */
    public record Occurrence(String id, LocalDate date, Instant at) {}

    /** The latest occurrence that is due. */
    public Optional<Occurrence> latest(Instant now) {
        LocalDate date = lastBefore(LocalDate.ofInstant(now, zone).plusDays(1));
        for (int back = 0; back < SEARCHED; back++) {
            Occurrence occurrence = on(date);
            if (!holidays.contains(date) && !occurrence.at().isAfter(now)) {
                return Optional.of(occurrence);
            }
            date = date.minusWeeks(weeks);
        }
        return Optional.empty();
    }

    /** The period since the previous occurrence that was not on a holiday. */
    public DigestPeriod period(Occurrence occurrence) {
        Instant earliest = on(occurrence.date().minusWeeks(weeks)).at();
        return new DigestPeriod(
                latest(occurrence.at().minusMillis(1)).map(Occurrence::at).orElse(earliest), occurrence.at());
    }

    private LocalDate lastBefore(LocalDate day) {
        long days = ChronoUnit.DAYS.between(anchor, day) - 1;
        return anchor.plusWeeks(Math.floorDiv(days, 7L * weeks) * weeks);
    }

    /** A local time in a gap is moved to the end of the gap; of one that occurs twice the first is used. */
    private Occurrence on(LocalDate date) {
        return new Occurrence(
                "digest-" + name + "-" + date,
                date,
                date.atTime(time).atZone(zone).toInstant());
    }
}
