// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a member's clock hangs.
 *
 * @param written as the table or the settings have it: {@code GMT+1}, {@code UTC+05:30}, {@code Europe/Berlin}
 * @param id the zone it means
 */
public record MemberZone(String written, ZoneId id) {

    private static final int OFFSET_WITH_ONE_DIGIT_HOUR = "+5:30".length();

    /** A zone that is known by its IANA name. */
    public static MemberZone of(ZoneId id) {
        return new MemberZone(id.getId(), id);
    }

    /**
     * Reads an offset from GMT or UTC, or an IANA name; neither cares for case. Other abbreviations ({@code IST},
     * {@code PST}) are no zones: they mean different things in different countries.
     *
     * @return empty if it is neither
     */
    public static Optional<MemberZone> parse(String text) {
        String written = text.strip();
        String compact = written.replace(" ", "").replace('−', '-');
        String upper = compact.toUpperCase(Locale.ROOT);
        try {
            if (upper.startsWith("GMT") || upper.startsWith("UTC")) {
                ZoneId id = ZoneId.of(upper.substring(0, 3) + offset(upper.substring(3)));
                return Optional.of(new MemberZone(written, id));
            }
        } catch (DateTimeException e) {
            return Optional.empty();
        }
        return ZoneId.getAvailableZoneIds().stream()
                .filter(id -> id.equalsIgnoreCase(compact))
                .findFirst()
                .map(id -> new MemberZone(written, ZoneId.of(id)));
    }

    /** java.time wants two digits for the hour as soon as there are minutes. */
    private static String offset(String text) {
        return text.length() == OFFSET_WITH_ONE_DIGIT_HOUR && text.charAt(2) == ':'
                ? text.charAt(0) + "0" + text.substring(1)
                : text;
    }

    /** Whether it never moves its clocks and never has: an offset, not a place. */
    public boolean isFixed() {
        return id.getRules().isFixedOffset();
    }

    /** Hours and minutes from UTC at an instant, as {@code +02:00} or {@code Z}. */
    public String offsetAt(Instant at) {
        return id.getRules().getOffset(at).getId();
    }

    /** As written. */
    @Override
    public String toString() {
        return written;
    }
}
