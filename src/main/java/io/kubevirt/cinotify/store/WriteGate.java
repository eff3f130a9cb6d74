// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** How those who write at the same time take turns. */
interface WriteGate {

    /** The database itself sorts them out. */
    WriteGate UNRESTRICTED = new WriteGate() {
        @Override
        public <T> T run(Supplier<T> work) {
            return work.get();
        }

        @Override
        public void verify() {}
    };

    /**
     * Does some work when it is its turn.
     *
     * @throws StoreUnavailable if the database is not there any more
     */
    <T> T run(Supplier<T> work);

    /**
     * Returns only if the database is still there.
     *
     * @throws StoreUnavailable if not
     */
    void verify();

    /**
     * One after the other, in the order of their coming: SQLite's own waiting lets the newest in before the one who waits
     * longest. The file is looked at before and after.
     */
    static WriteGate oneAtATime(DatabaseFileGuard file) {
        Lock lock = new ReentrantLock(true);
        return new WriteGate() {
            @Override
            public <T> T run(Supplier<T> work) {
                file.verify();
                T result;
                lock.lock();
                try {
                    result = work.get();
                } finally {
                    lock.unlock();
                }
                file.verify();
                return result;
            }

            @Override
            public void verify() {
                file.verify();
            }
        };
    }
}
