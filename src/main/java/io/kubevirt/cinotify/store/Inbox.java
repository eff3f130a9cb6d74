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
}
