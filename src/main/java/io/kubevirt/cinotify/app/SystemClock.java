// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.app;

import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;

/** The only source of the current time. */
public final class SystemClock {
    /** The system clock in milliseconds, so that stored instants equal those in memory. */
    public static final InstantSource INSTANCE = Clock.tickMillis(ZoneOffset.UTC);

    private SystemClock() {}

    static InstantSource withOffset(Duration offset) {
        return withOffset(INSTANCE, offset);
    }

    static InstantSource withOffset(InstantSource clock, Duration offset) {
        return offset.isZero() ? clock : InstantSource.offset(clock, offset);
    }
}
