// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.suspect;

import io.kubevirt.cinotify.routing.Cause;
import java.time.Instant;
import java.util.List;

/**
 * How a lane fails.
 *
 * @param text lines of the log and names of failed tests, which may name files; untrusted
 * @param flakeShare share of runs that fail without a reason, 0 to 1
 * @param firstRed when the first failed run of the incident ended
 * @param branches how many branches and repositories fail in the same way
 */
public record LaneBreakage(
        String repository,
        Cause cause,
        String sig,
        List<String> text,
        double flakeShare,
        Instant firstRed,
        int branches) {
    public LaneBreakage {
        text = List.copyOf(text);
    }
}
