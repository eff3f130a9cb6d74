// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import io.kubevirt.cinotify.store.OutboxTable.Attempts;
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
record RetryPolicy(int attempts, Duration giveUpAfter, RandomGenerator random) {

    private static final Duration INITIAL_DELAY = Duration.ofSeconds(2);
    private static final Duration MAX_DELAY = Duration.ofMinutes(5);
    private static final int MAX_DOUBLINGS = 20;

    /** The pause after so many failures and one more. */
    Duration delay(int failures) {
        long limit = Math.min(MAX_DELAY.toMillis(), INITIAL_DELAY.toMillis() << Math.min(failures, MAX_DOUBLINGS));
        return Duration.ofMillis(limit / 2 + random.nextLong(limit / 2 + 1));
    }

    /** Whether it has been tried for long enough, one failure more included. */
    boolean isExhausted(Attempts tries, Instant now) {
        return tries.count() + 1 >= attempts
                && !tries.firstDueAt().plus(giveUpAfter).isAfter(now);
    }
}
