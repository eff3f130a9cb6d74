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

/**
 * A job that runs again after a time.
 *
 * @param distance the time, above zero
 * @param countsFromEnd whether it is counted from the end of the last run, not from its start
 */
record IntervalSchedule(Duration distance, boolean countsFromEnd) implements PeriodicSchedule {

    /** Empty if the distance is zero or less. */
    static Optional<PeriodicSchedule> every(Duration distance, boolean countsFromEnd) {
        return distance.isPositive() ? Optional.of(new IntervalSchedule(distance, countsFromEnd)) : Optional.empty();
    }

    @Override
    public Instant nextAfter(Instant instant) {
        return instant.plus(distance);
    }

    @Override
    public String words() {
        return (countsFromEnd ? "after its end " : "every ") + GoDuration.format(distance);
    }
}
