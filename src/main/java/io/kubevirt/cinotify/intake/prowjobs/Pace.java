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
package io.kubevirt.cinotify.intake.prowjobs;

import io.kubevirt.cinotify.intake.Backoff;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long the door waits before it asks again. */
final class Pace {

    /** After which the API server is asked to end a watch, so that a dead connection is found out; up to twice that. */
    private static final Duration SHORTEST_WATCH = Duration.ofMinutes(5);

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final RandomGenerator random;
    private final Backoff away;

    Pace(RandomGenerator random) {
        this.random = random;
        this.away = new Backoff(FIRST, LONGEST, random);
    }

    /** Where a person must act first, hurry does not help. */
    Duration after(ApiFailure.Kind kind) {
        return kind == ApiFailure.Kind.REFUSED ? between(LONGEST.dividedBy(2), LONGEST) : away.next();
    }

    /** After anything else that went wrong, or a watch that ended. */
    Duration afterEnd() {
        return away.next();
    }

    /** It works. */
    void reset() {
        away.reset();
    }

    Duration lifetimeOfWatch() {
        return between(SHORTEST_WATCH, SHORTEST_WATCH.multipliedBy(2));
    }

    private Duration between(Duration shortest, Duration longest) {
        return Duration.ofMillis(random.nextLong(shortest.toMillis(), longest.toMillis()));
    }
}
