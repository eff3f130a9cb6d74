// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The finished runs of the last day, in the order of their numbers and by id; a map has an object for each. */
final class FinishedRuns {
    private static final int MIN_SLOTS = 64;

    /** Those before {@code first} are gone. */
    private final ArrayList<@Nullable WindowEntry> runs = new ArrayList<>();

    private int first;

    /** A hash table with linear probing, at most two thirds full; its length is a power of two. */
    private @Nullable WindowEntry[] slots = new @Nullable WindowEntry[MIN_SLOTS];

    /** Adds a run with a higher number than all others; its id is not known yet. */
    void add(WindowEntry entry) {
        runs.add(entry);
        if (size() * 3 > slots.length * 2) {
            resize(slots.length * 2);
        } else {
            put(entry);
        }
    }

    private void resize(int length) {
        slots = new @Nullable WindowEntry[length];
        all().forEach(this::put);
    }

    private void put(WindowEntry entry) {
        slots[slotOf(entry.run().id())] = entry;
    }

    /** The slot with the id, or else the free slot where it belongs. */
    private int slotOf(String id) {
        int slot = home(id);
        for (WindowEntry found = slots[slot]; found != null; found = slots[slot]) {
            if (found.run().id().equals(id)) {
                return slot;
            }
            slot = next(slot);
        }
        return slot;
    }

    private int home(String id) {
        int hash = id.hashCode() * 0x9E3779B9;
        return (hash ^ hash >>> 16) & slots.length - 1;
    }

    private int next(int slot) {
        return slot + 1 & slots.length - 1;
    }

    Optional<WindowEntry> find(String id) {
        return Optional.ofNullable(slots[slotOf(id)]);
    }

    /** The run with a number. */
    Optional<WindowEntry> find(long number) {
        int low = first;
        int high = runs.size() - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            WindowEntry entry = at(middle);
            if (entry.run().number() == number) {
                return Optional.of(entry);
            }
            if (entry.run().number() < number) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Optional.empty();
    }

    private WindowEntry at(int index) {
        WindowEntry entry = runs.get(index);
        if (entry == null) {
            throw new IllegalStateException("run " + index + " is gone");
        }
        return entry;
    }

    Optional<WindowEntry> first() {
        return size() == 0 ? Optional.empty() : Optional.of(at(first));
    }

    void removeFirst() {
        WindowEntry gone = at(first);
        removeSlot(slotOf(gone.run().id()));
        runs.set(first++, null);
        if (first * 2 > runs.size()) {
            runs.subList(0, first).clear();
            first = 0;
            int length = Math.max(MIN_SLOTS, Integer.highestOneBit(Math.max(1, size())) * 4);
            if (length < slots.length) {
                runs.trimToSize();
                resize(length);
            }
        }
    }

    /** Moves later entries back, so that none is behind a free slot. */
    private void removeSlot(int removed) {
        int free = removed;
        int slot = next(removed);
        for (WindowEntry entry = slots[slot]; entry != null; entry = slots[slot]) {
            int home = home(entry.run().id());
            boolean reachable = free < slot ? free < home && home <= slot : home <= slot || free < home;
            if (!reachable) {
                slots[free] = entry;
                free = slot;
            }
            slot = next(slot);
        }
        slots[free] = null;
    }

    int size() {
        return runs.size() - first;
    }

    List<WindowEntry> all() {
        List<WindowEntry> all = new ArrayList<>(size());
        for (int index = first; index < runs.size(); index++) {
            all.add(at(index));
        }
        return Collections.unmodifiableList(all);
    }
}
