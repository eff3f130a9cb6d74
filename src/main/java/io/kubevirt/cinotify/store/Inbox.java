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

import java.util.List;

/** Where deliveries are on disk first: whoever brings them must not wait for those who decide. */
public interface Inbox {

    /**
     * Takes in several, in their order, all or none; when this returns, they are on disk.
     *
     * @return of each, whether it was not known yet
     * @throws StoreUnavailable if the database can do nothing now
     */
    List<Boolean> takeIn(List<StoredDelivery> deliveries);

    /**
     * Enters into the journal whatever has been taken in.
     *
     * @throws StoreUnavailable if one of the databases can do nothing now
     */
    void moveOn();

    /** How many were taken in and wait to be decided; counted no further than a limit. */
    int countWaiting(int limit);

    /**
     * Returns only if it takes something of this size now.
     *
     * @throws StoreUnavailable if it would not
     */
    void probe(int bytes);
}
