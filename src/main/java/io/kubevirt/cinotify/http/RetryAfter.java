// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.http;

import java.time.Duration;
import java.util.List;

public final class RetryAfter {
    /** Longer than any known rate limit; a larger value is taken as a mistake of the server. */
    private static final Duration MAX = Duration.ofHours(1);

    private RetryAfter() {}

    /** The number of seconds in the first value; zero if there is none, or if it is a date or invalid. */
    public static Duration parse(List<String> values) {
        try {
            Duration requested = values.isEmpty()
                    ? Duration.ZERO
                    : Duration.ofSeconds(Long.parseLong(values.getFirst().strip()));
            return requested.isNegative() ? Duration.ZERO : requested.compareTo(MAX) > 0 ? MAX : requested;
        } catch (NumberFormatException dateOrInvalid) {
            return Duration.ZERO;
        }
    }
}
