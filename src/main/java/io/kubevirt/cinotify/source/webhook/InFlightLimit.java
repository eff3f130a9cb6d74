// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of bodies are held at once. They are held before anybody has shown a signature, so there must be an end
 * to it: memory that has run out takes the whole plugin with it.
 */
public final class InFlightLimit {

    private final long limit;
    private final AtomicLong acquired = new AtomicLong();

    /** @param limit in bytes */
    public InFlightLimit(long limit) {
        this.limit = limit;
    }

    /** A quarter of what the process may ever have: a body is held about twice. */
    public static InFlightLimit ofThisProcess() {
        return new InFlightLimit(Runtime.getRuntime().maxMemory() / 4);
    }

    /** Takes room, if there is any left; one body is always let in. */
    boolean tryAcquire(long bytes) {
        long before = acquired.getAndAdd(bytes);
        if (before > 0 && before + bytes > limit) {
            acquired.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void release(long bytes) {
        acquired.addAndGet(-bytes);
    }
}
