// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.console;

import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.Announcer;
import io.kubevirt.cinotify.notify.ChannelCapabilities;
import io.kubevirt.cinotify.notify.LookupResult;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.SendResult;
import io.kubevirt.cinotify.notify.template.Links;
import io.kubevirt.cinotify.notify.template.MessageModelFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Prints messages, one paragraph each. Printed messages cannot be edited or looked up. */
public final class ConsoleChannel implements Announcer {
    private static final String DESTINATION = "stdout";

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final OutputStream out;
    private final UnaryOperator<String> paragraphFormat;
    private final ConsoleFormatter formatter;

    /** Without configured guidance, in UTC. */
    public ConsoleChannel(OutputStream out) {
        this(
                out,
                UnaryOperator.identity(),
                () -> new MessageModelFactory(Links.none(), handle -> null),
                ZoneId.of("UTC"));
    }

    /**
     * @param out receives paragraphs in UTF-8
     * @param paragraphFormat applied to each paragraph
     * @param models asked for each message, since the configuration may change
     * @param zone in which times are shown
     */
    public ConsoleChannel(
            OutputStream out,
            UnaryOperator<String> paragraphFormat,
            Supplier<MessageModelFactory> models,
            ZoneId zone) {
        this.out = out;
        this.paragraphFormat = paragraphFormat;
        this.formatter = new ConsoleFormatter(models, zone);
    }

    @Override
    public String name() {
        return "console";
    }

    @Override
    public ChannelCapabilities capabilities() {
        return new ChannelCapabilities(false, false, false, Duration.ZERO, Duration.ZERO);
    }

    @Override
    public List<String> destinations(OutgoingMessage content) {
        return content instanceof OutgoingMessage.TextMessage textMessage
                        && !textMessage.channel().equals(name())
                ? List.of()
                : List.of(DESTINATION);
    }

    @Override
    public Optional<String> defaultDestination() {
        return Optional.of(DESTINATION);
    }

    @Override
    public Audience audience(String destination) {
        return Audience.PUBLIC;
    }

    @Override
    public SendResult post(AddressedMessage message) {
        return print(message, formatter.format(message.message()));
    }

    @Override
    public SendResult announce(AddressedMessage message) {
        return print(message, formatter.formatDeferred(message.message()));
    }

    @Override
    public SendResult retract(AddressedMessage message) {
        return print(message, formatter.formatDropped(message.message()));
    }

    @Override
    public SendResult edit(AddressedMessage message, String root) {
        throw new UnsupportedOperationException("the console cannot edit");
    }

    @Override
    public SendResult reply(AddressedMessage message, String root) {
        throw new UnsupportedOperationException("the console has no replies");
    }

    @Override
    public LookupResult findRoot(AddressedMessage message) {
        return new LookupResult.NotFound();
    }

    @Override
    public LookupResult findReply(AddressedMessage message, String root) {
        return new LookupResult.NotFound();
    }

    /** Synchronized, so that paragraphs do not mix. */
    private synchronized SendResult print(AddressedMessage message, String text) {
        message.beforeWrite();
        try {
            out.write((paragraphFormat.apply(text) + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            return new SendResult.Sent(DESTINATION);
        } catch (IOException e) {
            return new SendResult.RetryLater(PAUSE, "cannot write to standard output (" + e.getMessage() + ")");
        }
    }
}
