// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Liveness of this process: while it refreshes, no other process ends its claims. */
public interface ProcessLiveness {
    /** Name of the process; prefix of its claims. */
    String name();

    /** Refreshes this process and ends the claims of dead ones, whose outcomes are unknown. Call each second. */
    void refresh();

    /** False if another process may have ended its claims; then it must not send. */
    boolean ownsItsClaims();

    /** The embedded store has one process: earlier ones are dead. */
    final class SingleProcess implements ProcessLiveness {
        private final Store store;
        private final String name;
        private volatile boolean refreshed;

        SingleProcess(Store store, String name) {
            this.store = store;
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void refresh() {
            if (!refreshed) {
                store.inTransaction(transaction -> {
                    transaction.destinations().endAllLeases();
                    return true;
                });
                refreshed = true;
            }
        }

        @Override
        public boolean ownsItsClaims() {
            return true;
        }
    }

    /** One of several replicas, with a lease row. The timeout covers a call that started just before the process stopped. */
    static final class Shared implements ProcessLiveness {
        static final String LEASE_PREFIX = "present/";

        private final Store store;
        private final String name;
        private final Duration timeout;

        /** Of the monotonic clock, which also advances while the process is paused; null before the first refresh. */
        private volatile @Nullable Long lastRefresh;

        Shared(Store store, String name, Duration timeout) {
            this.store = store;
            this.name = name;
            this.timeout = timeout;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void refresh() {
            long start = System.nanoTime();
            store.inTransaction(transaction -> {
                transaction.leases().acquire(LEASE_PREFIX + name, name, timeout);
                transaction.leases().deleteExpired(LEASE_PREFIX).forEach(transaction.destinations()::endLeasesOf);
                return true;
            });
            lastRefresh = start;
        }

        @Override
        public boolean ownsItsClaims() {
            // A call that starts in the first half of the timeout has the second half to end.
            Long last = lastRefresh;
            return last != null && System.nanoTime() - last < timeout.toNanos() / 2;
        }
    }
}
