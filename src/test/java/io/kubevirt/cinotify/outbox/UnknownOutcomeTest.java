// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.config.SendingConfig;
import io.kubevirt.cinotify.fixture.FakeChannel;
import io.kubevirt.cinotify.fixture.FakeChannel.Fault;
import io.kubevirt.cinotify.fixture.NotificationBuilder;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.notify.ChannelCapabilities;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.outbox.MessageClaimer.ClaimedMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be there, however late it comes and whatever became of its row. */
class UnknownOutcomeTest {

    private static final Duration HOUR = Duration.ofHours(1);

    /** Gives up at the first failure. */
    private static final SendingConfig IMPATIENT = new SendingConfig(10, 10, 1, Duration.ZERO, null);

    @TempDir
    private Path folder;

    private final FakeChannel slack = FakeChannel.withThreads("slack");
    private final FakeChannel webhook = FakeChannel.postOnly("webhook");
    private final NotificationBuilder incident = new NotificationBuilder("one");

    @Test
    void aMessageThatAppearsLateIsNotSentTwice() {
        OutboxHarness rig = new OutboxHarness(folder, slack);
        slack.failNext(Fault.LOST_ON_THE_WAY);
        rig.add(incident.opened(rig.now)).pass(Duration.ofSeconds(20));
        slack.deliverDelayed();
        rig.pass(HOUR);

        assertThat(slack.log()).containsExactly("post one-1-opened");
        assertThat(rig.unsettled()).isZero();
    }

    @Test
    void aCallThatHungMayBeCarriedOutLaterThanItsEnd() {
        OutboxHarness rig = new OutboxHarness(folder, slack);
        slack.failNext(Fault.LOST_ON_THE_WAY);
        rig.add(incident.opened(rig.now)).applyRateLimit();
        ClaimedMessage claimed = rig.claim(slack).orElseThrow();
        rig.now = rig.now.plusSeconds(25);
        rig.send(slack, claimed);
        rig.pass(Duration.ofSeconds(20));
        slack.deliverDelayed();
        rig.pass(HOUR);

        assertThat(slack.log()).containsExactly("post one-1-opened");
    }

    @Test
    void aReplicaThatTakesOverWaitsForALaggingSearch() {
        FakeChannel jira = new FakeChannel(
                "jira",
                new ChannelCapabilities(true, true, true, Duration.ZERO, Duration.ofMinutes(1)),
                content -> List.of("board"));
        OutboxHarness rig = new OutboxHarness(folder, jira);
        jira.failNext(Fault.LOST_ON_THE_WAY);
        rig.add(incident.opened(rig.now)).pass(Duration.ofSeconds(40));
        rig.crash();
        rig.pass(Duration.ofSeconds(15));
        jira.deliverDelayed();
        rig.pass(HOUR);

        assertThat(jira.log()).containsExactly("post one-1-opened");
    }

    @Test
    void aMessageThatNeverAppearsIsSentOnceThatIsCertain() {
        OutboxHarness rig = new OutboxHarness(folder, slack);
        slack.failNext(Fault.LOST_BEFORE);
        rig.add(incident.opened(rig.now)).pass(Duration.ofSeconds(45));

        assertThat(slack.log()).containsExactly("post one-1-opened");
    }

    @Test
    void theResolutionWaitsForAMessageThatMayStillAppear() {
        OutboxHarness rig = new OutboxHarness(folder, slack);
        slack.failNext(Fault.LOST_ON_THE_WAY);
        rig.add(incident.opened(rig.now)).settle();
        rig.add(incident.resolved(rig.now)).pass(Duration.ofSeconds(10));
        rig.add(incident.of(NotificationKind.REMINDED, rig.now))
                .add(incident.resolved(rig.now))
                .pass(Duration.ofSeconds(10));
        slack.deliverDelayed();
        rig.pass(HOUR);

        assertThat(slack.entries())
                .singleElement()
                .satisfies(root -> assertThat(root.shows().id()).isEqualTo("one-4-resolved"));
        assertThat(rig.unsettled()).isZero();
    }

