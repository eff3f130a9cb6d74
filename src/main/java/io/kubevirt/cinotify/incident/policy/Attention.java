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
package io.kubevirt.cinotify.incident.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is remembered of speaking with people, beside the care for each incident. */
@Kept
final class Attention {

    private final TreeMap<String, Instant> lastTold = new TreeMap<>();
    private final TreeSet<String> waiting = new TreeSet<>();
    private Instant clock = Instant.EPOCH;
    private Instant settledAt = Instant.EPOCH;

    /** Time does not go back, whatever the clock says. */
    Instant forward(Instant now) {
        clock = now.isAfter(clock) ? now : clock;
        return clock;
    }

    /** A person is told at an instant, possibly one to come. */
    void told(String handle, Instant at) {
        lastTold.merge(handle.toLowerCase(Locale.ROOT), at, (old, fresh) -> fresh.isAfter(old) ? fresh : old);
    }

    Optional<Instant> lastTold(String handle) {
        return Optional.ofNullable(lastTold.get(handle.toLowerCase(Locale.ROOT)));
    }

    /** News come in late: nobody is told before those that follow have been taken in as well. */
    void settle(Instant now, Duration time) {
        Instant end = now.plus(time);
        settledAt = end.isAfter(settledAt) ? end : settledAt;
    }

    Instant settledAt() {
        return settledAt;
    }

    /** The runs that wait for something larger. */
    TreeSet<String> waiting() {
        return waiting;
    }
}
