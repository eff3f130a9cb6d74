// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The runs after {@code now - length} up to now, with statistics over them. */
final class SlidingWindow<C extends SlidingWindow.Stats> {
    /**
     * Statistics over the runs of a window, updated as runs enter and leave, so that nothing has to scan the window.
     */
    interface Stats {
        void add(WindowEntry entry);

        void remove(WindowEntry entry);
    }

    private final Duration length;
    private final int maxEntries;
    private final C stats;
    private final Deque<WindowEntry> entries = new ArrayDeque<>();

    SlidingWindow(Duration length, int maxEntries, C stats) {
        this.length = length;
        this.maxEntries = maxEntries;
        this.stats = stats;
    }

    void enter(WindowEntry entry) {
        entries.addLast(entry);
        stats.add(entry);
        if (entries.size() > maxEntries) {
            stats.remove(entries.removeFirst());
        }
    }

    void advance(Instant now) {
        Instant floor = now.minus(length);
        for (WindowEntry first = entries.peekFirst();
                first != null && !first.at().isAfter(floor);
                first = entries.peekFirst()) {
            stats.remove(entries.removeFirst());
        }
    }

    /** Call before the exclusion of an entry changes, and {@link #changed} after. */
    void changing(WindowEntry entry) {
        if (contains(entry)) {
            stats.remove(entry);
        }
    }

    void changed(WindowEntry entry) {
        if (contains(entry)) {
            stats.add(entry);
        }
    }

    private boolean contains(WindowEntry entry) {
        @Nullable WindowEntry first = entries.peekFirst();
        return first != null && entry.run().number() >= first.run().number();
    }

    C stats() {
        return stats;
    }

    /** In the order of processing. */
    Stream<WindowEntry> runs() {
        return entries.stream();
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Counts occurrences; an element with count zero is dropped. */
    static final class Multiset<T extends Comparable<T>> {
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
}
