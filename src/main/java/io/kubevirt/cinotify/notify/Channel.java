// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify;

import java.util.List;
import java.util.Optional;

/**
 * A way to people: the only thing that speaks to the world. Methods block, for a bounded time, and may be called from
 * several threads, never twice at the same time for one place. None throws for a fault of the other side, and none takes
 * longer than a minute: whatever has not answered by then has an unknown outcome.
 */
public interface Channel {

    /** The name by which settings, the outbox and metrics know it. */
    String name();

    /** A message as text, for the log of a dry run. */
    default String preview(AddressedMessage message) {
        return message.marker();
    }

    /** What it can do. */
    ChannelCapabilities capabilities();

    /** Where a content is to be said on this channel; empty if it is none of this channel's business. */
    List<String> destinations(OutgoingMessage content);

    /**
     * Where word of the plugin itself is to be said, such as that too much is said. Messages that call people are kept back
     * at channels that have such a place, and said together there.
     *
     * @return empty if nowhere on this channel, which then hears everything as it comes
     */
    default Optional<String> defaultDestination() {
        return Optional.empty();
    }

    /** Writes the root of a thread, markers included. */
    SendResult post(AddressedMessage addressed);

    /**
     * Makes a root show what is so now; doing it twice is doing it once.
     *
     * @param root what {@link #post} or {@link #find} gave
     */
    SendResult edit(AddressedMessage addressed, String root);

    /** Writes below a root, marker included. */
    SendResult reply(AddressedMessage addressed, String root);

    /** Looks for the root of the thread at the place, by {@link AddressedMessage#rootMarker}. */
    LookupResult findRoot(AddressedMessage addressed);

    /** Looks for a reply below a root, by {@link AddressedMessage#marker}. */
    LookupResult findReply(AddressedMessage addressed, String root);
}
