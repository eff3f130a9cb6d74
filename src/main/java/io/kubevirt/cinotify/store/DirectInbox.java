// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.util.List;

/** Straight into the journal: for databases in which many write at the same time. */
public final class DirectInbox implements Inbox {

    private static final int MOST_ATTEMPTS = 5;

    private final Store journal;

    /** @param journal where all is entered at once */
    public DirectInbox(Store journal) {
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
