// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A database file beside the embedded one: SQLite has one writer at a time, and the engine writes for long. After a crash
 * between the transaction of the journal and the delete here, the journal knows the delivery, and it is only deleted.
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
    public synchronized void relay(Collection<String> events) {
        for (List<JournalEntry> oldest = oldest(events); !oldest.isEmpty(); oldest = oldest(events)) {
            move(oldest);
        }
    }

    private List<JournalEntry> oldest(Collection<String> events) {
        return inbox.read(transaction -> transaction.deliveries().oldest(events, MAX_BATCH, MAX_BATCH_BYTES));
    }

    private void move(List<JournalEntry> moving) {
        journal.inTransaction(transaction -> transaction.deliveries().insertAll(moving));
        remove(moving.stream().map(JournalEntry::id).toList());
    }

    @Override
    public void move(String id) {
        List<JournalEntry> moving = new ArrayList<>();
        forEach(List.of(id), moving::add);
        if (!moving.isEmpty()) {
            move(moving);
        }
    }

    @Override
    public List<String> waiting(Collection<String> except, Instant before, int limit) {
        return inbox.read(transaction -> transaction.deliveries().inProgressExcept(except, before, limit));
    }

    @Override
    public void forEach(List<String> ids, Consumer<JournalEntry> action) {
        inbox.read(transaction -> transaction.deliveries().forEach(ids, action));
    }

    @Override
    public void remove(List<String> ids) {
        if (!ids.isEmpty()) {
            inbox.inTransaction(transaction -> transaction.deliveries().remove(ids));
        }
    }

    @Override
    public int size() {
        return inbox.read(transaction -> transaction.deliveries().waiting(Integer.MAX_VALUE))
                .deliveries();
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
