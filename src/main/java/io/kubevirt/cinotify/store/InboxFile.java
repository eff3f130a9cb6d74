// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
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
        inbox.inTransaction(transaction -> transaction.inbox().create());
    }

    @Override
    public List<Boolean> append(List<JournalEntry> deliveries) {
        journal.verify();
        Set<String> known = new HashSet<>(
                journal.read(transaction -> transaction.deliveries().known(deliveries)));
        List<JournalEntry> unknown = deliveries.stream()
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
    public synchronized void relay() {
        for (List<JournalEntry> oldest = oldest(); !oldest.isEmpty(); oldest = oldest()) {
            List<JournalEntry> moving = oldest;
            journal.inTransaction(transaction -> transaction.deliveries().insertAll(moving));
            inbox.inTransaction(transaction -> transaction.inbox().remove(moving));
        }
    }

    private List<JournalEntry> oldest() {
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
