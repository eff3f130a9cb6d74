// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.app;

import io.kubevirt.cinotify.store.StoreClock;
import io.kubevirt.cinotify.store.StoreUnavailable;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

@Singleton
class StoreClockUpdater {
    private static final Logger LOG = Logger.getLogger(StoreClockUpdater.class);

    private final StoreClock clock;

    StoreClockUpdater(StoreClock clock) {
        this.clock = clock;
    }

    /** Without the database nothing is decided or sent; a second later it is asked again. */
    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        try {
            clock.synchronize();
        } catch (StoreUnavailable e) {
            LOG.debugf("the clock keeps its offset: %s", e.getMessage());
        }
    }
}
