// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes concurrent deliveries in one transaction: flushing one delivery takes as long as flushing a hundred. One thread
 * writes; the next batch is collected while it flushes. A limit on undecided deliveries bounds the journal.
 */
public final class GroupCommit implements AutoCloseable {
    private static final int MAX_BATCH = 256;

    private static final long MAX_BATCH_BYTES = 8 << 20;

    /** What waits on the disk; a status has less than 1 KB there, a comment up to 25 MB. */
    private static final Inbox.Backlog MAX_BACKLOG = new Inbox.Backlog(100_000, 1L << 30);

    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

    private final Inbox inbox;
    private final Inbox.Backlog limit;
    private final long checkIntervalNanos;
    private final AtomicLong nextCheck = new AtomicLong(System.nanoTime());
    private final BlockingQueue<PendingWrite> queue = new LinkedBlockingQueue<>();
    private final AtomicBoolean started = new AtomicBoolean();
    private final Thread thread = Thread.ofPlatform().name("journal").daemon().unstarted(this::work);
    private volatile boolean full;
    private volatile boolean closed;

    public GroupCommit(Inbox inbox) {
        this(inbox, MAX_BACKLOG, CHECK_INTERVAL);
    }

    GroupCommit(Inbox inbox, Inbox.Backlog limit, Duration checkInterval) {
        this.inbox = inbox;
        this.limit = limit;
        this.checkIntervalNanos = checkInterval.toNanos();
    }

    private record PendingWrite(JournalEntry delivery, CompletableFuture<Boolean> isNew) {}

    /**
     * Appends a delivery. Completes when it is on disk, with false if it is a duplicate; fails with {@link StoreUnavailable}
     * if the database is unavailable or the journal is full.
     */
    public CompletableFuture<Boolean> append(JournalEntry delivery) {
        if (started.compareAndSet(false, true)) {
            thread.start();
        }
        PendingWrite entry = new PendingWrite(delivery, new CompletableFuture<>());
        queue.add(entry);
        if (closed) {
            rejectAll();
        }
        return entry.isNew();
    }

    /**
     * Appends several deliveries in one transaction.
     *
     * @return for each, false if it is a duplicate
     */
    public List<Boolean> appendAll(List<JournalEntry> deliveries) {
        checkCapacity();
        return inbox.append(deliveries);
    }

    /** @throws StoreUnavailable if the journal is full */
    public void checkCapacity() {
        long due = nextCheck.get();
        long now = System.nanoTime();
        if (now - due >= 0 && nextCheck.compareAndSet(due, now + checkIntervalNanos)) {
            Inbox.Backlog waiting = inbox.waiting(limit.deliveries());
            full = waiting.deliveries() >= limit.deliveries() || waiting.bytes() >= limit.bytes();
        }
        if (full) {
            throw new StoreUnavailable("the journal is full: " + limit.deliveries() + " deliveries or "
                    + (limit.bytes() >> 20)
                    + " MiB wait to be decided. New ones are rejected until some are decided; if"
                    + " the log shows no errors, this machine is too slow");
        }
    }

    /** Rejects whatever is not written yet. */
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
            checkCapacity();
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

    /** An invalid delivery must not fail the others of its batch. */
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
