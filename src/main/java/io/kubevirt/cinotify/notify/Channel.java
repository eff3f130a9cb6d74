// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify;

import java.util.List;
import java.util.Optional;

/**
 * Sends messages to one system. Methods block for at most a minute; after that the outcome is unknown. They may be called from
 * several threads, but never concurrently for one destination. None throws for an error of the other side.
 */
public interface Channel {
    /** The name in the configuration, the outbox and metrics. */
    String name();

    /** The message as text, for the log of a dry run. */
    default String preview(AddressedMessage message) {
        return message.marker();
    }

    ChannelCapabilities capabilities();

    /** The destinations of a message; may be empty. */
    List<String> destinations(OutgoingMessage content);

    /**
     * Where messages of ci-notify itself go, such as a digest of messages beyond the rate limit. Messages to people are rate
     * limited on channels that have one.
     *
     * @return empty if the channel has none; it then gets every message at once
     */
    default Optional<String> defaultDestination() {
        return Optional.empty();
    }

    /** Posts the root of a thread, with its markers. */
    SendResult post(AddressedMessage addressed);

    /**
     * Updates a root; idempotent.
     *
     * @param root the reference that {@link #post} or {@link #findRoot} returned
     */
    SendResult edit(AddressedMessage addressed, String root);

    /** Posts a reply to a root, with its marker. */
    SendResult reply(AddressedMessage addressed, String root);

    /** Looks up the root of the thread by {@link AddressedMessage#rootMarker}. */
    LookupResult findRoot(AddressedMessage addressed);

    /** Looks up a reply by {@link AddressedMessage#marker}. */
    LookupResult findReply(AddressedMessage addressed, String root);
}
