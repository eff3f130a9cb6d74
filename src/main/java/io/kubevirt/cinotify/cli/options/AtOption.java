// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.options;

import io.kubevirt.cinotify.app.SystemClock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

public final class AtOption {
    /** Working hours are computed some years ahead and must stay within the range of a calendar. */
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9000-01-01T00:00:00Z");

    @Option(
            names = "--at",
            paramLabel = "INSTANT",
            converter = InstantConverter.class,
            description = "Evaluate at this instant, such as 2026-07-15T10:00:00Z (now).")
    private @Nullable Instant at;

    public Instant instant() {
        return at == null ? SystemClock.INSTANCE.instant() : at;
    }

    static final class InstantConverter implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            try {
                Instant instant = Instant.parse(text);
                if (!instant.isBefore(EARLIEST) && instant.isBefore(LATEST)) {
                    return instant;
                }
            } catch (DateTimeParseException e) {
                throw new TypeConversionException(
                        "\"" + text + "\" is not an instant; write it as 2026-07-15T10:00:00Z");
            }
            throw new TypeConversionException("\"" + text + "\" is out of range; use " + EARLIEST + " to " + LATEST);
        }
    }
}
