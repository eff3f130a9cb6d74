// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.page;

import io.quarkus.qute.RawString;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An instant on a page. The script puts it into the zone of the reader; its title always has UTC.
 *
 * @param zone in which it is shown without the script
 */
public record Moment(Instant at, Instant now, ZoneId zone) {
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern(
                    "EEE d MMM yyyy HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter DAY_AND_CLOCK = DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);
    private static final int MINUTES = 60;
    private static final int HOURS = 48;
    private static final int WEEK = 6;

    /** Null for null. */
    public static @Nullable Moment of(@Nullable Instant at, Instant now, ZoneId zone) {
        return at == null ? null : new Moment(at, now, zone);
    }

    /** {@code 2 h ago} or {@code in 40 min}. */
    public RawString relative() {
        String length = length();
        String text = length.isEmpty() ? "just now" : at.isAfter(now) ? "in " + length : length + " ago";
        return html(text, "r");
    }

    /** {@code 2 h 23 min}; empty for less than a minute. */
    public String length() {
        Duration length = Duration.between(at, now).abs();
        long minutes = length.toMinutes();
        if (minutes == 0) {
            return "";
        }
        if (minutes < MINUTES) {
            return minutes + " min";
        }
        return length.toHours() < HOURS ? length.toHours() + " h" : length.toDays() + " d";
    }

    /** {@code 09:00} today, {@code Mon 09:00} in the days around, else with the date. */
    public RawString clock() {
        LocalDate day = LocalDate.ofInstant(at, zone);
        LocalDate today = LocalDate.ofInstant(now, zone);
        long away = Math.abs(day.toEpochDay() - today.toEpochDay());
        DateTimeFormatter format = away == 0 ? CLOCK : away <= WEEK ? DAY_AND_CLOCK : DATE;
        return html(format.format(at.atZone(zone)), "c");
    }

    /** Only digits and names of months, so nothing is escaped. */
    private RawString html(String text, String kind) {
        return new RawString(
                "<time datetime=\"" + at + "\" data-" + kind + " title=\"" + UTC.format(at) + "\">" + text + "</time>");
    }
}
