// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import org.jspecify.annotations.Nullable;

/**
 * Who is on duty, as an iCalendar (RFC 5545): one event for each time in which a person can be notified. It starts on Monday,
 * 00:00 UTC, so that its events keep their identity during a week.
 */
public final class DutyCalendar {
    public static final String TYPE = "text/calendar; charset=utf-8";

    /** How many weeks are written unless another number is asked for. */
    public static final int WEEKS = 4;

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int OCTETS = 75;

    private final Roster roster;
    private final Instant now;
    private final TimeRange range;

    /** @param weeks how many, with the present one */
    public DutyCalendar(Roster roster, Instant now, int weeks) {
        Instant monday = now.atZone(ZoneOffset.UTC)
                .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                .truncatedTo(ChronoUnit.DAYS)
                .toInstant();
        this.roster = roster;
        this.now = now;
        this.range = new TimeRange(monday, monday.plus(Duration.ofDays(7L * weeks)));
    }

    /** @param person the handle of a member, ignoring case; null for everybody */
    public String text(@Nullable String person) {
        StringBuilder text = new StringBuilder();
        line(text, "BEGIN:VCALENDAR");
        line(text, "VERSION:2.0");
        line(text, "PRODID:-//ci-notify//duty//EN");
        line(text, "X-WR-CALNAME:" + escaped("CI duty" + (person == null ? "" : " of " + person)));
        line(text, "REFRESH-INTERVAL;VALUE=DURATION:PT1H");
        roster.duty(range, person).forEach(duty -> event(text, duty));
        line(text, "END:VCALENDAR");
        return text.toString();
    }

    private void event(StringBuilder text, Duty duty) {
        String start = UTC.format(duty.time().start());
        String end = UTC.format(duty.time().end());
        line(text, "BEGIN:VEVENT");
        line(text, "UID:" + duty.person() + "-" + start + "-" + end + "@ci-notify");
        line(text, "DTSTAMP:" + UTC.format(now));
        line(text, "DTSTART:" + start);
        line(text, "DTEND:" + end);
        line(text, "SUMMARY:" + escaped(duty.person() + ": " + duty.title()));
        line(text, "TRANSP:TRANSPARENT");
        line(text, "END:VEVENT");
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace(";", "\\;")
                .replace(",", "\\,")
                .replace("\n", "\\n");
    }

    /** Folded: a line has at most 75 octets; a character is not cut. */
    private static void line(StringBuilder text, String line) {
        int octets = 0;
        for (int index = 0; index < line.length(); ) {
            String character = Character.toString(line.codePointAt(index));
            int size = character.getBytes(StandardCharsets.UTF_8).length;
            if (octets + size > OCTETS) {
                text.append("\r\n ");
                octets = 1;
            }
            text.append(character);
            octets += size;
            index += character.length();
        }
        text.append("\r\n");
    }
}
