// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Durable storage of deliveries until they are processed. Sources use this port, the store implements it. */
public interface Journal {
    /** Appends a delivery durably, or throws and stores nothing. Thread-safe and idempotent. */
    AppendResult append(Delivery delivery) throws JournalUnavailableException;

    /**
     * The same without waiting; fails with {@link JournalUnavailableException}. This implementation waits, for journals that
     * do not block.
     */
    default CompletableFuture<AppendResult> appendLater(Delivery delivery) {
        try {
            return CompletableFuture.completedFuture(append(delivery));
        } catch (JournalUnavailableException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Appends several deliveries in their order. An implementation with transactions uses one for all of them; this one
     * may store only the first deliveries before a failure, which is harmless because the source offers all of them
     * again.
     */
    default List<AppendResult> appendAll(List<Delivery> deliveries) throws JournalUnavailableException {
        List<AppendResult> results = new ArrayList<>(deliveries.size());
        for (Delivery delivery : deliveries) {
            results.add(append(delivery));
        }
        return results;
    }

    /** In both cases the delivery is durable. */
    enum AppendResult {
        /** New: stored, and to be processed. */
        APPENDED,
        /** A delivery with this id is stored already. */
        DUPLICATE
    }
}
