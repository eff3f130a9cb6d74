// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * Persists deliveries without waiting for the transactions of the engine, until they are decided. With concurrent writers
 * the journal itself takes them, and nothing is here.
 */
public interface Inbox {
    /**
     * Appends deliveries in order, all or none; on return they are on disk.
     *
     * @return for each, false if it is a duplicate
     */
    List<Boolean> append(List<JournalEntry> deliveries);

    /** Moves the deliveries of some events into the journal; the others are decided from here. */
    void relay(Collection<String> events);

    /** Ids of deliveries here, received before an instant, of all events except the given ones; oldest first. */
    List<String> waiting(Collection<String> except, Instant before, int limit);

    /** Reads those of the deliveries that are here. */
    void forEach(List<String> ids, Consumer<JournalEntry> action);

    /** Removes deliveries that the journal has. */
    void remove(List<String> ids);

    /** Moves one delivery into the journal. */
    void move(String id);

    /** Number of deliveries here. */
    int size();

    /** Undecided deliveries, counted up to a limit. */
    Backlog waiting(int limit);

    /** Test write of the given size. */
    void probe(int bytes);

    /** Deliveries and the bytes of their bodies. */
    public record Backlog(int deliveries, long bytes) {}

    /** Writes to the journal: for databases with concurrent writers. */
    public static final class Direct implements Inbox {
        private static final int MAX_ATTEMPTS = 5;

        private final Store journal;

        public Direct(Store journal) {
            this.journal = journal;
        }

        /** Replicas that insert the same deliveries in another order may deadlock; the victim retries. */
        @Override
        public List<Boolean> append(List<JournalEntry> deliveries) {
            for (int attempt = 1; ; attempt++) {
                try {
                    return journal.inTransaction(
                            transaction -> transaction.deliveries().insertAll(deliveries));
                } catch (StoreUnavailable e) {
                    if (!e.isConflict() || attempt == MAX_ATTEMPTS) {
                        throw e;
                    }
                }
            }
        }

        @Override
        public void relay(Collection<String> events) {}

        @Override
        public List<String> waiting(Collection<String> except, Instant before, int limit) {
            return List.of();
        }

        @Override
        public void forEach(List<String> ids, Consumer<JournalEntry> action) {}

        @Override
        public void remove(List<String> ids) {}

        @Override
        public void move(String id) {}

        @Override
        public int size() {
            return 0;
        }

        @Override
        public Backlog waiting(int limit) {
            return journal.read(transaction -> transaction.deliveries().waiting(limit));
        }

        @Override
        public void probe(int bytes) {
            journal.probe(bytes);
        }
    }
}
