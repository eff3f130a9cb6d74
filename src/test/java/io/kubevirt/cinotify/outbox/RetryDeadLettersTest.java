// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.config.SendingConfig;
import io.kubevirt.cinotify.fixture.FakeChannel;
import io.kubevirt.cinotify.fixture.FakeChannel.Fault;
import io.kubevirt.cinotify.fixture.NotificationBuilder;
import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.notify.ChannelCapabilities;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.store.OutboxEntries.OutboxEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetryDeadLettersTest {

    @TempDir
    private Path folder;

    private final FakeChannel slack = FakeChannel.withThreads("slack");
    private final FakeChannel board = FakeChannel.postOnly("webhook");
    private final NotificationBuilder incident = new NotificationBuilder("1");
    private OutboxHarness rig;

    @BeforeEach
    void open() {
        rig = new OutboxHarness(folder, slack, board);
    }

    private List<OutboxEntry> dead() {
        return rig.database
                .store()
                .inTransaction(transaction -> transaction.outboxEntries().dead());
    }

    private void retryAll() {
        for (OutboxEntry each : dead()) {
            assertThat(rig.database.store().<Boolean>inTransaction(transaction -> transaction
                            .outboxEntries()
                            .retry(each.number(), rig.now)))
                    .isTrue();
        }
        rig.settle();
    }

    @Test
    void aDeadLetterIsSentOnceItsCauseIsFixed() {
        OutgoingMessage opened = incident.opened(rig.now);
        slack.failNext(Fault.REFUSED);
        rig.add(opened).settle();
        assertThat(dead()).singleElement().satisfies(one -> {
            assertThat(one.channel()).isEqualTo("slack");
            assertThat(one.destination()).isEqualTo("room");
            assertThat(one.messageId()).isEqualTo(opened.id());
            assertThat(one.problem()).isEqualTo("slack wants another token: give it one");
        });
        assertThat(rig.deliveryCounts().failed()).isEqualTo(1);

        retryAll();

        assertThat(slack.log()).containsExactly("post " + opened.id());
        assertThat(dead()).isEmpty();
        assertThat(rig.deliveryCounts().failed()).isZero();
        assertThat(rig.deliveryCounts().delivered()).isEqualTo(1);
        assertThat(rig.deliveryCounts().unaccounted()).isZero();
    }

    @Test
    void operatorsReadOnceThatAMessageWasGivenUpAndNeverOfTheNotice() {
        slack.readBy(Audience.PUBLIC);
        rig.notifying("webhook", "ops");
        OutgoingMessage opened = incident.opened(rig.now);
        slack.failNext(Fault.REFUSED);
        board.failNext(Fault.NONE, Fault.REFUSED);
        rig.add(opened).settle();
        assertThat(dead()).extracting(OutboxEntry::messageId).containsExactly(opened.id(), noticeId(opened, "slack"));

        retryAll();

        assertThat(board.entries())
                .filteredOn(entry -> entry.destination.equals("ops"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.shows())
                        .isInstanceOfSatisfying(OutgoingMessage.TextMessage.class, notice -> {
                            assertThat(notice.title()).endsWith("Not sent to room of slack: a message was given up");
                            assertThat(notice.markdown())
                                    .contains(opened.id(), "slack wants another token", "outbox retry")
                                    .doesNotContain("broken");
                        }));
        assertThat(dead()).isEmpty();
    }

    private static String noticeId(OutgoingMessage message, String channel) {
        return "dead-letter-" + message.id() + "-" + Integer.toHexString((channel + " room").hashCode());
    }

    @Test
    void operatorsReadOfEachDestinationAndNotTheNameOfARestrictedOne() {
        FakeChannel ops = new FakeChannel("email", new ChannelCapabilities(false, false, false), content -> List.of());
        rig = new OutboxHarness(folder, slack, board, ops).notifying("email", "ops");
        OutgoingMessage opened = incident.opened(rig.now);
        slack.failNext(Fault.REFUSED);
        board.readBy(Audience.PUBLIC).failNext(Fault.REFUSED);
        rig.add(opened).settle();

        assertThat(ops.entries())
                .extracting(entry -> (OutgoingMessage.TextMessage) entry.shows())
                .satisfiesExactlyInAnyOrder(
                        notice -> {
                            assertThat(notice.title())
                                    .isEqualTo("Not sent to a restricted destination of slack: a message was given up");
                            assertThat(notice.markdown())
                                    .contains(opened.id(), "outbox list")
                                    .doesNotContain("Reason", "token", "room");
                        },
                        notice -> {
                            assertThat(notice.title()).isEqualTo("Not sent to room of webhook: a message was given up");
                            assertThat(notice.markdown()).contains("Reason: webhook wants another token");
                        });
    }

    @Test
    void aDeadLetterThatWasSentAfterAllIsFoundAndNotSentTwice() {
        SendingConfig impatient = new SendingConfig(10, 10, 1, Duration.ZERO, null);
        rig = new OutboxHarness(folder, impatient, 1, slack);
        OutgoingMessage opened = incident.opened(rig.now);
        slack.failNext(Fault.LOST_AFTER);
        rig.add(opened).settle();
        assertThat(dead()).hasSize(1);

        retryAll();

        assertThat(slack.log()).containsExactly("post " + opened.id());
        assertThat(rig.state(opened, slack)).isEqualTo("sent");
    }

    @Test
    void aDeadLetterOfAResolvedIncidentIsNotSent() {
        OutgoingMessage opened = incident.opened(rig.now);
        slack.failNext(Fault.REFUSED);
        rig.add(opened).settle();
        rig.add(incident.resolved(rig.now)).settle();

        retryAll();

        assertThat(slack.log()).isEmpty();
        assertThat(rig.unsettled()).isZero();
        assertThat(rig.deliveryCounts().unaccounted()).isZero();
    }

    @Test
    void aDeadLetterDoesNotOvertakeANewerMessage() {
        OutgoingMessage opened = incident.opened(rig.now);
        slack.failNext(Fault.REFUSED);
        rig.add(opened).settle();
        OutgoingMessage reminded = incident.of(NotificationKind.REMINDED, rig.now);
        rig.add(reminded).settle();

        retryAll();

        assertThat(slack.entries())
                .singleElement()
                .satisfies(root -> assertThat(root.shows().id()).isEqualTo(reminded.id()));
        assertThat(rig.unsettled()).isZero();
    }

    @Test
    void aRetriedDeadLetterGetsAllItsAttemptsAgain() {
        rig.add(incident.opened(rig.now));
        slack.failAll(() -> Fault.LATER);
        rig.pass(Duration.ofHours(25));
        assertThat(dead()).hasSize(1);

        retryAll();
        rig.pass(Duration.ofHours(20));
        assertThat(dead()).isEmpty();
        slack.failAll(() -> Fault.NONE);
        rig.pass(Duration.ofHours(1));

        assertThat(slack.log()).hasSize(1);
    }

    @Test
    void aWithdrawnDeadLetterStaysDead() {
        OutgoingMessage opened = incident.opened(rig.now);
        slack.failNext(Fault.REFUSED);
        rig = new OutboxHarness(folder, slack);
        rig.add(opened).settle();
        assertThat(rig.withdraw(opened)).isTrue();

        assertThat(dead()).isEmpty();
    }

    @Test
    void aNumberOfNoDeadLetterIsNotRetried() {
        assertThat(rig.database.store().<Boolean>inTransaction(transaction -> transaction
                        .outboxEntries()
                        .retry(1, rig.now)))
                .isFalse();
    }
}
