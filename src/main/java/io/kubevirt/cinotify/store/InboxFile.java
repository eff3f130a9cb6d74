// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * A database file beside the embedded one: SQLite has one writer at a time, and the engine writes for long. A crash between
 * the insert into the journal and the delete here repeats the insert, which then does nothing.
 */
final class InboxFile implements Inbox {
    static final String FILE = "inbox.db";

    private static final int MAX_BATCH = 500;

    private static final long MAX_BATCH_BYTES = 1 << 20;

    private final Store inbox;
    private final Store journal;

    InboxFile(Store inbox, Store journal) {
        this.inbox = inbox;
        this.journal = journal;
        inbox.inTransaction(transaction -> transaction.deliveries().createInbox());
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
            inbox.inTransaction(transaction -> transaction.deliveries().remove(moving));
        }
    }

    private List<JournalEntry> oldest() {
        return inbox.read(transaction -> transaction.deliveries().oldest(MAX_BATCH, MAX_BATCH_BYTES));
    }

    @Override
    public Backlog waiting(int limit) {
        Backlog here = inbox.read(transaction -> transaction.deliveries().waiting(limit));
        Backlog moved = journal.read(transaction -> transaction.deliveries().waiting(limit));
        return new Backlog(here.deliveries() + moved.deliveries(), here.bytes() + moved.bytes());
    }

    @Override
    public void probe(int bytes) {
        inbox.inTransaction(transaction -> transaction.deliveries().probe(bytes));
        journal.probe(bytes);
    }
}
