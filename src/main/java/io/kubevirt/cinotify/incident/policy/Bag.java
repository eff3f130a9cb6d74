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

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How often each thing is there; what is there no more is forgotten. */
final class Bag<T extends Comparable<T>> {

    private final Map<T, Integer> counts = new TreeMap<>();

    void add(T thing) {
        counts.merge(thing, 1, Integer::sum);
    }

    void remove(T thing) {
        counts.computeIfPresent(thing, (same, count) -> count == 1 ? null : count - 1);
    }

    int count(T thing) {
        return counts.getOrDefault(thing, 0);
    }

    int distinct() {
        return counts.size();
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }

    Set<T> things() {
        return counts.keySet();
    }
}
