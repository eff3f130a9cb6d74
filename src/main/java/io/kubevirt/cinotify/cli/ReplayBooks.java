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
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.incident.policy.Fate;
import io.kubevirt.cinotify.incident.policy.Reason;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Keeps count of where every run is, so that none is lost. */
final class ReplayBooks {

    private final SortedMap<String, Integer> suppressed = new TreeMap<>();
    private final Set<String> held = new HashSet<>();
    private final Map<String, Integer> waiting = new HashMap<>();
    private int received;
    private int delivered;

    void receive() {
        received++;
    }

    /** A message waits for its person. */
    void waits(String message) {
        waiting.put(message, 0);
    }

    void settle(String run, Fate fate) {
        held.remove(run);
        switch (fate) {
            case Fate.Held() -> held.add(run);
            case Fate.Suppressed(Reason reason) -> suppress(reason, 1);
            case Fate.Said(String message) -> {
                if (waiting.computeIfPresent(message, (same, runs) -> runs + 1) == null) {
                    delivered++;
                }
            }
        }
    }

    /** A message has been said. */
    void delivered(String message) {
        delivered += Objects.requireNonNullElse(waiting.remove(message), 0);
    }

    /** A message will never be said. */
    void withdrawn(String message, Reason why) {
        int runs = Objects.requireNonNullElse(waiting.remove(message), 0);
        if (runs > 0) {
            suppress(why, runs);
        }
    }

    private void suppress(Reason reason, int runs) {
        suppressed.merge(reason.word(), runs, Integer::sum);
    }

    SortedMap<String, Integer> suppressed() {
        return new TreeMap<>(suppressed);
    }

    ReplayReport.Conservation conservation() {
        return new ReplayReport.Conservation(received, delivered, sum(suppressed), sum(waiting), 0, held.size());
    }

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
