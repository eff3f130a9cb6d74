// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.config.SendingConfig;
import io.kubevirt.cinotify.fixture.FakeChannel;
import io.kubevirt.cinotify.fixture.FakeChannel.Fault;
import io.kubevirt.cinotify.fixture.NotificationBuilder;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.notify.ChannelCapabilities;
import io.kubevirt.cinotify.notify.OutgoingMessage.IncidentMessage;
import io.kubevirt.cinotify.outbox.MessageClaimer.ClaimedMessage;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services that carry out a request after its caller gave up or died: people see every message once and its last state. */
class LateWritesTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Set<NotificationKind> OPENED_AND_RESOLVED =
            Set.of(NotificationKind.OPENED, NotificationKind.RESOLVED);

    @TempDir
    private Path folder;

    private final FakeChannel slack = FakeChannel.withThreads("slack");
    private final NotificationBuilder incident = new NotificationBuilder("one");

    @Test
    void aLateEditDoesNotOutliveANewerState() {
        OutboxHarness rig = new OutboxHarness(folder, slack);
        rig.add(incident.opened(rig.now)).settle();
        slack.failNext(Fault.LOST_ON_THE_WAY);
        rig.add(incident.resolved(rig.now)).pass(Duration.ofSeconds(5));
        rig.add(incident.of(NotificationKind.CHANGED, rig.now)).pass(Duration.ofSeconds(20));
        slack.deliverDelayed();
        assertThat(shown()).isEqualTo("one-2-resolved");
        rig.pass(MINUTE);

        assertThat(shown()).isEqualTo("one-3-changed");
        int readBacks = slack.readBacks();
        rig.pass(MINUTE);
        assertThat(slack.readBacks()).as("the uncertainty has an end").isEqualTo(readBacks);
    }

    @Test
    void anEditUnderWayAtAKillDoesNotOutliveANewerState() {
        OutboxHarness rig = new OutboxHarness(folder, slack);
        rig.add(incident.opened(rig.now)).settle();
        slack.failNext(Fault.LOST_ON_THE_WAY);
        rig.add(incident.resolved(rig.now)).applyRateLimit();
        rig.call(slack, rig.claim(slack).orElseThrow());
        rig.restart();
        rig.add(incident.of(NotificationKind.CHANGED, rig.now)).pass(Duration.ofSeconds(20));
        slack.deliverDelayed();
        rig.pass(MINUTE);

        assertThat(shown()).isEqualTo("one-3-changed");
    }

    @Test
    void aMessageThatAPersonDeletedMeanwhileStaysDeleted() {
        OutboxHarness rig = new OutboxHarness(folder, slack);
        rig.add(incident.opened(rig.now)).settle();
        slack.failNext(Fault.LOST_AFTER);
        rig.add(incident.of(NotificationKind.CHANGED, rig.now)).settle().pass(Duration.ofSeconds(5));
        slack.deleteAll();
        rig.pass(MINUTE);

        assertThat(slack.entries()).isEmpty();
    }

    @Test
    void readBacksOfADestinationAreBoundedPerHour() {
        OutboxHarness rig = new OutboxHarness(folder, slack);
        rig.add(incident.opened(rig.now)).settle();

        assertThat(countReadBacks(rig)).isEqualTo(2);
        rig.now = rig.now.plus(Duration.ofHours(1));
        assertThat(countReadBacks(rig)).isEqualTo(2);
    }

    private static long countReadBacks(OutboxHarness rig) {
        return rig.database.store().inTransaction(transaction -> IntStream.range(0, 5)
                .filter(attempt -> transaction.destinations().countReadBack("slack", "room", rig.now, 2))
                .count());
    }

    @Test
    void aClosingCommentUnderWayAtAKillIsNotRepeated() {
        slack.withClosingComments();
        OutboxHarness rig = new OutboxHarness(folder, slack);
        rig.add(incident.opened(rig.now)).settle();
        rig.add(incident.resolved(rig.now)).applyRateLimit();
        slack.failNext(Fault.LOST_ON_THE_WAY);
        rig.call(slack, rig.claim(slack).orElseThrow());
        rig.restart();
        rig.pass(Duration.ofSeconds(20));
        slack.deliverDelayed();
        rig.pass(MINUTE);

        assertThat(slack.log()).containsExactly("post one-1-opened", "reply one-2-resolved", "edit one-2-resolved");
    }

    @Test
    void aRefusedClosingCommentDoesNotKeepTheIssueOpen() {
        slack.withClosingComments();
        OutboxHarness rig = new OutboxHarness(folder, slack);
        rig.add(incident.opened(rig.now)).settle();
        slack.failNext(Fault.REFUSED);
        rig.add(incident.resolved(rig.now)).settle();

        assertThat(slack.log()).containsExactly("post one-1-opened", "edit one-2-resolved");
    }

    @Test
    void theDoubtCountsFromTheWritingRequestNotFromTheClaim() {
        OutboxHarness rig = new OutboxHarness(folder, slack);
        slack.failNext(Fault.LOST_ON_THE_WAY);
        slack.beforeWrite(() -> rig.now = rig.now.plusSeconds(50));
        rig.add(incident.opened(rig.now)).applyRateLimit();
        rig.call(slack, rig.claim(slack).orElseThrow());
        slack.beforeWrite(() -> {});
        rig.restart();
        rig.pass(Duration.ofSeconds(20));
        slack.deliverDelayed();
        rig.pass(MINUTE);

        assertThat(slack.log()).containsExactly("post one-1-opened");
    }

    @Test
    void aReplicaWhoseClaimEndedBetweenItsRequestsWritesNothing() {
        OutboxHarness rig = new OutboxHarness(folder, slack);
        rig.add(incident.opened(rig.now)).applyRateLimit();
        MessageSender zombie = rig.sender();
        zombie.refreshLiveness();
        ClaimedMessage claimed = zombie.claim(slack).orElseThrow();
        slack.beforeWrite(() -> {
            slack.beforeWrite(() -> {});
            rig.restart();
            rig.pass(ChannelCapabilities.DEFAULT_VISIBILITY_DELAY.plusSeconds(5));
        });
        zombie.send(slack, claimed);

        assertThat(slack.log()).containsExactly("post one-1-opened");
    }

    @Test
    void aClaimThatEndsDuringAWritingRequestIsCounted() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Metrics.addRegistry(meters);
        OutboxHarness rig = new OutboxHarness(folder, slack);
        rig.add(incident.opened(rig.now)).applyRateLimit();
        MessageSender zombie = rig.sender();
        ClaimedMessage claimed = zombie.claim(slack).orElseThrow();
        slack.whileWriting(() -> {
            slack.whileWriting(() -> {});
            rig.restart();
            rig.settle();
        });
        zombie.send(slack, claimed);
        rig.pass(MINUTE);

        assertThat(slack.log()).as("the other one looked it up").containsExactly("post one-1-opened");
        assertThat(meters.get("ci_notify.claims.lost")
                        .tag("channel", "slack")
                        .counter()
                        .count())
                .isEqualTo(1);
        Metrics.removeRegistry(meters);
    }

    @Test
    void aKillBeforeTheWritingRequestStartsNoDoubt() {
        OutboxHarness rig = new OutboxHarness(folder, slack);
        rig.add(incident.opened(rig.now)).applyRateLimit();
        for (int life = 0; life < 5; life++) {
            rig.restart();
            assertThat(rig.claim(slack)).isPresent();
            rig.now = rig.now.plusSeconds(10);
        }
        rig.restart();
        rig.settle();

        assertThat(slack.log()).containsExactly("post one-1-opened");
    }

    /** The time after which a missing message is certain counts from its write, in whichever life. */
    @Test
    void aCrashLoopStarvesNoMessage() {
        FakeChannel limited = new FakeChannel(
                "slack",
                new ChannelCapabilities(true, true, true, Duration.ofSeconds(1), MINUTE),
                content -> List.of("room"));
        SendingConfig unlimited = new SendingConfig(1_000, 1_000, 10, Duration.ofDays(1), null);
        OutboxHarness rig = new OutboxHarness(folder, unlimited, 1, limited);
        IntStream.range(0, 60).forEach(number -> rig.add(new NotificationBuilder("incident" + number).opened(rig.now)));
        List<Fault> ends = List.of(Fault.LOST_BEFORE, Fault.LOST_AFTER, Fault.LOST_ON_THE_WAY);
        int lives = 0;
        while (rig.unsettled() > 0 && lives < 40) {
            rig.restart();
            rig.pass(Duration.ofSeconds(19));
            limited.deliverDelayed();
            rig.now = rig.now.plusSeconds(1);
            limited.failNext(ends.get(lives++ % ends.size()));
            rig.claim(limited).ifPresent(claimed -> rig.call(limited, claimed));
        }

        assertThat(rig.unsettled()).as("after %d lives of 20 s", lives).isZero();
        assertThat(limited.entries())
                .hasSize(60)
                .extracting(entry -> entry.rootMarker)
                .doesNotHaveDuplicates();
    }

    @Test
    void aMessageFoundAfterAKillIsSettledAtOnce() {
        OutboxHarness rig = new OutboxHarness(folder, slack);
        IncidentMessage opened = incident.opened(rig.now);
        rig.add(opened).applyRateLimit();
        rig.call(slack, rig.claim(slack).orElseThrow());
        rig.restart();
        rig.settle();

        assertThat(rig.state(opened, slack)).isEqualTo("sent");
    }

    @Test
    void theFirstNotificationAboutAnOpenIncidentIsOpened() {
        FakeChannel webhook = openedAndResolvedOnly();
        OutboxHarness rig = new OutboxHarness(folder, slack, webhook);
        slack.failAll(() -> Fault.LATER);
        webhook.failAll(() -> Fault.LATER);
        IncidentMessage opened = incident.opened(rig.now);
        rig.add(opened).settle();
        rig.add(incident.resolved(rig.now)).settle();
        rig.add(incident.of(NotificationKind.CHANGED, rig.now)).settle();
        slack.failAll(() -> Fault.NONE);
        webhook.failAll(() -> Fault.NONE);
        rig.pass(MINUTE);

        for (FakeChannel channel : List.of(slack, webhook)) {
            assertThat(channel.entries()).singleElement().satisfies(entry -> {
                Notification first = ((IncidentMessage) entry.versions.getFirst()).notification();
                assertThat(first.kind()).isEqualTo(NotificationKind.OPENED);
                assertThat(first.to()).isEqualTo(opened.notification().to());
            });
        }
    }

    /** What was lost on its way does not count as seen. */
    @Test
    void aRepetitionOfTheFirstNotificationIsOpenedToo() {
        FakeChannel webhook = FakeChannel.postOnly("webhook");
        OutboxHarness rig = new OutboxHarness(folder, webhook);
        webhook.failAll(() -> Fault.LATER);
        rig.add(incident.opened(rig.now)).settle();
        rig.add(incident.resolved(rig.now)).settle();
        webhook.failAll(() -> Fault.NONE);
        webhook.failNext(Fault.LOST_BEFORE);
        rig.add(incident.of(NotificationKind.CHANGED, rig.now)).settle();
        rig.pass(MINUTE);

        assertThat(webhook.entries()).singleElement().satisfies(entry -> assertThat(
                        ((IncidentMessage) entry.versions.getFirst())
                                .notification()
                                .kind())
                .isEqualTo(NotificationKind.OPENED));
    }

    /** The replica that sends the next message has a clock that is behind that of the one that sent the resolution. */
    @Test
    void aResolutionCountsWhateverTheClockOfItsSenderSays() {
        FakeChannel webhook = FakeChannel.postOnly("webhook");
        OutboxHarness rig = new OutboxHarness(folder, webhook);
        rig.add(incident.opened(rig.now)).settle();
        rig.now = rig.now.plus(MINUTE);
        webhook.beforeWrite(() -> rig.now = rig.now.plusSeconds(5));
        rig.add(incident.resolved(rig.now)).settle();
        webhook.beforeWrite(() -> {});
        rig.now = rig.now.minusSeconds(3);
        rig.add(incident.of(NotificationKind.CHANGED, rig.now)).settle();

        assertThat(webhook.log()).containsExactly("post one-1-opened", "post one-2-resolved", "post one-3-changed");
        assertThat(((IncidentMessage) webhook.entries().getLast().shows())
                        .notification()
                        .kind())
                .isEqualTo(NotificationKind.OPENED);
    }

    @Test
    void aLateMessageWithoutLookupIsNotOvertaken() {
        FakeChannel webhook = FakeChannel.postOnly("webhook");
        OutboxHarness rig = new OutboxHarness(folder, webhook);
        webhook.failNext(Fault.LOST_ON_THE_WAY);
        rig.add(incident.opened(rig.now)).settle();
        rig.add(incident.resolved(rig.now)).settle();
        rig.pass(Duration.ofSeconds(20));
        webhook.deliverDelayed();
        rig.pass(MINUTE);

        assertThat(webhook.entries())
                .extracting(entry ->
                        ((IncidentMessage) entry.shows()).notification().kind())
                .containsExactly(NotificationKind.OPENED, NotificationKind.RESOLVED);
    }

    @Test
    void aWebhookThatWasNotifiedOfTheResolutionIsNotifiedOfTheReturn() {
        FakeChannel webhook = openedAndResolvedOnly();
        OutboxHarness rig = new OutboxHarness(folder, webhook);
        rig.add(incident.opened(rig.now)).settle();
        rig.add(incident.of(NotificationKind.CHANGED, rig.now)).settle();
        rig.add(incident.resolved(rig.now)).settle();
        rig.add(incident.of(NotificationKind.CHANGED, rig.now)).settle();

        assertThat(webhook.log()).containsExactly("post one-1-opened", "post one-3-resolved", "post one-4-changed");
        assertThat(((IncidentMessage) webhook.entries().getLast().shows())
                        .notification()
                        .kind())
                .isEqualTo(NotificationKind.OPENED);
    }

    @Test
    void aMentionIsNotSentWhileTheResolutionIsRetried() {
        OutboxHarness rig = new OutboxHarness(folder, slack);
        rig.add(incident.deferred(rig.now, rig.now.plus(MINUTE), true)).settle();
        rig.now = rig.now.plus(MINUTE).minusMillis(1);
        slack.failNext(Fault.LATER);
        rig.add(incident.resolved(rig.now)).settle();
        rig.now = rig.now.plusMillis(1);
        rig.settle().pass(MINUTE);

        assertThat(slack.log()).containsExactly("post one-1-opened", "edit one-2-resolved");
    }

    @Test
    void anUndeliveredMessageKeepsNoDeliveryInProgress() {
        OutboxHarness rig = new OutboxHarness(folder, slack);
        slack.failNext(Fault.LATER);
        rig.add(incident.opened(rig.now)).settle();

        assertThat(rig.deliveryCounts().inProgress()).isZero();
        assertThat(rig.deliveryCounts().unsent()).isEqualTo(1);
        assertThat(rig.deliveryCounts().unaccounted()).isZero();
    }

    @Test
    void aDeferredParagraphIsMarkedWhenAKillRepeatsIt() {
        FakeChannel console = FakeChannel.postOnly("console");
        OutboxHarness rig = new OutboxHarness(folder, console);
        rig.add(incident.deferred(rig.now, rig.now.plus(Duration.ofHours(12)), false));
        rig.call(console, rig.claim(console).orElseThrow());
        rig.restart();
        rig.settle();

        assertThat(console.announced()).hasSize(2).last().satisfies(message -> assertThat(
                        ((IncidentMessage) message).notification().text())
                .startsWith(Notification.POSSIBLE_DUPLICATE));
    }

    private String shown() {
        return slack.entries().getFirst().shows().id();
    }

    private static FakeChannel openedAndResolvedOnly() {
        return new FakeChannel(
                "webhook",
                new ChannelCapabilities(false, false, false),
                content -> content instanceof IncidentMessage message
                                && OPENED_AND_RESOLVED.contains(
                                        message.notification().kind())
                        ? List.of("room")
                        : List.of());
    }
}
