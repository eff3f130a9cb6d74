// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A job that runs again after a time.
 *
 * @param interval the time, above zero
 * @param countsFromEnd whether it is counted from the end of the last run, not from its start
 */
record IntervalSchedule(Duration interval, boolean countsFromEnd) implements PeriodicSchedule {

    /** Empty if the distance is zero or less. */
    static Optional<PeriodicSchedule> every(Duration distance, boolean countsFromEnd) {
        return distance.isPositive() ? Optional.of(new IntervalSchedule(distance, countsFromEnd)) : Optional.empty();
    }

    @Override
    public Instant nextAfter(Instant instant) {
        return instant.plus(interval);
    }

    @Override
    public String expression() {
        return (countsFromEnd ? "after its end " : "every ") + GoDuration.format(interval);
    }
}
