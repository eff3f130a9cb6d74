// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.util.List;

/** Where deliveries are on disk first: whoever brings them must not wait for those who decide. */
public interface Inbox {

    /**
     * Takes in several, in their order, all or none; when this returns, they are on disk.
     *
     * @return of each, whether it was not known yet
     * @throws StoreUnavailable if the database can do nothing now
     */
    List<Boolean> append(List<JournalEntry> deliveries);

    /**
     * Enters into the journal whatever has been taken in.
     *
     * @throws StoreUnavailable if one of the databases can do nothing now
     */
    void relay();

    /** How many were taken in and wait to be decided; counted no further than a limit. */
    int countWaiting(int limit);

    /**
     * Returns only if it takes something of this size now.
     *
     * @throws StoreUnavailable if it would not
     */
    void probe(int bytes);

    /** Straight into the journal: for databases in which many write at the same time. */
    public static final class Direct implements Inbox {

        private static final int MOST_ATTEMPTS = 5;

        private final Store journal;

        /** @param journal where all is entered at once */
        public Direct(Store journal) {
            this.journal = journal;
        }

        /** Replicas that bring the same in another order may stop each other; the one that the database ends tries again. */
        @Override
        public List<Boolean> append(List<JournalEntry> deliveries) {
            for (int attempt = 1; ; attempt++) {
                try {
                    return journal.inTransaction(
                            transaction -> transaction.deliveries().insertAll(deliveries));
                } catch (StoreUnavailable e) {
                    if (!e.isConflict() || attempt == MOST_ATTEMPTS) {
                        throw e;
                    }
                }
            }
        }

        @Override
        public void relay() {}

        @Override
        public int countWaiting(int limit) {
            return journal.read(transaction -> transaction.deliveries().countInProgress(limit));
        }

        @Override
        public void probe(int bytes) {
            journal.probe(bytes);
        }
    }
}
