// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import org.jdbi.v3.core.Handle;

/** The lock of the incident engine and the state of its notifier. */
public final class EngineStateTable {
    private final Handle handle;

    EngineStateTable(Handle handle) {
        this.handle = handle;
    }

    /**
     * Locks the engine until the transaction ends.
     *
     * @return version; if it is not the successor of the caller's last one, another replica has decided meanwhile
     */
    public long lock() {
        return handle.createQuery("UPDATE engine_state SET version = version + 1 RETURNING version")
                .mapTo(Long.class)
                .one();
    }

    public String notifierState() {
        return handle.createQuery("SELECT notifier_state FROM engine_state")
                .mapTo(String.class)
                .one();
    }

    public void save(String state) {
        handle.createUpdate("UPDATE engine_state SET notifier_state = :state")
                .bind("state", state)
                .execute();
    }
}
