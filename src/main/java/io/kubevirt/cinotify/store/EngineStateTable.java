// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import org.jdbi.v3.core.Handle;

/** Who decides, and what is remembered of speaking with people. */
public final class EngineStateTable {

    private final Handle handle;

    EngineStateTable(Handle handle) {
        this.handle = handle;
    }

    /**
     * Makes whoever asks the only one who decides until the transaction ends.
     *
     * @return one more than before: whoever was the last to ask has got the number just below it
     */
    public long lock() {
        return handle.createQuery("UPDATE engine_state SET version = version + 1 RETURNING version")
                .mapTo(Long.class)
                .one();
    }

    /** What the last one who decided has left. */
    public String notifierState() {
        return handle.createQuery("SELECT notifier_state FROM engine_state")
                .mapTo(String.class)
                .one();
    }

    /** Leaves something for the next one who decides. */
    public void save(String attention) {
        handle.createUpdate("UPDATE engine_state SET notifier_state = :state")
                .bind("state", attention)
                .execute();
    }
}