    @Test
    void aReplyThatAppearsLateMentionsOnce() {
        OutboxHarness rig = new OutboxHarness(folder, slack);
        rig.add(incident.opened(rig.now)).settle();
        slack.failNext(Fault.NONE, Fault.LOST_ON_THE_WAY);
        rig.add(incident.of(NotificationKind.ESCALATED, rig.now)).pass(Duration.ofSeconds(20));
        slack.deliverDelayed();
        rig.pass(HOUR);

        assertThat(slack.entries()).singleElement().satisfies(root -> assertThat(root.replies)
                .hasSize(1));
    }

    @Test
    void anEditWithoutAnAnswerIsRepeatedSoon() {
        OutboxHarness rig = new OutboxHarness(folder, slack);
        rig.add(incident.opened(rig.now)).settle();
        slack.failNext(Fault.LOST_BEFORE);
        rig.add(incident.resolved(rig.now)).settle().pass(Duration.ofSeconds(5));

        assertThat(slack.log()).containsExactly("post one-1-opened", "edit one-2-resolved");
    }

    @Test
    void anEditThatWasGivenUpIsVerifiedWithTheNextOne() {
        OutboxHarness rig = new OutboxHarness(folder, IMPATIENT, 1, slack);
        rig.add(incident.opened(rig.now)).settle();
        slack.failNext(Fault.LOST_ON_THE_WAY);
        OutgoingMessage resolved = incident.resolved(rig.now);
        rig.add(resolved).settle();
        assertThat(rig.state(resolved, slack)).isEqualTo("dead");
        rig.add(incident.of(NotificationKind.CHANGED, rig.now)).settle();
        slack.deliverDelayed();
        rig.pass(Duration.ofMinutes(1));

        assertThat(shown()).isEqualTo("one-3-changed");
    }

    @Test
    void anEditThatWasGivenUpIsNotReplacedByAnEarlierState() {
        SendingConfig twice = new SendingConfig(10, 10, 2, Duration.ZERO, null);
        OutboxHarness rig = new OutboxHarness(folder, twice, 1, slack);
        rig.add(incident.opened(rig.now)).settle();
        slack.failNext(Fault.LOST_AFTER, Fault.LOST_BEFORE);
        rig.add(incident.resolved(rig.now)).pass(HOUR);

        assertThat(shown()).isEqualTo("one-2-resolved");
    }

    @Test
    void afterReadBacksWereGivenUpTheNextEditIsVerified() {
        OutboxHarness rig = new OutboxHarness(folder, slack);
        rig.add(incident.opened(rig.now)).settle();
        slack.failNext(Fault.LOST_ON_THE_WAY);
        slack.failReadBacks(true);
        rig.add(incident.resolved(rig.now)).pass(Duration.ofHours(30));
        int readBacks = slack.readBacks();
        rig.pass(HOUR);
        assertThat(slack.readBacks()).as("reading back has an end").isEqualTo(readBacks);
        slack.failReadBacks(false);
        rig.add(incident.of(NotificationKind.CHANGED, rig.now)).settle();
        slack.deliverDelayed();
        rig.pass(Duration.ofMinutes(1));

        assertThat(shown()).isEqualTo("one-3-changed");
    }

    @Test
    void anEditAfterAReadBackThatNeverSucceedsIsGivenUp() {
        OutboxHarness rig = new OutboxHarness(folder, slack);
        rig.add(incident.opened(rig.now)).settle();
        slack.failNext(Fault.LOST_ON_THE_WAY);
        rig.add(incident.of(NotificationKind.CHANGED, rig.now)).settle();
        rig.add(incident.resolved(rig.now)).pass(Duration.ofSeconds(5));
        slack.deliverDelayed();
        slack.failAll(() -> Fault.LOST_BEFORE);
        rig.pass(Duration.ofHours(30));
        int readBacks = slack.readBacks();
        rig.pass(HOUR);

        assertThat(slack.readBacks()).isEqualTo(readBacks);
    }

    @Test
    void whatAnOperatorDropsStaysAsItIsAndIsNotDoubled() {
        OutboxHarness rig = new OutboxHarness(folder, slack);
        slack.failNext(Fault.LOST_AFTER);
        rig.add(incident.opened(rig.now)).settle();
        drop(rig);
        rig.add(incident.of(NotificationKind.ESCALATED, rig.now)).pass(HOUR);
        assertThat(slack.entries()).hasSize(1);

        slack.failNext(Fault.LOST_AFTER);
        rig.add(incident.resolved(rig.now)).settle();
        drop(rig);
        rig.pass(HOUR);
        assertThat(shown()).isEqualTo("one-3-resolved");
    }

