// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The end of a mute: a day, which ends it at its beginning in UTC, or an instant. */
final class MuteDate {

    private MuteDate() {}

    /** Empty for a text that is neither. */
    static Optional<Instant> parse(String text) {
        String date = text.strip();
        try {
            return Optional.of(
                    date.contains("T")
                            ? Instant.parse(date)
                            : LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
