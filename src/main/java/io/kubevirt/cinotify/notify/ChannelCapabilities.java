// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify;

import java.time.Duration;

/**
 * What a channel supports.
 *
 * @param supportsEdits roots can be updated
 * @param supportsReplies roots can have replies, which notify people
 * @param supportsLookup messages can be looked up after an unknown outcome
 * @param minInterval the minimum time between calls for one destination; zero for no limit
 * @param visibilityDelay how long after an attempt a message may still appear: until then, not finding it proves nothing
 */
public record ChannelCapabilities(
        boolean supportsEdits,
        boolean supportsReplies,
        boolean supportsLookup,
        Duration minInterval,
        Duration visibilityDelay) {
    /**
     * A proxy that reports a failure may have forwarded the request, and a server may process a request after the connection is
     * closed. Both end with the timeout of a common proxy, most often well before 30 seconds.
     */
    public static final Duration DEFAULT_VISIBILITY_DELAY = Duration.ofSeconds(30);

    /** Whether an unknown outcome is looked up: only where later messages edit or answer the first. */
    public boolean needsLookup() {
        return supportsLookup && (supportsEdits || supportsReplies);
    }

    /** With the default visibility delay. */
    public ChannelCapabilities(boolean edits, boolean replies, boolean finds, Duration every) {
        this(edits, replies, finds, every, DEFAULT_VISIBILITY_DELAY);
    }

    /** Without a minimum interval. */
    public ChannelCapabilities(boolean edits, boolean replies, boolean finds) {
        this(edits, replies, finds, Duration.ZERO);
    }
}
