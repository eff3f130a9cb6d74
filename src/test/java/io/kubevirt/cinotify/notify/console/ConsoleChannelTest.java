// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.console;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.GuardedWrites;
import io.kubevirt.cinotify.fixture.NotificationBuilder;
import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.SendResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The console as one channel among others. */
class ConsoleChannelTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ConsoleChannel console = new ConsoleChannel(out);
    private final OutgoingMessage deferred =
            new NotificationBuilder("one").deferred(NOON, NOON.plus(Duration.ofHours(20)), false);

    @Test
    void aDeferredNotificationIsShownAndItsRetractionIsOneLine() {
        assertThat(console.announce(addressed(deferred))).isInstanceOf(SendResult.Sent.class);
        assertThat(text())
                .startsWith("\n● DEFERRED until 2026-07-16 08:00 UTC  one broken: 1 PR blocked\n")
                .contains("\n  Somebody primary");

        out.reset();
        console.retract(addressed(((OutgoingMessage.IncidentMessage) deferred)
                .because(OutgoingMessage.WITHDRAWN + "somebody acknowledged it")));
        assertThat(text()).isEqualTo("\n● DROPPED  one: somebody acknowledged it\n");
    }

    @Test
    void incidentAndTextMessagesAreParagraphs() {
        console.post(addressed(new NotificationBuilder("one").resolved(NOON)));
        assertThat(text()).startsWith("\n● RESOLVED  one\n").doesNotContain("/ci-notify");

        out.reset();
        console.post(addressed(
                new OutgoingMessage.TextMessage("a", "a", "console", "stdout", "Title", "o/r#&#8203;1\ntwo\u001b[2J")));
        assertThat(text()).isEqualTo("\n● Title\n  o/r#1\n  two?[2J\n");
    }

    @Test
    void textMessagesForOtherChannelsAreIgnored() {
        assertThat(console.destinations(deferred)).containsExactly("stdout");
        assertThat(console.destinations(new OutgoingMessage.TextMessage("a", "a", "slack", "C1", "Title", "")))
                .isEmpty();
    }

    @Test
    void theGuardIsAskedBeforeEachWrite() {
        GuardedWrites.check(console, addressed(deferred), () ->
                (int) text().chars().filter(c -> c == '●').count());
    }

    @Test
    void aClosedOutputIsRetriedLater() {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("closed");
            }
        };

        assertThat(new ConsoleChannel(closed).post(addressed(deferred)))
                .isInstanceOfSatisfying(SendResult.RetryLater.class, later -> assertThat(later.reason())
                        .contains("standard output", "closed"));
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private static AddressedMessage addressed(OutgoingMessage content) {
        return new AddressedMessage("console", "stdout", content);
    }
}
