// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.source.Delivery;
import io.kubevirt.cinotify.source.Journal;
import io.kubevirt.cinotify.source.Journal.AppendResult;
import io.kubevirt.cinotify.source.JournalUnavailableException;
import io.kubevirt.cinotify.store.GroupCommit;
import io.kubevirt.cinotify.store.Inbox;
import io.kubevirt.cinotify.store.JournalEntry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The door's journal is the store; whatever is new in it rings the bell. */
@ApplicationScoped
public class StoredJournal implements Journal {

    private final Inbox inbox;
    private final GroupCommit groupCommit;
    private final InboxRelay relay;

    /** The size of the largest delivery that was refused since the store was last found well. */
    private final AtomicInteger largestRefused = new AtomicInteger();

    StoredJournal(Inbox inbox, InboxRelay mover) {
        this.inbox = inbox;
        this.groupCommit = new GroupCommit(inbox);
        this.relay = mover;
    }

    @PreDestroy
    void close() {
        groupCommit.close();
    }

    /**
     * Returns only if the store would take what it last refused, and has room for more: whoever is not ready gets no deliveries by which it
     * could find out.
     *
     * @throws io.kubevirt.cinotify.store.StoreUnavailable if it would not
     */
    public void probe() {
        int size = largestRefused.get();
        inbox.probe(size);
        groupCommit.checkCapacity();
        largestRefused.compareAndSet(size, 0);
    }

    @Override
    public AppendResult append(Delivery delivery) throws JournalUnavailableException {
        boolean isNew;
        try {
            isNew = groupCommit.append(entry(delivery));
        } catch (RuntimeException e) {
            largestRefused.accumulateAndGet(delivery.body().length, Math::max);
            throw new JournalUnavailableException(String.valueOf(e.getMessage()), e);
        }
        if (isNew) {
            relay.wake();
        }
        return isNew ? AppendResult.APPENDED : AppendResult.DUPLICATE;
    }

    @Override
    public List<AppendResult> appendAll(List<Delivery> deliveries) throws JournalUnavailableException {
        List<AppendResult> acceptances;
        try {
            acceptances = groupCommit
                    .appendAll(deliveries.stream().map(StoredJournal::entry).toList())
                    .stream()
                    .map(isNew -> isNew ? AppendResult.APPENDED : AppendResult.DUPLICATE)
                    .toList();
        } catch (RuntimeException e) {
            throw new JournalUnavailableException(String.valueOf(e.getMessage()), e);
        }
        if (acceptances.contains(AppendResult.APPENDED)) {
            relay.wake();
        }
        return acceptances;
    }

    private static JournalEntry entry(Delivery delivery) {
        return new JournalEntry(delivery.id(), delivery.event(), delivery.receivedAt(), delivery.body(), 0);
    }
}
