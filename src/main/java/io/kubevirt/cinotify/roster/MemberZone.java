// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

/**
 * The time zone of a member.
 *
 * @param written as in the table or the configuration: {@code GMT+1}, {@code UTC+05:30}, {@code Europe/Berlin}
 */
public record MemberZone(String written, ZoneId id) {
    private static final int OFFSET_WITH_ONE_DIGIT_HOUR = "+5:30".length();

    public static MemberZone of(ZoneId id) {
        return new MemberZone(id.getId(), id);
    }

    /**
     * Parses an offset from GMT or UTC, or an IANA name, ignoring case. Other abbreviations ({@code IST}, {@code PST}) are
     * rejected: they mean different zones in different countries.
     *
     * @return empty for any other text
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

    /** java.time requires a two-digit hour if there are minutes. */
    private static String offset(String text) {
        return text.length() == OFFSET_WITH_ONE_DIGIT_HOUR && text.charAt(2) == ':'
                ? text.charAt(0) + "0" + text.substring(1)
                : text;
    }

    /** Whether it is a fixed offset instead of a zone. */
    public boolean isFixed() {
        return id.getRules().isFixedOffset();
    }

    /** As written; with the offset if the sign of the name is the opposite of its offset, as in Etc/GMT+2. */
    String shown() {
        return id.getId().startsWith("Etc/GMT") && isFixed()
                ? written + " (which is UTC" + offsetAt(Instant.EPOCH) + ": the sign is reversed)"
                : written;
    }

    /** The offset from UTC at an instant, as {@code +02:00} or {@code Z}. */
    public String offsetAt(Instant at) {
        return id.getRules().getOffset(at).getId();
    }

    /** As written. */
    @Override
    public String toString() {
        return written;
    }
}
