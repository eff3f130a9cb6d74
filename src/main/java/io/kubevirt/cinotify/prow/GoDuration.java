// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/** Go durations, as in Prow's configuration: {@code 24h}, {@code 1h30m}, {@code 1.5h}. */
public final class GoDuration {
    private static final Pattern PARTS = Pattern.compile("([0-9]{1,19}(?:\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)");

    private GoDuration() {}

    /** Empty for a text that is not a duration, is negative, or exceeds Go's range (about 292 years). */
    public static Optional<Duration> parse(String text) {
        if (text.startsWith("+")) {
            return text.startsWith("+", 1) ? Optional.empty() : parse(text.substring(1));
        }
        if (text.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        BigDecimal nanoseconds = BigDecimal.ZERO;
        int end = 0;
        Matcher part = PARTS.matcher(text);
        while (part.find()) {
            if (part.start() != end) {
                return Optional.empty();
            }
            end = part.end();
            nanoseconds = nanoseconds.add(
                    new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(nanoseconds(part.group(2)))));
        }
        boolean whole = end > 0 && end == text.length();
        return whole && nanoseconds.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0
                ? Optional.of(Duration.ofNanos(nanoseconds.longValue()))
                : Optional.empty();
    }

    /** The short form: {@code 24h}, {@code 1h30m}, {@code 5m}; fractions of a second are dropped. */
    public static String format(Duration duration) {
        String text = part(duration.toHours(), "h")
                + part(duration.toMinutesPart(), "m")
                + part(duration.toSecondsPart(), "s");
        return text.isEmpty() ? "0s" : text;
    }

    private static String part(long count, String unit) {
        return count == 0 ? "" : count + unit;
    }

    private static long nanoseconds(String unit) {
        return switch (unit) {
            case "ns" -> 1;
            case "us", "µs", "μs" -> 1_000;
            case "ms" -> 1_000_000;
            case "s" -> 1_000_000_000;
            case "m" -> 60_000_000_000L;
            default -> 3_600_000_000_000L;
        };
    }
}
