// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify;

import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.incident.NotificationKind;
import java.util.List;
import java.util.Optional;

/**
 * Sends messages to one system. Methods block for at most a minute; after that the outcome is unknown. They may be called from
 * several threads, but never concurrently for one destination. None throws for an error of the other side. Each calls
 * {@link AddressedMessage#beforeWrite} immediately before each request that changes something at the other side.
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
     * Who can read a destination, unless the settings mark it. What they may not see is not sent there; see
     * {@link io.kubevirt.cinotify.incident.VisibilityPolicy}.
     */
    Audience audience(String destination);

    /** The destination of a direct message to a person; empty if the channel has none, or does not know the person. */
    default Optional<String> directMessages(String handle) {
        return Optional.empty();
    }

    /**
     * Where messages of ci-notify itself go, such as a digest of messages beyond the rate limit. Messages to people are rate
     * limited on channels that have one.
     *
     * @return empty if the channel has none; it then gets every message at once
     */
    default Optional<String> defaultDestination() {
        return Optional.empty();
    }

    /**
     * Whether it cannot look anything up, but a message that is sent again changes nothing. A root whose outcome stays unknown is then
     * sent again, or taken as sent once its incident is over, so that the resolution follows; both after the visibility delay.
     */
    default boolean isIdempotent() {
        return false;
    }

    /** Posts the root of a thread, with its markers. */
    SendResult post(AddressedMessage addressed);

    /**
     * Updates a root. May be repeated, so it creates nothing that people see beside the root; see {@link #repliesBeforeEdit}.
     * An earlier edit may be carried out after a later one.
     *
     * @param root the reference that {@link #post} or {@link #findRoot} returned
     * @return {@link SendResult.Unknown} whenever it may have been, or may still be, carried out
     */
    SendResult edit(AddressedMessage addressed, String root);

    /**
     * Reads what a root shows, after an edit with an unknown outcome.
     *
     * @return by default that it differs: a channel that cannot read back is edited again
     */
    default ReadBackResult readBack(AddressedMessage addressed, String root) {
        return new ReadBackResult.Differs("this channel cannot read it back");
    }

    /**
     * Whether a notification of this kind appears as a reply before the root shows it, such as a closing comment. The reply is
     * looked up like any other before it is repeated.
     */
    default boolean repliesBeforeEdit(NotificationKind kind, String root) {
        return false;
    }

    /** Posts a reply to a root, with its marker. */
    SendResult reply(AddressedMessage addressed, String root);

    /** Looks up the root of the thread by {@link AddressedMessage#rootMarker}. */
    LookupResult findRoot(AddressedMessage addressed);

    /** Looks up a reply by {@link AddressedMessage#marker}. */
    LookupResult findReply(AddressedMessage addressed, String root);
}
