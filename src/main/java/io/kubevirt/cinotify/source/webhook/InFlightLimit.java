// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits the total size of the bodies in memory. Bodies are read before their signature is verified, so an
 * unauthenticated client could otherwise exhaust the memory.
 */
public final class InFlightLimit {

    private final long limit;
    private final AtomicLong acquired = new AtomicLong();

    public InFlightLimit(long limit) {
        this.limit = limit;
    }

    /** A quarter of the maximum heap; each body is in memory about twice. */
    public static InFlightLimit ofThisProcess() {
        return new InFlightLimit(Runtime.getRuntime().maxMemory() / 4);
    }

    /** Always admits one body, whatever its size. */
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
