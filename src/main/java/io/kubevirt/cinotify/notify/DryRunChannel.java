// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify;

import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** A channel that asks and writes nothing: the log shows what it would write. */
public final class DryRunChannel implements Channel {

    /** By what it claims to know what it never wrote. */
    static final String REFERENCE = "dry-run";

    private static final Logger LOG = Logger.getLogger(DryRunChannel.class);

    private final Channel channel;

    /** @param channel the real one */
    public DryRunChannel(Channel channel) {
        this.channel = channel;
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
    public Optional<String> defaultDestination() {
        return channel.defaultDestination();
    }

    @Override
    public SendResult post(AddressedMessage saying) {
        return show("post at", saying);
    }

    @Override
    public SendResult edit(AddressedMessage saying, String root) {
        return show("edit at", saying);
    }

    @Override
    public SendResult reply(AddressedMessage saying, String root) {
        return show("reply at", saying);
    }

    @Override
    public LookupResult findRoot(AddressedMessage saying) {
        return new LookupResult.NotFound();
    }

    @Override
    public LookupResult findReply(AddressedMessage saying, String root) {
        return new LookupResult.NotFound();
    }

    private SendResult show(String what, AddressedMessage saying) {
        LOG.infof("dry run: %s would %s %s: %s", name(), what, saying.destination(), channel.preview(saying));
        return new SendResult.Sent(REFERENCE);
    }
}
