// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs whose artifacts come slowly do not delay those of others. */
class FetchSlotsTest {

    private static final Duration SHARE = Duration.ofSeconds(5);

    private final FetchSlots slots = new FetchSlots(4, 8, SHARE);
    private Instant now = NOON;

    @Test
    void eightSlowFetchesDelayAnotherRunByTwoSharesAtMost() {
        int waiting = 8 + 1;
        while (waiting > 0) {
            int free = Math.min(slots.free(now), waiting);
            for (int fetch = 0; fetch < free; fetch++) {
                slots.start(now);
            }
            waiting -= free;
            now = waiting > 0 ? now.plusSeconds(1) : now;
        }

        assertThat(Duration.between(NOON, now)).isLessThanOrEqualTo(SHARE.multipliedBy(2));
    }

    @Test
    void fetchesWithinTheirShareAndSlowOnesAreLimited() {
        List<FetchSlots.Slot> running = new ArrayList<>();
        for (int round = 0; round < 10; round++) {
            for (int free = slots.free(now); free > 0; free--) {
                running.add(slots.start(now));
            }
            assertThat(slots.free(now)).isZero();
            now = now.plus(SHARE);
        }
        assertThat(running).hasSize(4 + 8);

        slots.end(running.removeFirst());
        assertThat(slots.free(now)).isEqualTo(1);
    }
}
