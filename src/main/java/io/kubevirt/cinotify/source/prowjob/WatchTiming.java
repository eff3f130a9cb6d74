// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.prowjob;

import io.kubevirt.cinotify.http.Backoff;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long the door waits before it asks again. */
final class WatchTiming {

    /** After which the API server is asked to end a watch, so that a dead connection is found out; up to twice that. */
    private static final Duration MIN_WATCH_LIFETIME = Duration.ofMinutes(5);

    private static final Duration INITIAL_BACKOFF = Duration.ofSeconds(1);
    private static final Duration MAX_BACKOFF = Duration.ofMinutes(1);

    private final RandomGenerator random;
    private final Backoff backoff;

    WatchTiming(RandomGenerator random) {
        this.random = random;
        this.backoff = new Backoff(INITIAL_BACKOFF, MAX_BACKOFF, random);
    }

    /** Where a person must act first, hurry does not help. */
    Duration delayAfter(KubernetesApiException.Kind kind) {
        return kind == KubernetesApiException.Kind.REFUSED
                ? between(MAX_BACKOFF.dividedBy(2), MAX_BACKOFF)
                : backoff.next();
    }

    /** After anything else that went wrong, or a watch that ended. */
    Duration delayAfterEnd() {
        return backoff.next();
    }

    /** It works. */
    void reset() {
        backoff.reset();
    }

    Duration watchLifetime() {
        return between(MIN_WATCH_LIFETIME, MIN_WATCH_LIFETIME.multipliedBy(2));
    }

    private Duration between(Duration shortest, Duration longest) {
        return Duration.ofMillis(random.nextLong(shortest.toMillis(), longest.toMillis()));
    }
}
