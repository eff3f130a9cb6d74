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

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** How those who write at the same time take turns. */
interface Turn {

    /** The database itself sorts them out. */
    Turn NONE = new Turn() {
        @Override
        public <T> T take(Supplier<T> work) {
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
    <T> T take(Supplier<T> work);

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
    static Turn inFile(EmbeddedFile file) {
        Lock lock = new ReentrantLock(true);
        return new Turn() {
            @Override
            public <T> T take(Supplier<T> work) {
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
