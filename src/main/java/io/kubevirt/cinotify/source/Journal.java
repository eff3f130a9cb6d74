// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source;

import java.util.ArrayList;
import java.util.List;

/** Where deliveries are kept until they have been worked on. The doors declare it, the store implements it. */
public interface Journal {

    /**
     * Keeps a delivery. When this returns, the delivery survives a killed process: the door answers 2xx on the strength
     * of it (design, promise 1). Safe to call from several threads and, with the same delivery, several times.
     *
     * @throws JournalUnavailableException if it could not be kept; the sender is then told so and nothing is half stored
     */
    AppendResult append(Delivery delivery) throws JournalUnavailableException;

    /**
     * Keeps several deliveries, in their order. Whoever has a transaction does it in one; without one, those before the
     * failure are kept, which does no harm because a door offers all of them again.
     *
     * @return what was said about each, in the same order
     * @throws JournalUnavailableException if not all of them could be kept
     */
    default List<AppendResult> appendAll(List<Delivery> deliveries) throws JournalUnavailableException {
        List<AppendResult> acceptances = new ArrayList<>(deliveries.size());
        for (Delivery delivery : deliveries) {
            acceptances.add(append(delivery));
        }
        return acceptances;
    }
}
