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
package io.kubevirt.cinotify.app.outbox;

import io.kubevirt.cinotify.store.StrandTable.Tries;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * How long something is tried. The pauses grow from two seconds to five minutes; the later half of each is by chance, so
 * that what failed together does not come again together.
 *
 * @param attempts nothing is given up after fewer
 * @param giveUpAfter nor in less time
 */
record Patience(int attempts, Duration giveUpAfter, RandomGenerator random) {

    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int MAX_DOUBLINGS = 20;

    /** The pause after so many failures and one more. */
    Duration pause(int failures) {
        long limit = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(failures, MAX_DOUBLINGS));
        return Duration.ofMillis(limit / 2 + random.nextLong(limit / 2 + 1));
    }

    /** Whether it has been tried for long enough, one failure more included. */
    boolean isOver(Tries tries, Instant now) {
        return tries.attempts() + 1 >= attempts
                && !tries.since().plus(giveUpAfter).isAfter(now);
    }
}
