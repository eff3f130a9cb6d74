// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import io.kubevirt.cinotify.notify.Channel;
import java.util.concurrent.Semaphore;

/** How many may be at a channel at the same time, each at another place. */
final class ChannelPermits {

    private static final int MAX_CONCURRENT = 4;

    private final Channel channel;
    private final Semaphore permits = new Semaphore(MAX_CONCURRENT);

    ChannelPermits(Channel channel) {
        this.channel = channel;
    }

    Channel channel() {
        return channel;
    }

    /** Whether there was room for one more, who must leave again. */
    boolean tryAcquire() {
        return permits.tryAcquire();
    }

    void release() {
        permits.release();
    }
}
