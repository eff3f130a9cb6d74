// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.time.Duration;

/** A lease that is a row. */
final class DatabaseLease implements Lease {

    private final Store store;
    private final String name;
    private final String holder;
    private final Duration duration;

    DatabaseLease(Store store, String name, String holder, Duration length) {
        this.store = store;
        this.name = name;
        this.holder = holder;
        this.duration = length;
    }

    @Override
    public boolean acquire() {
        // A look first: who only waits must not stand in the way of the one who works.
        return store.read(transaction -> transaction.leases().isFree(name, holder))
                && store.inTransaction(transaction -> transaction.leases().acquire(name, holder, duration));
    }

    @Override
    public void confirm(Transaction transaction) {
        if (!transaction.leases().renew(name, holder, duration)) {
            throw new LeaseLost(name);
        }
    }

    @Override
    public void release() {
        store.inTransaction(transaction -> transaction.leases().release(name, holder));
    }
}
