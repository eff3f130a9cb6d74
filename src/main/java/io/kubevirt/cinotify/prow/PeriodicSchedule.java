// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When Prow starts a periodic job, in UTC: what its horologium does. */
public sealed interface PeriodicSchedule permits CronSchedule, IntervalSchedule {

    /**
     * The schedule of a job; as in Prow, cron wins over the shortest time from end to start, and that over the interval.
     * Empty for a job that is not started by the clock, or whose words cannot be read.
     */
    static Optional<PeriodicSchedule> of(JobTrigger trigger) {
        if (trigger.cron() != null && !trigger.cron().isEmpty()) {
            return CronSchedule.parse(trigger.cron());
        }
        return trigger.minimumInterval() != null
                ? IntervalSchedule.every(trigger.minimumInterval(), true)
                : Optional.ofNullable(trigger.interval()).flatMap(interval -> IntervalSchedule.every(interval, false));
    }

    /**
     * The next start.
     *
     * @param instant of a cron schedule any instant; of the others when the last run started, or ended if
     *     {@link #countsFromEnd()}
     */
    Instant nextAfter(Instant instant);

    /** The usual distance between starts at an instant: between the two that follow it. */
    default Duration intervalAt(Instant instant) {
        Instant next = nextAfter(instant);
        return Duration.between(next, nextAfter(next));
    }

    /** Whether the next run waits for a time after the end of the last one, not after its start. */
    boolean countsFromEnd();

    /** The schedule in the words of the configuration, for people. */
    String expression();

    /** The n-th start after an instant, n at least 1. */
    default Instant nthAfter(Instant instant, int n) {
        Instant start = instant;
        for (int count = 0; count < n; count++) {
            start = nextAfter(start);
        }
        return start;
    }
}
