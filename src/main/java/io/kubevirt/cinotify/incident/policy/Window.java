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

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The runs of the last while, after {@code now - length} up to now, and the figures over them. */
final class Window<C extends Counter> {

    private final Duration length;
    private final int most;
    private final C figures;
    private final Deque<Entry> entries = new ArrayDeque<>();

    Window(Duration length, int most, C figures) {
        this.length = length;
        this.most = most;
        this.figures = figures;
    }

    void enter(Entry entry) {
        entries.addLast(entry);
        figures.add(entry);
        if (entries.size() > most) {
            figures.remove(entries.removeFirst());
        }
    }

    void advance(Instant now) {
        Instant floor = now.minus(length);
        for (Entry first = entries.peekFirst();
                first != null && !first.at().isAfter(floor);
                first = entries.peekFirst()) {
            figures.remove(entries.removeFirst());
        }
    }

    /** To be said before an entry's mark changes; afterwards {@link #changed}. */
    void changing(Entry entry) {
        if (contains(entry)) {
            figures.remove(entry);
        }
    }

    void changed(Entry entry) {
        if (contains(entry)) {
            figures.add(entry);
        }
    }

    private boolean contains(Entry entry) {
        @Nullable Entry first = entries.peekFirst();
        return first != null && entry.run().number() >= first.run().number();
    }

    C figures() {
        return figures;
    }

    Iterable<Entry> entries() {
        return entries;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }
}
