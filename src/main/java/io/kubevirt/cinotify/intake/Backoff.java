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
package io.kubevirt.cinotify.intake;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next attempt: anything between nothing and a limit that doubles each time (full jitter). */
public final class Backoff {

    private static final int MAX_DOUBLINGS = 20;

    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;
    private int failures;

    /**
     * @param first the limit of the first pause
     * @param longest what the limit does not go beyond
     */
    public Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
    }

    /** The pause after one failure more. */
    public Duration next() {
        long limit = Math.min(longest.toMillis(), first.toMillis() << Math.min(failures, MAX_DOUBLINGS));
        failures++;
        return Duration.ofMillis(random.nextLong(limit + 1));
    }

    /** It works again. */
    public void reset() {
        failures = 0;
    }
}
