// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The finished runs of an incident's lanes.
 *
 * @param finished since the first failure, passed and failed
 * @param lastGreen when the last run passed; null if none did within the last day
 * @param strip the last ten runs, oldest first: {@code +} passed, {@code -} failed
 */
public record RunExtent(int finished, @Nullable Instant lastGreen, String strip) {
    /** Longest strip. */
    static final int RUNS = 10;

    static String appended(String strip, boolean passed) {
        String longer = strip + (passed ? '+' : '-');
        return longer.substring(Math.max(0, longer.length() - RUNS));
    }
}
