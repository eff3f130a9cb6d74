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
package io.kubevirt.cinotify.incident.policy;

import java.time.Instant;
import java.util.Iterator;
import java.util.Map;

/**
 * One pull request with many red lanes: something about it, its batch or its old branch, never about the lanes. Its further
 * failures are read the same way for a while, since what retests it comes back by the hour.
 */
final class Storms {

    private final Desk desk;

    Storms(Desk desk) {
        this.desk = desk;
    }

    void see(Entry entry, Instant now) {
        Map<PullKey, Instant> storms = desk.memory().storms();
        forgetOld(storms, now);
        PullKey pull = entry.run().pullKey();
        Window<PullLanes> window = desk.windows().pull(pull, now);
        if (window.figures().red().distinct() >= desk.thresholds().onePull().lanes()) {
            slide(storms, pull, now);
            window.entries().forEach(each -> desk.windows().explain(each, Mark.STORM));
        } else if (storms.containsKey(pull)) {
            slide(storms, pull, now);
            desk.windows().explain(entry, Mark.STORM);
        }
    }

    /** Keeps them in the order of their instants. */
    private static void slide(Map<PullKey, Instant> storms, PullKey pull, Instant now) {
        storms.remove(pull);
        storms.put(pull, now);
    }

    private void forgetOld(Map<PullKey, Instant> storms, Instant now) {
        Instant floor = now.minus(desk.thresholds().onePull().keep());
        Iterator<Instant> instants = storms.values().iterator();
        while (instants.hasNext() && instants.next().isBefore(floor)) {
            instants.remove();
        }
    }
}
