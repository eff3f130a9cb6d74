// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.digest;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Formats numbers and durations of statistics. */
final class StatsFormat {
    private static final int HUNDRED = 100;
    private static final int DAYS_FROM = 2;

    private StatsFormat() {}

    /** Minutes below two hours, hours below two days, then days. */
    static String duration(Duration duration) {
        if (duration.toDays() >= DAYS_FROM) {
            return duration.toDays() + " days";
        }
        return duration.toHours() >= DAYS_FROM ? duration.toHours() + " h" : duration.toMinutes() + " min";
    }

    /** The median; the shorter of two middle values. */
    static Optional<Duration> median(Collection<Duration> times) {
        List<Duration> sorted = times.stream().sorted().toList();
        return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.get((sorted.size() - 1) / 2));
    }

    /** {@code 3 of 40 (8 %)}. */
    static String share(int part, int whole) {
        return part + " of " + whole + " (" + Math.round((double) HUNDRED * part / whole) + " %)";
    }
}
