// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import io.kubevirt.cinotify.store.OutboxTable.Attempts;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff from two seconds to five minutes with 50 % jitter. A message is given up after {@code attempts}
 * attempts and {@code giveUpAfter}, whichever is later.
 */
record RetryPolicy(int attempts, Duration giveUpAfter, RandomGenerator random) {
    private static final Duration INITIAL_DELAY = Duration.ofSeconds(2);
    private static final Duration MAX_DELAY = Duration.ofMinutes(5);
    private static final int MAX_DOUBLINGS = 20;

    /** @param failures earlier ones, without the latest */
    Duration delay(int failures) {
        long limit = Math.min(MAX_DELAY.toMillis(), INITIAL_DELAY.toMillis() << Math.min(failures, MAX_DOUBLINGS));
        return Duration.ofMillis(limit / 2 + random.nextLong(limit / 2 + 1));
    }

    /** @param attempted earlier attempts, without the latest */
    boolean isExhausted(Attempts attempted, Instant now) {
        return attempted.count() + 1 >= attempts
                && !attempted.firstDueAt().plus(giveUpAfter).isAfter(now);
    }
}
