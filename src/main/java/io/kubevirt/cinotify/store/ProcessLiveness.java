// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A process among those that use the database: as long as it shows that it lives, nobody else ends its claims. */
public interface ProcessLiveness {

    /** The name of the process, with which its claims begin. */
    String name();

    /**
     * Shows that this process lives, and ends the claims of those that are dead: what they were at has an unknown outcome.
     * To be called each second.
     *
     * @throws StoreUnavailable if the database can do nothing now
     */
    void refresh();

    /** Whether nobody else can have ended its claims: only then is what it has claimed still its own to say. */
    boolean ownsItsClaims();

    /** Only one process uses the embedded store: whoever was there before this one is dead. */
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

    /**
     * One of several: a row shows that it lives. A call that it had begun just before it seemed dead may still be under way; the
     * length leaves time for its end.
     */
    static final class Shared implements ProcessLiveness {

        private static final String LEASE_PREFIX = "present/";

        private final Store store;
        private final String name;
        private final Duration timeout;

        /** By the machine's own stroke, which goes on while the process stands still; null until it has shown itself. */
        private volatile @Nullable Long lastRefresh;

        Shared(Store store, String name, Duration length) {
            this.store = store;
            this.name = name;
            this.timeout = length;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void refresh() {
            long begun = System.nanoTime();
            store.inTransaction(transaction -> {
                transaction.leases().acquire(LEASE_PREFIX + name, name, timeout);
                transaction.leases().deleteExpired(LEASE_PREFIX).forEach(transaction.destinations()::endLeasesOf);
                return true;
            });
            lastRefresh = begun;
        }

        @Override
        public boolean ownsItsClaims() {
            // A call that begins in the first half has the other one for its end.
            Long last = lastRefresh;
            return last != null && System.nanoTime() - last < timeout.toNanos() / 2;
        }
    }
}
