// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.http;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Exponential backoff with full jitter: a random delay between zero and a limit that doubles after each failure. */
public final class Backoff {
    private static final int MAX_DOUBLINGS = 20;

    private final Duration first;
    private final Duration max;
    private final RandomGenerator random;
    private int failures;

    /** The limits of the first delay and of all later ones. */
    public Backoff(Duration first, Duration max, RandomGenerator random) {
        this.first = first;
        this.max = max;
        this.random = random;
    }

    public Duration next() {
        long limit = Math.min(max.toMillis(), first.toMillis() << Math.min(failures, MAX_DOUBLINGS));
        failures++;
        return Duration.ofMillis(random.nextLong(limit + 1));
    }

    public void reset() {
        failures = 0;
    }
}
