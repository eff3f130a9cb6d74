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

import java.util.List;

/** Straight into the journal: for databases in which many write at the same time. */
public final class NoInbox implements Inbox {

    private static final int MOST_ATTEMPTS = 5;

    private final Store journal;

    /** @param journal where all is entered at once */
    public NoInbox(Store journal) {
        this.journal = journal;
    }

    /** Replicas that bring the same in another order may stop each other; the one that the database ends tries again. */
    @Override
    public List<Boolean> takeIn(List<StoredDelivery> deliveries) {
        for (int attempt = 1; ; attempt++) {
            try {
                return journal.inTransaction(
                        transaction -> transaction.deliveries().insertAll(deliveries));
            } catch (StoreUnavailable e) {
                if (!e.isCollision() || attempt == MOST_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void moveOn() {}

    @Override
    public int countWaiting(int limit) {
        return journal.read(transaction -> transaction.deliveries().countInProgress(limit));
    }

    @Override
    public void probe(int bytes) {
        journal.probe(bytes);
    }
}
