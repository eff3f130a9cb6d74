// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps the journal from growing without bounds where more comes in than can be decided: an honest refusal now is better than
 * a full disk and messages of yesterday later.
 */
final class JournalLimit {

    private static final long CHECK_INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

    private final Inbox inbox;
    private final int limit;
    private final long checkIntervalNanos;
    private final AtomicLong nextCheck = new AtomicLong(System.nanoTime());
    private volatile boolean full;

    JournalLimit(Inbox inbox, int most) {
        this(inbox, most, CHECK_INTERVAL_NANOS);
    }

    /** @param betweenLooks in nanoseconds */
    JournalLimit(Inbox inbox, int most, long betweenLooks) {
        this.inbox = inbox;
        this.limit = most;
        this.checkIntervalNanos = betweenLooks;
    }

    /** @throws StoreUnavailable if nothing more is taken in until some of what waits has been decided */
    void checkCapacity() {
        long due = nextCheck.get();
        long now = System.nanoTime();
        if (now - due >= 0 && nextCheck.compareAndSet(due, now + checkIntervalNanos)) {
            full = inbox.countWaiting(limit) >= limit;
        }
        if (full) {
            throw new StoreUnavailable(
                    limit + " deliveries wait to be decided, and no more are taken in until there are"
                            + " fewer: the log says if deciding fails; else more comes in than this machine can work on");
        }
    }
}
