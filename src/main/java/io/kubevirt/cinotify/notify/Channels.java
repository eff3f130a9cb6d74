// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify;

import java.util.List;
import java.util.Optional;

/**
 * The open channels.
 *
 * @param channels with unique names
 */
public record Channels(List<Channel> channels) {
    /** Copies the list. */
    public Channels {
        channels = List.copyOf(channels);
        if (channels.stream().map(Channel::name).distinct().count() < channels.size()) {
            throw new IllegalArgumentException("two channels have one name: " + channels);
        }
    }

    /** Addresses a message to each of its destinations. */
    public List<AddressedMessage> address(OutgoingMessage content) {
        return channels.stream()
                .flatMap(channel -> channel.destinations(content).stream()
                        .distinct()
                        .map(destination -> new AddressedMessage(channel.name(), destination, content)))
                .toList();
    }

    /** Finds a channel by name. */
    public Optional<Channel> byName(String name) {
        return channels.stream().filter(channel -> channel.name().equals(name)).findFirst();
    }
}
