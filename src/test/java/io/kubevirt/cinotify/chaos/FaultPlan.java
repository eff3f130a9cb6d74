// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.chaos;

import java.time.Duration;

/**
 * How much goes wrong.
 *
 * @param percent of the calls that fail
 * @param late up to which a write is carried out after its failure
 * @param lag up to which lists do not show what was written
 * @param pause of a replica with SIGSTOP
 * @param life the longest of a process: notifications of late deliveries wait for 20 s after a start
 * @param skip by which the clocks jump in the end, so that nobody waits for doubts to end
 * @param crashes whether PostgreSQL ends at once now and then
 */
record FaultPlan(
        int percent, Duration late, Duration lag, Duration pause, Duration life, Duration skip, boolean crashes) {
    static final FaultPlan NONE =
            new FaultPlan(0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, false);

    /** That of {@code make chaos}, or the short one of every build. */
    static FaultPlan configured() {
        return new FaultPlan(
                Integer.getInteger("chaos.faults", 15),
                seconds("chaos.late", 5),
                seconds("chaos.lag", 2),
                seconds("chaos.pause", 12),
                seconds("chaos.life", 2),
                seconds("chaos.skip", 150),
                Boolean.getBoolean("chaos.crashes"));
    }

    private static Duration seconds(String property, int builds) {
        return Duration.ofSeconds(Integer.getInteger(property, builds));
    }
}
