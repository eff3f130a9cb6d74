/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.store;

import java.time.Duration;

/** A lease that is a row. */
final class StoredLease implements Lease {

    private final Store store;
    private final String name;
    private final String holder;
    private final Duration length;

    StoredLease(Store store, String name, String holder, Duration length) {
        this.store = store;
        this.name = name;
        this.holder = holder;
        this.length = length;
    }

    @Override
    public boolean take() {
        // A look first: who only waits must not stand in the way of the one who works.
        return store.read(transaction -> transaction.leases().isFree(name, holder))
                && store.inTransaction(transaction -> transaction.leases().take(name, holder, length));
    }

    @Override
    public void confirm(Transaction transaction) {
        if (!transaction.leases().prolong(name, holder, length)) {
            throw new LeaseLost(name);
        }
    }

    @Override
    public void release() {
        store.inTransaction(transaction -> transaction.leases().release(name, holder));
    }
}