    private static void drop(OutboxHarness rig) {
        long newest = rig.database.outcomes().query("SELECT 1 FROM outbox").size();
        boolean dropped = rig.database
                .store()
                .inTransaction(transaction -> transaction.outboxEntries().drop(newest, rig.now));
        assertThat(dropped).isTrue();
    }

    private String shown() {
        return slack.entries().getFirst().shows().id();
    }

    @Test
    void anUncertainDeadLetterIsLookedUpBeforeTheNextNotification() {
        OutboxHarness rig = new OutboxHarness(folder, IMPATIENT, 1, slack);
        slack.failNext(Fault.LOST_AFTER);
        OutgoingMessage opened = incident.opened(rig.now);
        rig.add(opened).settle();
        assertThat(rig.state(opened, slack)).isEqualTo("dead");
        rig.add(incident.of(NotificationKind.ESCALATED, rig.now)).pass(HOUR);

        assertThat(slack.entries()).singleElement().satisfies(root -> {
            assertThat(root.shows().id()).isEqualTo("one-2-escalated");
            assertThat(root.replies).hasSize(1);
        });
    }

    @Test
    void anUncertainDeadLetterThatIsMissingBlocksNothing() {
        OutboxHarness rig = new OutboxHarness(folder, IMPATIENT, 1, slack);
        slack.failNext(Fault.LOST_BEFORE);
        rig.add(incident.opened(rig.now)).settle();
        rig.add(incident.of(NotificationKind.ESCALATED, rig.now)).pass(HOUR);

        assertThat(slack.log()).containsExactly("post one-2-escalated");
        assertThat(rig.unsettled()).isZero();
    }

    @Test
    void theResolutionOfAnUncertainDeadLetterIsSent() {
        OutboxHarness rig = new OutboxHarness(folder, IMPATIENT, 1, slack, webhook);
        slack.failNext(Fault.LOST_AFTER);
        webhook.failNext(Fault.LOST_AFTER);
        rig.add(incident.opened(rig.now)).settle();
        rig.add(incident.resolved(rig.now)).pass(HOUR);

        assertThat(slack.entries())
                .singleElement()
                .satisfies(root -> assertThat(root.shows().id()).isEqualTo("one-2-resolved"));
        assertThat(webhook.log()).containsExactly("post one-1-opened", "post one-2-resolved");
        assertThat(rig.unsettled()).isZero();
    }

    @Test
    void theResolutionOfACertainDeadLetterIsNotSent() {
        OutboxHarness rig = new OutboxHarness(folder, IMPATIENT, 1, slack, webhook);
        slack.failNext(Fault.LATER);
        webhook.failNext(Fault.LATER);
        rig.add(incident.opened(rig.now)).settle();
        rig.add(incident.resolved(rig.now)).pass(HOUR);

        assertThat(slack.log()).isEmpty();
        assertThat(webhook.log()).isEmpty();
        assertThat(rig.unsettled()).isZero();
    }

    @Test
    void aHiddenMessageIsNotSentTwice() {
        OutboxHarness rig = new OutboxHarness(folder, slack);
        rig.add(incident.opened(rig.now)).settle();
        slack.failNext(Fault.HIDDEN);
        rig.add(incident.of(NotificationKind.ESCALATED, rig.now)).pass(HOUR);

        assertThat(slack.entries()).singleElement().satisfies(root -> {
            assertThat(root.shows().id()).isEqualTo("one-2-escalated");
            assertThat(root.replies).hasSize(1);
        });
        assertThat(rig.unsettled()).isZero();
    }

    @Test
    void aMessageHiddenRepeatedlyBlocksNothing() {
        OutboxHarness rig = new OutboxHarness(folder, slack);
        rig.add(incident.opened(rig.now)).settle();
        slack.failAll(() -> Fault.HIDDEN);
        rig.add(incident.resolved(rig.now)).pass(HOUR);
        slack.failAll(() -> Fault.NONE);
        rig.pass(HOUR);

        assertThat(slack.entries()).hasSize(1);
        assertThat(rig.unsettled()).isZero();
    }
}
