// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts occurrences; an element with count zero is dropped. */
final class Multiset<T extends Comparable<T>> {

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

    Set<T> elements() {
        return counts.keySet();
    }
}
