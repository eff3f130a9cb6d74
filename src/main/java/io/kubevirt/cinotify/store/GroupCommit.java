// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Writes what comes from many at the same time in one transaction, for a disk needs as long to flush one delivery as a
 * hundred. One thread does it: while it flushes, the next ones gather.
 */
public final class GroupCommit implements AutoCloseable {

    /** What one transaction takes at most, so that those who wait for it do not wait for long. */
    private static final int MAX_BATCH = 256;

    private static final long MAX_BATCH_BYTES = 8 << 20;

    /** At 8 KB each, less than a gigabyte on the disk. */
    private static final int MAX_BACKLOG = 100_000;

    private final Inbox inbox;
    private final JournalLimit journalLimit;
    private final BlockingQueue<PendingWrite> queue = new LinkedBlockingQueue<>();
    private final AtomicBoolean started = new AtomicBoolean();
    private final Thread thread = Thread.ofPlatform().name("journal").daemon().unstarted(this::work);
    private volatile boolean closed;

    /** Starts its thread with the first delivery. */
    public GroupCommit(Inbox inbox) {
        this(inbox, new JournalLimit(inbox, MAX_BACKLOG));
    }

    GroupCommit(Inbox inbox, JournalLimit backlog) {
        this.inbox = inbox;
        this.journalLimit = backlog;
    }

    private record PendingWrite(JournalEntry delivery, CompletableFuture<Boolean> isNew) {}

    /**
     * Takes in a delivery; when this returns, it is on disk.
     *
     * @return false if it is known already
     * @throws StoreUnavailable if the database can do nothing now, or too many wait to be decided
     */
    public boolean append(JournalEntry delivery) {
        journalLimit.checkCapacity();
        if (started.compareAndSet(false, true)) {
            thread.start();
        }
        PendingWrite entry = new PendingWrite(delivery, new CompletableFuture<>());
        queue.add(entry);
        if (closed) {
            rejectAll();
        }
        try {
            return entry.isNew().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /**
     * Takes in several that belong together, in one transaction.
     *
     * @return of each, whether it was not known yet
     * @throws StoreUnavailable as for a single one
     */
    public List<Boolean> appendAll(List<JournalEntry> deliveries) {
        journalLimit.checkCapacity();
        return inbox.append(deliveries);
    }

    /**
     * Returns only if there is room for more deliveries.
     *
     * @throws StoreUnavailable if too many wait to be decided
     */
    public void checkCapacity() {
        journalLimit.checkCapacity();
    }

    /** What has not been written by now is refused. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        rejectAll();
    }

    private void work() {
        try {
            while (!closed) {
                List<PendingWrite> entries = new ArrayList<>();
                long bytes = 0;
                for (PendingWrite next = queue.take();
                        next != null;
                        next = hasCapacity(entries, bytes) ? queue.poll() : null) {
                    entries.add(next);
                    bytes += next.delivery().body().length;
                }
                write(entries);
            }
        } catch (InterruptedException e) {
            rejectAll();
        }
    }

    private static boolean hasCapacity(List<PendingWrite> entries, long bytes) {
        return entries.size() < MAX_BATCH && bytes < MAX_BATCH_BYTES;
    }

    private void write(List<PendingWrite> entries) {
        try {
            List<Boolean> isNew =
                    inbox.append(entries.stream().map(PendingWrite::delivery).toList());
            for (int index = 0; index < entries.size(); index++) {
                entries.get(index).isNew().complete(isNew.get(index));
            }
        } catch (StoreUnavailable e) {
            entries.forEach(entry -> entry.isNew().completeExceptionally(e));
        } catch (RuntimeException | Error e) {
            writeOneByOne(entries);
        }
    }

    /** One that breaks its statement must not take the others with it. */
    private void writeOneByOne(List<PendingWrite> entries) {
        for (PendingWrite entry : entries) {
            try {
                entry.isNew().complete(inbox.append(List.of(entry.delivery())).getFirst());
            } catch (RuntimeException | Error e) {
                entry.isNew().completeExceptionally(e);
            }
        }
    }

    private void rejectAll() {
        List<PendingWrite> left = new ArrayList<>();
        queue.drainTo(left);
        left.forEach(entry -> entry.isNew().completeExceptionally(new StoreUnavailable("ci-notify is stopping")));
    }
}
