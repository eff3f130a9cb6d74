// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How many fetches may start: a few at a time, because each may hold some megabytes. A fetch that takes longer than its share
 * mostly waits for the object store, so it makes way for another run, up to a second limit.
 */
final class FetchSlots {
    private final int prompt;
    private final int slow;
    private final Duration share;
    private final List<Slot> running = new ArrayList<>();

    FetchSlots(int prompt, int slow, Duration share) {
        this.prompt = prompt;
        this.slow = slow;
        this.share = share;
    }

    /** A fetch that runs; compared by identity. */
    static final class Slot {
        private final Instant startedAt;

        private Slot(Instant startedAt) {
            this.startedAt = startedAt;
        }
    }

    synchronized int free(Instant now) {
        int beyondShare = (int) running.stream()
                .filter(slot -> !now.isBefore(slot.startedAt.plus(share)))
                .count();
        return Math.max(0, prompt - (running.size() - Math.min(beyondShare, slow)));
    }

    synchronized Slot start(Instant now) {
        Slot slot = new Slot(now);
        running.add(slot);
        return slot;
    }

    synchronized void end(Slot slot) {
        running.remove(slot);
    }
}
