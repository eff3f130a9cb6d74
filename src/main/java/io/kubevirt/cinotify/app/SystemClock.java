// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.app;

import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;

/** The one place where time enters the program. */
public final class SystemClock {

    /** The clock of the machine, in milliseconds: what is stored comes back as it was. */
    public static final InstantSource INSTANCE = Clock.tickMillis(ZoneOffset.UTC);

    private SystemClock() {}

    /** The same, going before or after by so much. */
    static InstantSource withOffset(Duration offset) {
        return offset.isZero() ? INSTANCE : InstantSource.offset(INSTANCE, offset);
    }
}
