// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify;

import java.time.Duration;

/**
 * What a channel can do; the outbox does the rest.
 *
 * @param supportsEdits what was written can be changed: later news of a thread change its root
 * @param supportsReplies something can stand below the root, and calls people by itself
 * @param supportsLookup what was written can be looked for: an unknown outcome is looked up before anything is written again
 * @param minInterval the least time from one call to the next at one place; zero for no limit
 * @param visibilityDelay how long after an attempt to write it may still come to be seen: until then what is not found may yet be there
 */
public record ChannelCapabilities(
        boolean supportsEdits,
        boolean supportsReplies,
        boolean supportsLookup,
        Duration minInterval,
        Duration visibilityDelay) {

    /**
     * A proxy that answers that it failed may have passed the request on, and the other side may carry out what it took
     * after the connection is gone. Both end with the timeout of a common proxy, most often well before its 30 seconds.
     */
    public static final Duration DEFAULT_VISIBILITY_DELAY = Duration.ofSeconds(30);

    /** Whether what may be there is looked for: only where something stands below which, or in place of which, more is said. */
    public boolean needsLookup() {
        return supportsLookup && (supportsEdits || supportsReplies);
    }

    /** Whose writes are seen in the common time. */
    public ChannelCapabilities(boolean edits, boolean replies, boolean finds, Duration every) {
        this(edits, replies, finds, every, DEFAULT_VISIBILITY_DELAY);
    }

    /** Without a limit on how often it is called. */
    public ChannelCapabilities(boolean edits, boolean replies, boolean finds) {
        this(edits, replies, finds, Duration.ZERO);
    }
}
