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

/** A process among those that use the database: as long as it shows that it lives, nobody else ends its claims. */
public interface Presence {

    /** The name of the process, with which its claims begin. */
    String name();

    /**
     * Shows that this process lives, and ends the claims of those that are dead: what they were at has an unknown outcome.
     * To be called each second.
     *
     * @throws StoreUnavailable if the database can do nothing now
     */
    void show();

    /** Whether nobody else can have ended its claims: only then is what it has claimed still its own to say. */
    boolean isSure();

    /** Only one process uses the embedded store: whoever was there before this one is dead. */
    final class Alone implements Presence {

        private final Store store;
        private final String name;
        private volatile boolean begun;

        Alone(Store store, String name) {
            this.store = store;
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void show() {
            if (!begun) {
                store.inTransaction(transaction -> {
                    transaction.places().endAllLeases();
                    return true;
                });
                begun = true;
            }
        }

        @Override
        public boolean isSure() {
            return true;
        }
    }
}
