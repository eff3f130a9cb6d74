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

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * A file beside that of the embedded database. SQLite lets one write at a time, and whoever decides writes for long; here
 * nobody does. A crash between the entry in the journal and the removal here enters it twice, and the second time does
 * nothing.
 */
final class InboxFile implements Inbox {

    static final String FILE = "inbox.db";

    private static final int MOST_AT_ONCE = 500;

    /** They are in memory while whoever decides writes: so few that the collector need not take them for lasting. */
    private static final long MOST_BYTES = 1 << 20;

    private final Store inbox;
    private final Store journal;

    /**
     * Opens it.
     *
     * @param inbox a database of its own; its table is made if it is not there
     */
    InboxFile(Store inbox, Store journal) {
        this.inbox = inbox;
        this.journal = journal;
        inbox.inTransaction(transaction -> transaction.inbox().make());
    }

    @Override
    public List<Boolean> takeIn(List<StoredDelivery> deliveries) {
        journal.verify();
        Set<String> known = new HashSet<>(
                journal.read(transaction -> transaction.deliveries().known(deliveries)));
        List<StoredDelivery> unknown = deliveries.stream()
                .filter(delivery -> !known.contains(delivery.id()))
                .toList();
        Iterator<Boolean> inserted = unknown.isEmpty()
                ? List.<Boolean>of().iterator()
                : inbox.inTransaction(transaction -> transaction.deliveries().insertAll(unknown))
                        .iterator();
        List<Boolean> isNew = new ArrayList<>();
        deliveries.forEach(delivery -> isNew.add(!known.contains(delivery.id()) && inserted.next()));
        return isNew;
    }

    @Override
    public synchronized void moveOn() {
        for (List<StoredDelivery> oldest = oldest(); !oldest.isEmpty(); oldest = oldest()) {
            List<StoredDelivery> moving = oldest;
            journal.inTransaction(transaction -> transaction.deliveries().insertAll(moving));
            inbox.inTransaction(transaction -> transaction.inbox().remove(moving));
        }
    }

    private List<StoredDelivery> oldest() {
        return inbox.read(transaction -> transaction.inbox().oldest(MOST_AT_ONCE, MOST_BYTES));
    }

    @Override
    public int countWaiting(int limit) {
        int here = inbox.read(transaction -> transaction.deliveries().countInProgress(limit));
        return here + journal.read(transaction -> transaction.deliveries().countInProgress(limit));
    }

    @Override
    public void probe(int bytes) {
        inbox.inTransaction(transaction -> transaction.inbox().probe(bytes));
        journal.probe(bytes);
    }
}
