// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.digest;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The period that a digest covers.
 *
 * @param from included
 * @param until excluded; when the digest is generated
 */
public record DigestPeriod(Instant from, Instant until) {
    /** @throws IllegalArgumentException if the period ends before it starts */
    public DigestPeriod {
        if (until.isBefore(from)) {
            throw new IllegalArgumentException("the period ends at " + until + ", before it starts at " + from);
        }
    }

    public static DigestPeriod before(Instant until, Duration length) {
        return new DigestPeriod(until.minus(length), until);
    }

    /** Whether the period contains an instant; false for null. */
    public boolean contains(@Nullable Instant at) {
        return at != null && !at.isBefore(from) && at.isBefore(until);
    }
}
