// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.config.SendingConfig;
import io.kubevirt.cinotify.fixture.FakeChannel;
import io.kubevirt.cinotify.fixture.NotificationBuilder;
import io.kubevirt.cinotify.notify.ChannelCapabilities;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rate limit bounds mentions and loses nothing. */
class RateLimiterTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    private Path folder;

    private final FakeChannel slack = FakeChannel.withThreads("slack");

    @Test
    void pastTheCapThereIsOneNoticeAndAfterTheHourOneDigest() {
        OutboxHarness rig = rig(3, 100);
        for (int number = 0; number < 8; number++) {
            rig.add(new NotificationBuilder("i" + number, "person" + number).opened(rig.now))
                    .pass(Duration.ofMinutes(1));
        }
        assertThat(slack.log())
                .hasSize(4)
                .filteredOn(line -> line.contains("notice"))
                .hasSize(1);
        assertThat(rig.deliveryCounts().deferred()).isEqualTo(5);
        assertThat(rig.deliveryCounts().unaccounted()).isZero();

        rig.pass(HOUR);

        assertThat(slack.log()).hasSize(5);
        OutgoingMessage.TextMessage digest =
                (OutgoingMessage.TextMessage) slack.entries().getLast().shows();
        assertThat(digest.title()).startsWith("5 messages");
        assertThat(digest.markdown().lines()).hasSize(5).first().isEqualTo("- opened `example/thing i3` for `person3`");
        assertThat(rig.deliveryCounts().delivered()).isEqualTo(8);
        assertThat(rig.deliveryCounts().unaccounted()).isZero();

        rig.add(new NotificationBuilder("later").opened(rig.now)).settle();
        assertThat(slack.log()).last().isEqualTo("post later-1-opened");
    }

    @Test
    void theLimitOfOnePersonDoesNotSilenceOthers() {
        OutboxHarness rig = rig(100, 2);
        for (int number = 0; number < 4; number++) {
            rig.add(new NotificationBuilder("i" + number, "busy").opened(rig.now));
        }
        rig.add(new NotificationBuilder("other", "idle").opened(rig.now)).settle();

        assertThat(slack.log())
                .contains("post i0-1-opened", "post i1-1-opened", "post other-1-opened")
                .hasSize(4);
    }

    @Test
    void theDigestMarksResolvedMessagesAndLeavesOutWithdrawnOnes() {
        OutboxHarness rig = rig(1, 100);
        NotificationBuilder healing = new NotificationBuilder("healing");
        OutgoingMessage.IncidentMessage taken = new NotificationBuilder("taken").opened(rig.now);
        rig.add(new NotificationBuilder("first").opened(rig.now))
                .add(healing.opened(rig.now))
                .add(taken)
                .settle();
        assertThat(rig.withdraw(taken)).isTrue();
        rig.add(healing.resolved(rig.now)).pass(HOUR);

        assertThat(((OutgoingMessage.TextMessage) slack.entries().getLast().shows()).markdown())
                .isEqualTo("- opened `example/thing healing` for `Somebody` – resolved");
        assertThat(slack.log()).as("nothing of its end by itself").hasSize(3);
        assertThat(rig.withdraw(healing.opened(rig.now))).isFalse();
        assertThat(rig.deliveryCounts().unaccounted()).isZero();
        assertThat(rig.unsettled()).isZero();
    }

    @Test
    void aMessageThatMentionsNobodyIsNotCounted() {
        OutboxHarness rig = rig(1, 1);
        NotificationBuilder notifications = new NotificationBuilder("one");
        rig.add(notifications.opened(NOON))
                .settle()
                .add(notifications.resolved(NOON))
                .settle();

        assertThat(slack.log()).containsExactly("post one-1-opened", "edit one-2-resolved");
    }

    @Test
    void aChannelWithoutAHomeGetsEachMessage() {
        FakeChannel board = FakeChannel.withThreads("board").withoutDefaultDestination();
        OutboxHarness rig = rig(1, 100, board, slack);
        for (int number = 0; number < 3; number++) {
            rig.add(new NotificationBuilder("i" + number, "person" + number).opened(rig.now));
        }
        rig.settle();

        assertThat(board.log()).containsExactly("post i0-1-opened", "post i1-1-opened", "post i2-1-opened");
        assertThat(slack.log()).as("one, and the notice").hasSize(2);

        rig.add(new NotificationBuilder("i2", "person2").resolved(rig.now)).pass(HOUR);

        assertThat(((OutgoingMessage.TextMessage) slack.entries().getLast().shows())
                        .markdown()
                        .lines())
                .as("where it is kept back, it comes in the digest")
                .containsExactly(
                        "- opened `example/thing i1` for `person1`",
                        "- opened `example/thing i2` for `person2` – resolved");
        assertThat(board.log()).last().isEqualTo("edit i2-1-resolved");
        assertThat(rig.deliveryCounts().delivered()).isEqualTo(4);
        assertThat(rig.deliveryCounts().unaccounted()).isZero();
        assertThat(rig.unsettled()).isZero();
    }

    @Test
    void aChannelThatMentionsNobodyIsNotLimited() {
        FakeChannel board = new FakeChannel(
                        "board",
                        new ChannelCapabilities(true, true, true),
                        content -> content.id().startsWith("board") ? List.of("room") : List.of())
                .withoutDefaultDestination();
        FakeChannel people = new FakeChannel(
                "slack",
                new ChannelCapabilities(true, true, true),
                content -> content.id().startsWith("board") ? List.of() : List.of("room"));
        OutboxHarness rig = rig(1, 100, board, people);
        rig.add(new NotificationBuilder("board0").opened(rig.now))
                .add(new NotificationBuilder("board1").opened(rig.now))
                .settle()
                .add(new NotificationBuilder("people").opened(rig.now))
                .settle();

        assertThat(board.log()).hasSize(2);
        assertThat(people.log()).containsExactly("post people-1-opened");
    }

    @Test
    void aMessageThatOnlyWaitsForTheDigestCanBeWithdrawn() {
        FakeChannel board = FakeChannel.withThreads("board").withoutDefaultDestination();
        OutboxHarness rig = rig(1, 100, board, slack);
        OutgoingMessage.IncidentMessage taken = new NotificationBuilder("taken").opened(rig.now);
        rig.add(new NotificationBuilder("first").opened(rig.now)).settle();
        rig.add(taken).applyRateLimit();

        assertThat(rig.withdraw(taken)).isTrue();
        rig.pass(HOUR);

        assertThat(slack.log()).as("the first and the notice").hasSize(2);
        assertThat(board.log()).containsExactly("post first-1-opened");
        assertThat(rig.deliveryCounts().unaccounted()).isZero();
    }

    private OutboxHarness rig(int perHour, int perPerson) {
        return rig(perHour, perPerson, slack);
    }

    private OutboxHarness rig(int perHour, int perPerson, FakeChannel... open) {
        return new OutboxHarness(
                folder, new SendingConfig(perHour, perPerson, 10, Duration.ofHours(24), null), 1, open);
    }
}
