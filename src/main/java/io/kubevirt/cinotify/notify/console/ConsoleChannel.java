// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.console;

import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.Announcer;
import io.kubevirt.cinotify.notify.ChannelCapabilities;
import io.kubevirt.cinotify.notify.LookupResult;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.SendResult;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Prints what is said, one paragraph each. What was printed can be neither changed nor looked for. */
public final class ConsoleChannel implements Announcer {

    private static final String DESTINATION = "stdout";

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final OutputStream out;
    private final UnaryOperator<String> lineFormat;

    /** @param out where to print paragraphs, in UTF-8 */
    public ConsoleChannel(OutputStream out) {
        this(out, UnaryOperator.identity());
    }

    /** @param form what becomes of a paragraph before it is printed as a line */
    public ConsoleChannel(OutputStream out, UnaryOperator<String> form) {
        this.out = out;
        this.lineFormat = form;
    }

    @Override
    public String name() {
        return "console";
    }

    @Override
    public ChannelCapabilities capabilities() {
        return new ChannelCapabilities(false, false, false);
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
    public SendResult post(AddressedMessage message) {
        return print(ConsoleFormatter.format(message.message()));
    }

    @Override
    public SendResult announce(AddressedMessage message) {
        return print(ConsoleFormatter.formatDeferred(message.message()));
    }

    @Override
    public SendResult retract(AddressedMessage message) {
        return print(ConsoleFormatter.formatDropped(message.message()));
    }

    @Override
    public SendResult edit(AddressedMessage message, String root) {
        throw new UnsupportedOperationException("what is printed cannot be changed");
    }

    @Override
    public SendResult reply(AddressedMessage message, String root) {
        throw new UnsupportedOperationException("nothing stands below what is printed");
    }

    @Override
    public LookupResult findRoot(AddressedMessage message) {
        return new LookupResult.NotFound();
    }

    @Override
    public LookupResult findReply(AddressedMessage message, String root) {
        return new LookupResult.NotFound();
    }

    /** Several threads speak, and each paragraph is to stay in one piece. */
    private synchronized SendResult print(String text) {
        try {
            out.write((lineFormat.apply(text) + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            return new SendResult.Sent(DESTINATION);
        } catch (IOException e) {
            return new SendResult.RetryLater(PAUSE, "standard output takes nothing (" + e.getMessage() + ")");
        }
    }
}
