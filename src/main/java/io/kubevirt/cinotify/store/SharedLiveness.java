// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One of several: a row shows that it lives. A call that it had begun just before it seemed dead may still be under way; the
 * length leaves time for its end.
 */
final class SharedLiveness implements ProcessLiveness {

    private static final String LEASE_PREFIX = "present/";

    private final Store store;
    private final String name;
    private final Duration timeout;

    /** By the machine's own stroke, which goes on while the process stands still; null until it has shown itself. */
    private volatile @Nullable Long lastRefresh;

    SharedLiveness(Store store, String name, Duration length) {
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
