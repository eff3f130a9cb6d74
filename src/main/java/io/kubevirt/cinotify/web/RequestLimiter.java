// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** At most so many requests a second of each client, with bursts. Only used on the event loop. */
final class RequestLimiter {
    private static final double PER_SECOND = 20;
    private static final double BURST = 60;
    private static final int MOST_CLIENTS = 10_000;
    private static final double MILLIS = 1000;

    private final InstantSource clock;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_CLIENTS;
        }
    };

    private record Bucket(double tokens, Instant at) {}

    RequestLimiter(InstantSource clock) {
        this.clock = clock;
    }

    /** @param client a signed-in user, or an address */
    boolean allows(String client) {
        Instant now = clock.instant();
        Bucket known = buckets.getOrDefault(client, new Bucket(BURST, now));
        double refilled = Math.max(0, Duration.between(known.at(), now).toMillis()) / MILLIS * PER_SECOND;
        double tokens = Math.min(BURST, known.tokens() + refilled);
        buckets.put(client, new Bucket(Math.max(0, tokens - 1), now));
        return tokens >= 1;
    }
}
