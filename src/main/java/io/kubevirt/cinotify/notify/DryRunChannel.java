// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify;

import io.kubevirt.cinotify.incident.Audience;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Logs what a channel would send, and calls nothing. */
public final class DryRunChannel implements Channel {
    /** The reference of messages that were never sent. */
    static final String REFERENCE = "dry-run";

    private static final Logger LOG = Logger.getLogger(DryRunChannel.class);

    private final Channel channel;
    private final Supplier<DestinationRules> rules;

    /** @param rules what marks destinations as public or private */
    public DryRunChannel(Channel channel, Supplier<DestinationRules> rules) {
        this.channel = channel;
        this.rules = rules;
    }

    @Override
    public String name() {
        return channel.name();
    }

    @Override
    public ChannelCapabilities capabilities() {
        return channel.capabilities();
    }

    @Override
    public List<String> destinations(OutgoingMessage content) {
        return channel.destinations(content);
    }

    @Override
    public Audience audience(String destination) {
        return channel.audience(destination);
    }

    @Override
    public Optional<String> directMessages(String handle) {
        return channel.directMessages(handle);
    }

    @Override
    public Optional<String> defaultDestination() {
        return channel.defaultDestination();
    }

    @Override
    public SendResult post(AddressedMessage message) {
        return show("post at", message);
    }

    @Override
    public SendResult edit(AddressedMessage message, String root) {
        return show("edit at", message);
    }

    @Override
    public SendResult reply(AddressedMessage message, String root) {
        return show("reply at", message);
    }

    @Override
    public LookupResult findRoot(AddressedMessage message) {
        return new LookupResult.NotFound();
    }

    @Override
    public LookupResult findReply(AddressedMessage message, String root) {
        return new LookupResult.NotFound();
    }

    private SendResult show(String what, AddressedMessage message) {
        // The log is an output for everybody.
        Audience readers =
                rules.get().mark(name(), message.destination()).orElseGet(() -> audience(message.destination()));
        String preview = readers == Audience.PUBLIC
                ? message.destination() + ": " + channel.preview(message)
                : "a restricted destination: " + message.marker();
        LOG.infof("dry run: %s would %s %s", name(), what, preview);
        return new SendResult.Sent(REFERENCE);
    }
}
