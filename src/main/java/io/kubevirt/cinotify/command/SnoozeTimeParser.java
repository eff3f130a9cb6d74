// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.roster.Schedule;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Parses the end of a snooze. A day means the first working minute of the person on that day, or 09:00 UTC if the person
 * has no working hours.
 *
 * @param schedule the person's working hours; null if unknown
 */
record SnoozeTimeParser(Instant now, @Nullable Schedule schedule) {
    /** The accepted forms, for the reply to anything else. */
    static final String FORMS = "`4h`, `2d`, `until monday` or `2026-12-01`";

    /** For longer, the configuration has mutes. */
    static final Duration MAX_SNOOZE = Duration.ofDays(90);

    private static final LocalTime NINE = LocalTime.of(9, 0);
    private static final String UNIT = "(w(?:ks?|eeks?)?|d(?:ays?)?|h(?:rs?|ours?)?|m(?:ins?|inutes?)?)";
    private static final Pattern PARTS = Pattern.compile("(?:\\d{1,5}" + UNIT + ")+");
    private static final Pattern PART = Pattern.compile("(\\d{1,5})" + UNIT);
    private static final int SHORTEST_DAY_NAME = 3;
    private static final int DATE_LENGTH = 10;

    /** The instant, after now and within {@link #MAX_SNOOZE}; empty for anything else. */
    Optional<Instant> parse(String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        for (String filler : new String[] {"until", "till", "for", "next"}) {
            lower = lower.startsWith(filler + " ") ? Whitespace.strip(lower.substring(filler.length())) : lower;
        }
        return instant(lower).filter(until -> until.isAfter(now) && !until.isAfter(now.plus(MAX_SNOOZE)));
    }

    private Optional<Instant> instant(String words) {
        String dense = words.replace(" ", "");
        if (PARTS.matches(dense)) {
            return Optional.of(now.plus(duration(dense)));
        }
        LocalDate today = LocalDate.ofInstant(now, zone());
        if (words.equals("tomorrow")) {
            return Optional.of(startOf(today.plusDays(1)));
        }
        if (words.equals("week")) {
            return Optional.of(startOf(today.with(TemporalAdjusters.next(DayOfWeek.MONDAY))));
        }
        for (DayOfWeek day : DayOfWeek.values()) {
            if (words.length() >= SHORTEST_DAY_NAME
                    && day.name().toLowerCase(Locale.ROOT).startsWith(words)) {
                return Optional.of(startOf(today.with(TemporalAdjusters.next(day))));
            }
        }
        return date(words.toUpperCase(Locale.ROOT));
    }

    private static Duration duration(String parts) {
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(parts);
        while (part.find()) {
            long count = Long.parseLong(part.group(1));
            sum = sum.plus(
                    switch (part.group(2).charAt(0)) {
                        case 'w' -> Duration.ofDays(7 * count);
                        case 'd' -> Duration.ofDays(count);
                        case 'h' -> Duration.ofHours(count);
                        default -> Duration.ofMinutes(count);
                    });
        }
        return sum;
    }

    private Optional<Instant> date(String words) {
        try {
            return Optional.of(
                    words.length() == DATE_LENGTH
                            ? startOf(LocalDate.parse(words))
                            : OffsetDateTime.parse(words).toInstant());
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }

    private Instant startOf(LocalDate day) {
        Instant midnight = day.atStartOfDay(zone()).toInstant();
        return Optional.ofNullable(schedule)
                .flatMap(hours -> hours.nextWorkingMinute(midnight))
                .orElse(day.atTime(NINE).atZone(zone()).toInstant());
    }

    private ZoneId zone() {
        return schedule == null ? ZoneOffset.UTC : schedule.zone().id();
    }
}
