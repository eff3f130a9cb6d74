// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify;

import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.VisibilityScope;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The open channels.
 *
 * @param channels with unique names
 * @param rules the destinations of single repositories and jobs, as they are now configured
 */
public record Channels(List<Channel> channels, Supplier<DestinationRules> rules) {
    /** All incidents go to the general destinations. */
    public Channels(List<Channel> channels) {
        this(channels, () -> DestinationRules.NONE);
    }

    /** Copies the list. */
    public Channels {
        channels = List.copyOf(channels);
        if (channels.stream().map(Channel::name).distinct().count() < channels.size()) {
            throw new IllegalArgumentException("two channels have one name: " + channels);
        }
    }

    /** Addresses a text to its destination; it shows what readers of the destination may see. */
    public List<AddressedMessage> address(OutgoingMessage.TextMessage text) {
        return channels.stream()
                .flatMap(channel -> addressed(channel, channel.destinations(text), text))
                .toList();
    }

    /** Addresses a message about an incident to each of its destinations, whoever can read them. */
    public List<AddressedMessage> address(OutgoingMessage.IncidentMessage message, VisibilityScope scope) {
        DestinationRules current = rules.get();
        IncidentView incident = message.notification().incident();
        return channels.stream()
                .flatMap(channel -> addressed(
                        channel,
                        current.destinations(channel.name(), channel.destinations(message), incident, scope),
                        message))
                .toList();
    }

    private static Stream<AddressedMessage> addressed(
            Channel channel, List<String> destinations, OutgoingMessage message) {
        return destinations.stream()
                .distinct()
                .map(destination -> new AddressedMessage(channel.name(), destination, message));
    }

    /** Who can read a destination. */
    public Audience audience(String channel, String destination) {
        return rules.get().mark(channel, destination).orElseGet(() -> byName(channel)
                .map(open -> open.audience(destination))
                .orElse(Audience.PUBLIC));
    }

    /** Finds a channel by name. */
    public Optional<Channel> byName(String name) {
        return channels.stream().filter(channel -> channel.name().equals(name)).findFirst();
    }
}
