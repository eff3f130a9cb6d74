// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.util.List;

/** Persists deliveries without waiting for the transactions of the engine. */
public interface Inbox {
    /**
     * Appends deliveries in order, all or none; on return they are on disk.
     *
     * @return for each, false if it is a duplicate
     */
    List<Boolean> append(List<JournalEntry> deliveries);

    /** Moves deliveries into the journal. */
    void relay();

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
        public void relay() {}

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
