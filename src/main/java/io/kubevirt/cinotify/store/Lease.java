// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

/**
 * A task that one replica at a time may do. The holder keeps the lease as long as it renews it. Expiry uses the clock of the
 * database.
 *
 * <p>A process may be paused after {@link #acquire}, so only writes in a transaction that calls {@link #confirm} are safe.
 */
public interface Lease {
    /** For a store with a single process. */
    Lease ALWAYS = new Lease() {
        @Override
        public boolean acquire() {
            return true;
        }

        @Override
        public void confirm(Transaction transaction) {
            // The data directory is locked.
        }

        @Override
        public void release() {
            // No other process waits for it.
        }
    };

    /** False while another replica holds it. */
    boolean acquire();

    /**
     * Renews the lease and locks it until the transaction ends.
     *
     * @throws Lost if another replica has taken over
     */
    void confirm(Transaction transaction);

    /** Releases the lease, so that others need not wait for its expiry. */
    void release();

    public static final class Lost extends RuntimeException {
        Lost(String name) {
            super("another replica has taken over: " + name);
        }
    }
}
