/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
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
    default Duration distanceAt(Instant instant) {
        Instant next = nextAfter(instant);
        return Duration.between(next, nextAfter(next));
    }

    /** Whether the next run waits for a time after the end of the last one, not after its start. */
    boolean countsFromEnd();

    /** The schedule in the words of the configuration, for people. */
    String words();

    /** The n-th start after an instant, n at least 1. */
    default Instant nthAfter(Instant instant, int n) {
        Instant start = instant;
        for (int count = 0; count < n; count++) {
            start = nextAfter(start);
        }
        return start;
    }
}
