// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.http;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next attempt: anything between nothing and a limit that doubles each time (full jitter). */
public final class Backoff {

    private static final int MAX_DOUBLINGS = 20;

    private final Duration first;
    private final Duration max;
    private final RandomGenerator random;
    private int failures;

    /**
     * @param first the limit of the first pause
     * @param longest what the limit does not go beyond
     */
    public Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.max = longest;
        this.random = random;
    }

    /** The pause after one failure more. */
    public Duration next() {
        long limit = Math.min(max.toMillis(), first.toMillis() << Math.min(failures, MAX_DOUBLINGS));
        failures++;
        return Duration.ofMillis(random.nextLong(limit + 1));
    }

    /** It works again. */
    public void reset() {
        failures = 0;
    }
}
