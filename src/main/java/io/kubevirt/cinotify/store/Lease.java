/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
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
        public boolean take() {
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
    boolean take();

    /**
     * Makes sure that nobody else has it or takes it before this transaction ends, and shows that this one lives.
     *
     * @throws LeaseLost if another has taken over
     */
    void confirm(Transaction transaction);

    /**
     * Gives it back, so that nobody has to wait.
     *
     * @throws StoreUnavailable if the database can do nothing now; then the others wait until it expires
     */
    void release();
}
