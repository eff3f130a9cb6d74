// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

/**
 * What only one of several replicas may do at a time. Whoever has taken it keeps it as long as it shows that it lives; some
 * seconds after that it is anybody's. Time is the database's, so that the replicas' own clocks do not matter.
 *
 * <p>To have taken it is a good guess, no proof: a process may stand still in between for any time. Only what is written in
 * a transaction that {@link #confirm} began is safe.
 */
public interface Lease {

    /** Where there is one process anyway. */
    Lease ALWAYS = new Lease() {
        @Override
        public boolean acquire() {
            return true;
        }

        @Override
        public void confirm(Transaction transaction) {
            // The folder's lock holds against all others.
        }

        @Override
        public void release() {
            // Nobody waits for it.
        }
    };

    /**
     * Takes it, if it is free.
     *
     * @return false while another has it
     * @throws StoreUnavailable if the database can do nothing now
     */
    boolean acquire();

    /**
     * Makes sure that nobody else has it or takes it before this transaction ends, and shows that this one lives.
     *
     * @throws Lost if another has taken over
     */
    void confirm(Transaction transaction);

    /**
     * Gives it back, so that nobody has to wait.
     *
     * @throws StoreUnavailable if the database can do nothing now; then the others wait until it expires
     */
    void release();

    /** Another replica has taken over: what was begun is left to it. */
    public static final class Lost extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Lost(String name) {
            super("another replica has taken over: " + name);
        }
    }
}
