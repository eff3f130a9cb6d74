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
package io.kubevirt.cinotify.store;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps the journal from growing without bounds where more comes in than can be decided: an honest refusal now is better than
 * a full disk and messages of yesterday later.
 */
final class Backlog {

    private static final long BETWEEN_LOOKS = Duration.ofSeconds(1).toNanos();

    private final Inbox inbox;
    private final int most;
    private final long betweenLooks;
    private final AtomicLong nextLook = new AtomicLong(System.nanoTime());
    private volatile boolean full;

    Backlog(Inbox inbox, int most) {
        this(inbox, most, BETWEEN_LOOKS);
    }

    /** @param betweenLooks in nanoseconds */
    Backlog(Inbox inbox, int most, long betweenLooks) {
        this.inbox = inbox;
        this.most = most;
        this.betweenLooks = betweenLooks;
    }

    /** @throws StoreUnavailable if nothing more is taken in until some of what waits has been decided */
    void checkRoom() {
        long due = nextLook.get();
        long now = System.nanoTime();
        if (now - due >= 0 && nextLook.compareAndSet(due, now + betweenLooks)) {
            full = inbox.countWaiting(most) >= most;
        }
        if (full) {
            throw new StoreUnavailable(most + " deliveries wait to be decided, and no more are taken in until there are"
                    + " fewer: the log says if deciding fails; else more comes in than this machine can work on");
        }
    }
}
