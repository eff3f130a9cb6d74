// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.suspect;

import io.kubevirt.cinotify.routing.Cause;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Decides when nothing is shown, whatever the figures are: a wrong name costs more than none. */
record SilenceRules(SuspectConfig config, LaneHistory history) {
    private static final double MAX_FLAKE_SHARE = 0.35;
    private static final Duration MAX_RANGE = Duration.ofDays(7);
    private static final int MAX_MERGES = 60;
    private static final int MAX_ESTIMATED_MERGES = 20;

    /** Why nothing is shown; null if something may be. */
    @Nullable String reason() {
        LaneBreakage breakage = history.breakage();
        if (!config.enabled()) {
            return "suspects.enabled is false";
        }
        if (breakage.cause() == Cause.INFRASTRUCTURE || breakage.cause() == Cause.ABORTED) {
            return "the cause is the infrastructure, not a change";
        }
        if (breakage.branches() > 1) {
            return "several branches or repositories fail in the same way";
        }
        if (history.reds() < 2) {
            return "one failed run is not enough";
        }
        if (breakage.flakeShare() > MAX_FLAKE_SHARE) {
            return "the lane fails too often without a reason";
        }
        return history.lastGreen().isEmpty() || history.firstRed().isEmpty()
                ? "no green run is known before the first red one"
                : ofRange(history.lastGreen().get(), history.firstRed().get());
    }

    private @Nullable String ofRange(RunOnBase green, RunOnBase red) {
        int changes = history.between().size();
        if (Duration.between(green.startedAt(), red.startedAt()).compareTo(MAX_RANGE) > 0 || changes > MAX_MERGES) {
            return "too much lies between the last green and the first red run";
        }
        boolean estimated = !history.isLocated(green) || !history.isLocated(red);
        if (estimated && changes > MAX_ESTIMATED_MERGES) {
            return "the commits that the runs tested are unknown, and many changes lie between them";
        }
        return history.gap();
    }
}
