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
package io.kubevirt.cinotify.intake;

import java.util.ArrayList;
import java.util.List;

/** Where deliveries are kept until they have been worked on. The doors declare it, the store implements it. */
public interface Journal {

    /**
     * Keeps a delivery. When this returns, the delivery survives a killed process: the door answers 2xx on the strength
     * of it (design, promise 1). Safe to call from several threads and, with the same delivery, several times.
     *
     * @throws JournalUnavailable if it could not be kept; the sender is then told so and nothing is half stored
     */
    Acceptance accept(Delivery delivery) throws JournalUnavailable;

    /**
     * Keeps several deliveries, in their order. Whoever has a transaction does it in one; without one, those before the
     * failure are kept, which does no harm because a door offers all of them again.
     *
     * @return what was said about each, in the same order
     * @throws JournalUnavailable if not all of them could be kept
     */
    default List<Acceptance> acceptAll(List<Delivery> deliveries) throws JournalUnavailable {
        List<Acceptance> acceptances = new ArrayList<>(deliveries.size());
        for (Delivery delivery : deliveries) {
            acceptances.add(accept(delivery));
        }
        return acceptances;
    }
}
