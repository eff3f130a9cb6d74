// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import io.kubevirt.cinotify.prow.Job.JobTrigger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When Prow's horologium starts a periodic job, in UTC. */
public sealed interface PeriodicSchedule permits CronSchedule, PeriodicSchedule.IntervalSchedule {
    /**
     * The schedule of a job. As in Prow, cron takes precedence over {@code minimum_interval}, and that over {@code
     * interval}. Empty for a job without a schedule, with an invalid one, or with one that never fires.
     */
    static Optional<PeriodicSchedule> of(JobTrigger trigger) {
        if (trigger.cron() != null && !trigger.cron().isEmpty()) {
            try {
                return Optional.of(CronSchedule.parse(trigger.cron())).filter(PeriodicSchedule::fires);
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        return trigger.minimumInterval() != null
                ? IntervalSchedule.every(trigger.minimumInterval(), true)
                : Optional.ofNullable(trigger.interval()).flatMap(interval -> IntervalSchedule.every(interval, false));
    }

    /** The next start after any instant; for an interval, after the last start, or end if {@link #countsFromEnd()}. */
    Instant nextAfter(Instant instant);

    /** The interval between the two starts that follow an instant. */
    default Duration intervalAt(Instant instant) {
        Instant next = nextAfter(instant);
        return Duration.between(next, nextAfter(next));
    }

    /** Whether it ever starts a run: a date may be one that does not exist. */
    default boolean fires() {
        return true;
    }

    /** Whether no two starts are on one day. */
    boolean isAtMostDaily();

    /** Whether the interval counts from the end of the last run, not from its start. */
    boolean countsFromEnd();

    /** The schedule as text for people, as close to the configuration as possible. */
    String expression();

    /** The n-th start after an instant, n at least 1. */
    default Instant nthAfter(Instant instant, int n) {
        Instant start = instant;
        for (int count = 0; count < n; count++) {
            start = nextAfter(start);
        }
        return start;
    }

    /** A positive interval. */
    record IntervalSchedule(Duration interval, boolean countsFromEnd) implements PeriodicSchedule {
        static Optional<PeriodicSchedule> every(Duration interval, boolean countsFromEnd) {
            return interval.isPositive()
                    ? Optional.of(new IntervalSchedule(interval, countsFromEnd))
                    : Optional.empty();
        }

        @Override
        public Instant nextAfter(Instant instant) {
            return instant.plus(interval);
        }

        @Override
        public boolean isAtMostDaily() {
            return interval.compareTo(Duration.ofDays(1)) >= 0;
        }

        @Override
        public String expression() {
            return (countsFromEnd ? "after its end " : "every ") + GoDuration.format(interval);
        }
    }
}
