// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.digest;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a digest looks back on.
 *
 * @param from its first instant
 * @param until the first instant after it: when the digest is made
 */
public record DigestPeriod(Instant from, Instant until) {

    /** Refuses one that ends before it begins. */
    public DigestPeriod {
        if (until.isBefore(from)) {
            throw new IllegalArgumentException("a period ends at " + until + ", before it begins at " + from);
        }
    }

    /** The time of a length before an instant. */
    public static DigestPeriod before(Instant until, Duration length) {
        return new DigestPeriod(until.minus(length), until);
    }

    /** Whether an instant lies in it; never one that is not known. */
    public boolean contains(@Nullable Instant at) {
        return at != null && !at.isBefore(from) && at.isBefore(until);
    }
}
