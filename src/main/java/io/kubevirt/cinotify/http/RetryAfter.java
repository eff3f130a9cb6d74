// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.http;

import java.time.Duration;
import java.util.List;

/** The word of a server that wants to be left alone for a while. */
public final class RetryAfter {

    /** Longer than any rate limit known; what is beyond is a slip of the other side. */
    private static final Duration MAX = Duration.ofHours(1);

    private RetryAfter() {}

    /** Of the values of the header, in seconds; zero if there is none, or if it is a date or nonsense. */
    public static Duration parse(List<String> values) {
        try {
            Duration asked = values.isEmpty()
                    ? Duration.ZERO
                    : Duration.ofSeconds(Long.parseLong(values.getFirst().strip()));
            return asked.isNegative() ? Duration.ZERO : asked.compareTo(MAX) > 0 ? MAX : asked;
        } catch (NumberFormatException dateOrNonsense) {
            return Duration.ZERO;
        }
    }
}
