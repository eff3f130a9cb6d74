// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.app;

import io.kubevirt.cinotify.store.StoreClock;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;

@Singleton
class StoreClockUpdater {
    private final StoreClock clock;

    StoreClockUpdater(StoreClock clock) {
        this.clock = clock;
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        clock.synchronize();
    }
}
