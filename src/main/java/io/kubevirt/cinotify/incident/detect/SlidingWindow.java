// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
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

    private static final int MIN_CAPACITY = 4;

    private final Duration length;
    private final int maxEntries;
    private final C stats;
    private final Deque<WindowEntry> entries = new ArrayDeque<>(MIN_CAPACITY);

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
                first != null && !first.run().isAfter(floor);
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

    /** Counts occurrences; an element with count zero is dropped. Sorted arrays: there are many, most of them small or empty. */
    static final class Multiset<T extends Comparable<T>> {
        private static final int[] NONE = {};

        private final ArrayList<T> elements = new ArrayList<>(0);
        private int[] counts = NONE;

        void add(T thing) {
            int found = Collections.binarySearch(elements, thing);
            if (found >= 0) {
                counts[found]++;
                return;
            }
            int at = -found - 1;
            if (elements.size() == counts.length) {
                counts = Arrays.copyOf(counts, counts.length + counts.length / 2 + 1);
            }
            System.arraycopy(counts, at, counts, at + 1, elements.size() - at);
            counts[at] = 1;
            elements.add(at, thing);
        }

        void remove(T thing) {
            int found = Collections.binarySearch(elements, thing);
            if (found >= 0 && --counts[found] == 0) {
                elements.remove(found);
                System.arraycopy(counts, found + 1, counts, found, elements.size() - found);
            }
        }

        int count(T thing) {
            int found = Collections.binarySearch(elements, thing);
            return found < 0 ? 0 : counts[found];
        }

        int distinct() {
            return elements.size();
        }

        boolean isEmpty() {
            return elements.isEmpty();
        }

        /** In their order. */
        List<T> elements() {
            return Collections.unmodifiableList(elements);
        }
    }
}
