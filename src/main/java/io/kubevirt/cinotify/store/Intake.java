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
public final class Intake implements AutoCloseable {

    /** What one transaction takes at most, so that those who wait for it do not wait for long. */
    private static final int MOST_AT_ONCE = 256;

    private static final long MOST_BYTES = 8 << 20;

    /** At 8 KB each, less than a gigabyte on the disk. */
    private static final int MOST_WAITING = 100_000;

    private final Inbox inbox;
    private final Backlog backlog;
    private final BlockingQueue<Entry> queue = new LinkedBlockingQueue<>();
    private final AtomicBoolean started = new AtomicBoolean();
    private final Thread thread = Thread.ofPlatform().name("journal").daemon().unstarted(this::work);
    private volatile boolean closed;

    /** Starts its thread with the first delivery. */
    public Intake(Inbox inbox) {
        this(inbox, new Backlog(inbox, MOST_WAITING));
    }

    Intake(Inbox inbox, Backlog backlog) {
        this.inbox = inbox;
        this.backlog = backlog;
    }

    private record Entry(StoredDelivery delivery, CompletableFuture<Boolean> isNew) {}

    /**
     * Takes in a delivery; when this returns, it is on disk.
     *
     * @return false if it is known already
     * @throws StoreUnavailable if the database can do nothing now, or too many wait to be decided
     */
    public boolean take(StoredDelivery delivery) {
        backlog.checkRoom();
        if (started.compareAndSet(false, true)) {
            thread.start();
        }
        Entry entry = new Entry(delivery, new CompletableFuture<>());
        queue.add(entry);
        if (closed) {
            refuseAll();
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
    public List<Boolean> takeAll(List<StoredDelivery> deliveries) {
        backlog.checkRoom();
        return inbox.takeIn(deliveries);
    }

    /**
     * Returns only if there is room for more deliveries.
     *
     * @throws StoreUnavailable if too many wait to be decided
     */
    public void checkRoom() {
        backlog.checkRoom();
    }

    /** What has not been written by now is refused. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        refuseAll();
    }

    private void work() {
        try {
            while (!closed) {
                List<Entry> entries = new ArrayList<>();
                long bytes = 0;
                for (Entry next = queue.take(); next != null; next = room(entries, bytes) ? queue.poll() : null) {
                    entries.add(next);
                    bytes += next.delivery().body().length;
                }
                write(entries);
            }
        } catch (InterruptedException e) {
            refuseAll();
        }
    }

    private static boolean room(List<Entry> entries, long bytes) {
        return entries.size() < MOST_AT_ONCE && bytes < MOST_BYTES;
    }

    private void write(List<Entry> entries) {
        try {
            List<Boolean> isNew =
                    inbox.takeIn(entries.stream().map(Entry::delivery).toList());
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
    private void writeOneByOne(List<Entry> entries) {
        for (Entry entry : entries) {
            try {
                entry.isNew().complete(inbox.takeIn(List.of(entry.delivery())).getFirst());
            } catch (RuntimeException | Error e) {
                entry.isNew().completeExceptionally(e);
            }
        }
    }

    private void refuseAll() {
        List<Entry> left = new ArrayList<>();
        queue.drainTo(left);
        left.forEach(entry -> entry.isNew().completeExceptionally(new StoreUnavailable("ci-notify is stopping")));
    }
}
