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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** The journal in the store; a new delivery wakes the event loop, a new comment the inbox relay. */
@ApplicationScoped
public class StoredJournal implements Journal {
    private final Inbox inbox;
    private final GroupCommit groupCommit;
    private final InboxRelay relay;

    /** The size of the largest delivery that failed to be stored since the last successful probe. */
    private final AtomicInteger largestRefused = new AtomicInteger();

    private final AtomicBoolean refused = new AtomicBoolean();

    StoredJournal(Inbox inbox, InboxRelay relay) {
        this.inbox = inbox;
        this.groupCommit = new GroupCommit(inbox);
        this.relay = relay;
    }

    @PreDestroy
    void close() {
        groupCommit.close();
    }

    /**
     * Checks that the store accepts a write as large as the last one that failed. A pod that is not ready receives no
     * deliveries, so it has to probe.
     */
    public void probe() {
        int size = largestRefused.get();
        inbox.probe(size);
        groupCommit.checkCapacity();
        largestRefused.compareAndSet(size, 0);
    }

    /** Whether a delivery was refused since the last call: hook does not repeat it. */
    public boolean takeRefusal() {
        return refused.getAndSet(false);
    }

    @Override
    public AppendResult append(Delivery delivery) throws JournalUnavailableException {
        try {
            return appendLater(delivery).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof JournalUnavailableException unavailable) {
                throw unavailable;
            }
            throw e;
        }
    }

    @Override
    public CompletableFuture<AppendResult> appendLater(Delivery delivery) {
        return groupCommit.append(entry(delivery)).handle((isNew, failure) -> {
            if (failure != null) {
                largestRefused.accumulateAndGet(delivery.body().length, Math::max);
                refused.set(true);
                throw new CompletionException(unavailable(failure));
            }
            if (isNew) {
                relay.arrived(delivery.event());
            }
            return result(isNew);
        });
    }

    @Override
    public List<AppendResult> appendAll(List<Delivery> deliveries) throws JournalUnavailableException {
        List<AppendResult> results;
        try {
            results = groupCommit
                    .appendAll(deliveries.stream().map(StoredJournal::entry).toList())
                    .stream()
                    .map(StoredJournal::result)
                    .toList();
        } catch (RuntimeException e) {
            throw unavailable(e);
        }
        if (results.contains(AppendResult.APPENDED)) {
            relay.wake();
        }
        return results;
    }

    private static AppendResult result(boolean isNew) {
        return isNew ? AppendResult.APPENDED : AppendResult.DUPLICATE;
    }

    private static JournalUnavailableException unavailable(Throwable failure) {
        return new JournalUnavailableException(String.valueOf(failure.getMessage()), failure);
    }

    private static JournalEntry entry(Delivery delivery) {
        return new JournalEntry(delivery.id(), delivery.event(), delivery.receivedAt(), delivery.body(), 0);
    }
}
