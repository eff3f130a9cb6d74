// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import biweekly.io.TimezoneAssignment;
import biweekly.io.TimezoneInfo;
import biweekly.property.ICalProperty;
import biweekly.util.DateTimeComponents;
import biweekly.util.ICalDate;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The zones of the dates of one calendar: an IANA name, a name of Windows, as Outlook writes it, or else the zone whose clocks
 * change as the calendar itself describes.
 */
final class CalendarZones {
    /** From the CLDR, without zones of few people. */
    private static final Map<String, String> WINDOWS = Map.ofEntries(
            Map.entry("utc", "Etc/UTC"),
            Map.entry("gmt standard time", "Europe/London"),
            Map.entry("greenwich standard time", "Atlantic/Reykjavik"),
            Map.entry("w. europe standard time", "Europe/Berlin"),
            Map.entry("central europe standard time", "Europe/Budapest"),
            Map.entry("central european standard time", "Europe/Warsaw"),
            Map.entry("romance standard time", "Europe/Paris"),
            Map.entry("e. europe standard time", "Europe/Chisinau"),
            Map.entry("fle standard time", "Europe/Kiev"),
            Map.entry("gtb standard time", "Europe/Bucharest"),
            Map.entry("turkey standard time", "Europe/Istanbul"),
            Map.entry("israel standard time", "Asia/Jerusalem"),
            Map.entry("russian standard time", "Europe/Moscow"),
            Map.entry("egypt standard time", "Africa/Cairo"),
            Map.entry("south africa standard time", "Africa/Johannesburg"),
            Map.entry("arabian standard time", "Asia/Dubai"),
            Map.entry("arab standard time", "Asia/Riyadh"),
            Map.entry("pakistan standard time", "Asia/Karachi"),
            Map.entry("india standard time", "Asia/Kolkata"),
            Map.entry("se asia standard time", "Asia/Bangkok"),
            Map.entry("china standard time", "Asia/Shanghai"),
            Map.entry("singapore standard time", "Asia/Singapore"),
            Map.entry("taipei standard time", "Asia/Taipei"),
            Map.entry("korea standard time", "Asia/Seoul"),
            Map.entry("tokyo standard time", "Asia/Tokyo"),
            Map.entry("aus eastern standard time", "Australia/Sydney"),
            Map.entry("e. australia standard time", "Australia/Brisbane"),
            Map.entry("w. australia standard time", "Australia/Perth"),
            Map.entry("new zealand standard time", "Pacific/Auckland"),
            Map.entry("eastern standard time", "America/New_York"),
            Map.entry("central standard time", "America/Chicago"),
            Map.entry("mountain standard time", "America/Denver"),
            Map.entry("us mountain standard time", "America/Phoenix"),
            Map.entry("pacific standard time", "America/Los_Angeles"),
            Map.entry("atlantic standard time", "America/Halifax"),
            Map.entry("e. south america standard time", "America/Sao_Paulo"),
            Map.entry("argentina standard time", "America/Buenos_Aires"),
            Map.entry("sa pacific standard time", "America/Bogota"),
            Map.entry("central america standard time", "America/Guatemala"),
            Map.entry("central standard time (mexico)", "America/Mexico_City"));

    private static final int COMPARED_DAYS = 730;

    private final TimezoneInfo info;
    private final ZoneId floating;
    private final Map<TimezoneAssignment, Optional<ZoneId>> described = new HashMap<>();

    /** @param floating of dates without a zone */
    CalendarZones(TimezoneInfo info, ZoneId floating) {
        this.info = info;
        this.floating = floating;
    }

    /** @throws DateTimeException if there is no such date, as 31 February */
    static LocalDateTime local(ICalDate date) {
        DateTimeComponents raw = date.getRawComponents();
        return LocalDateTime.of(
                raw.getYear(), raw.getMonth(), raw.getDate(), raw.getHour(), raw.getMinute(), raw.getSecond());
    }

    /** Empty for a name that neither is known nor described. */
    Optional<ZoneId> zone(ICalProperty property, ICalDate date) {
        if (!date.hasTime()) {
            return Optional.of(floating);
        }
        if (date.getRawComponents().isUtc()) {
            return Optional.of(ZoneOffset.UTC);
        }
        TimezoneAssignment assigned = info.getTimezone(property);
        String name = name(property, assigned);
        if (name == null) {
            return Optional.of(floating);
        }
        return named(name).or(() -> described(assigned, local(date)));
    }

    static @Nullable String name(ICalProperty property, @Nullable TimezoneAssignment assigned) {
        if (assigned == null) {
            return property.getParameters().getTimezoneId();
        }
        return assigned.getComponent() == null
                ? assigned.getGlobalId()
                : assigned.getComponent().getTimezoneId().getValue();
    }

    private static Optional<ZoneId> named(String written) {
        String name = written.strip();
        String windows = WINDOWS.get(name.toLowerCase(Locale.ROOT));
        if (windows != null) {
            return Optional.of(ZoneId.of(windows));
        }
        // Some programs write a prefix: /freeassociation.sourceforge.net/Europe/Prague
        return Stream.iterate(name, rest -> !rest.isEmpty(), rest -> rest.substring(rest.indexOf('/') + 1))
                .limit(8)
                .flatMap(rest -> MemberZone.parse(rest).stream())
                .map(MemberZone::id)
                .findFirst();
    }

    private Optional<ZoneId> described(@Nullable TimezoneAssignment assigned, LocalDateTime since) {
        if (assigned == null || assigned.getComponent() == null) {
            return Optional.empty();
        }
        return described.computeIfAbsent(assigned, key -> alike(key.getTimeZone(), since.toInstant(ZoneOffset.UTC)));
    }

    private static Optional<ZoneId> alike(TimeZone zone, Instant since) {
        Instant[] compared = Stream.iterate(since, day -> day.plus(Duration.ofDays(1)))
                .limit(COMPARED_DAYS)
                .toArray(Instant[]::new);
        int[] offsets = Stream.of(compared)
                .mapToInt(day -> zone.getOffset(day.toEpochMilli()) / 1000)
                .toArray();
        return ZoneId.getAvailableZoneIds().stream()
                .filter(id -> id.contains("/"))
                .sorted()
                .map(ZoneId::of)
                .filter(candidate -> isAlike(candidate, compared, offsets))
                .findFirst();
    }

    private static boolean isAlike(ZoneId candidate, Instant[] compared, int[] offsets) {
        for (int index = 0; index < compared.length; index++) {
            if (candidate.getRules().getOffset(compared[index]).getTotalSeconds() != offsets[index]) {
                return false;
            }
        }
        return true;
    }
}
