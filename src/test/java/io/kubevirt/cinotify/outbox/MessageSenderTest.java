// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.FakeChannel;
import io.kubevirt.cinotify.fixture.FakeChannel.Entry;
import io.kubevirt.cinotify.fixture.FakeChannel.Fault;
import io.kubevirt.cinotify.fixture.NotificationBuilder;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.notify.ChannelCapabilities;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.outbox.MessageClaimer.ClaimedMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What people see of what was decided, whatever becomes of a call. */
class MessageSenderTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    private Path folder;

    private final FakeChannel slack = FakeChannel.withThreads("slack");
    private final FakeChannel console = FakeChannel.postOnly("console");
    private final NotificationBuilder incident = new NotificationBuilder("one");

    @Test
    void theRootIsEditedAndMentionsAreReplies() {
        OutboxHarness rig = new OutboxHarness(folder, slack, console);
        rig.add(incident.opened(NOON)).settle();
        rig.add(incident.of(NotificationKind.ESCALATED, NOON)).settle();
        rig.add(incident.resolved(NOON)).settle();

        assertThat(slack.log())
                .containsExactly(
                        "post one-1-opened", "edit one-2-escalated", "reply one-2-escalated", "edit one-3-resolved");
        assertThat(slack.entries()).singleElement().satisfies(root -> {
            assertThat(root.shows().id()).isEqualTo("one-3-resolved");
            assertThat(root.replies).hasSize(1);
        });
        assertThat(console.log()).containsExactly("post one-1-opened", "post one-2-escalated", "post one-3-resolved");
        assertThat(rig.deliveryCounts().delivered()).isEqualTo(3);
        assertThat(rig.deliveryCounts().unaccounted()).isZero();
    }

    @Test
    void aMessageAddedTwiceIsSentOnce() {
        OutboxHarness rig = new OutboxHarness(folder, slack);
        OutgoingMessage.IncidentMessage opened = incident.opened(NOON);
        rig.add(opened).settle().add(opened).settle();

        assertThat(slack.log()).containsExactly("post one-1-opened");
    }

    @Test
    void aChannelDownForAnHourThenGetsInOrderWhatStillMatters() {
        OutboxHarness rig = new OutboxHarness(folder, slack, console);
        NotificationBuilder broken = new NotificationBuilder("broken");
        NotificationBuilder known = new NotificationBuilder("known");
        rig.add(known.opened(rig.now)).settle();

        slack.failAll(() -> Fault.LATER);
        rig.add(incident.opened(rig.now)).add(broken.opened(rig.now)).pass(Duration.ofMinutes(20));
        rig.add(broken.of(NotificationKind.ESCALATED, rig.now)).pass(Duration.ofMinutes(20));
        rig.add(incident.resolved(rig.now)).add(known.resolved(rig.now)).pass(Duration.ofMinutes(20));
        assertThat(slack.log()).containsExactly("post known-1-opened");
        assertThat(rig.deliveryCounts().unaccounted()).isZero();

        slack.failAll(() -> Fault.NONE);
        rig.pass(Duration.ofMinutes(10));

        assertThat(slack.log())
                .as("nothing of the one that opened and healed meanwhile")
                .containsSubsequence("post broken-1-opened", "edit broken-2-escalated", "reply broken-2-escalated")
                .contains("edit known-2-resolved")
                .hasSize(5);
        assertThat(console.log()).as("another channel does not wait").hasSize(6);
        assertThat(rig.unsettled()).isZero();
        assertThat(rig.deliveryCounts().unaccounted()).isZero();
    }

    @Test
    void severalEditsThatWaitedAreOne() {
        OutboxHarness rig = new OutboxHarness(folder, slack);
        rig.add(incident.opened(NOON)).settle();
        slack.failNext(Fault.LATER);
        rig.add(incident.of(NotificationKind.DIGEST, NOON)).settle();
        rig.add(incident.of(NotificationKind.DIGEST, NOON))
                .add(incident.resolved(NOON))
                .pass(HOUR);

        assertThat(slack.log()).containsExactly("post one-1-opened", "edit one-4-resolved");
        assertThat(rig.unsettled()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"LOST_BEFORE", "LOST_AFTER", "LATER", "NONE"})
    void anUncertainMessageIsLookedUpBeforeItIsSentAgain(Fault fault) {
        OutboxHarness rig = new OutboxHarness(folder, slack);
        slack.failNext(fault);
        rig.add(incident.opened(NOON)).pass(HOUR);
        slack.failNext(Fault.NONE, fault);
        rig.add(incident.of(NotificationKind.REMINDED, rig.now)).pass(HOUR);

        assertThat(slack.entries()).singleElement().satisfies(root -> assertThat(root.replies)
                .hasSize(1));
        assertThat(rig.unsettled()).isZero();
    }

    @Test
    void anUncertainMessageOfAResolvedIncidentIsLookedUpAndEdited() {
        OutboxHarness rig = new OutboxHarness(folder, slack);
        slack.failNext(Fault.LOST_AFTER);
        rig.add(incident.opened(NOON)).settle();
        rig.add(incident.resolved(NOON)).pass(HOUR);

        assertThat(slack.entries())
                .singleElement()
                .satisfies(root -> assertThat(root.shows().id()).isEqualTo("one-2-resolved"));

        NotificationBuilder other = new NotificationBuilder("other");
        slack.failNext(Fault.LOST_BEFORE);
        rig.add(other.opened(rig.now)).settle().add(other.resolved(rig.now)).pass(HOUR);
        assertThat(slack.entries()).hasSize(1);
        assertThat(rig.unsettled()).isZero();
    }

    @Test
    void withoutLookupAnUncertainMessageIsSentAgainAsAPossibleDuplicate() {
        OutboxHarness rig = new OutboxHarness(folder, console);
        console.failNext(Fault.LOST_AFTER, Fault.LATER);
        rig.add(incident.opened(NOON)).pass(HOUR);

        assertThat(console.entries()).hasSize(2).last().satisfies(again -> {
            OutgoingMessage.IncidentMessage said = (OutgoingMessage.IncidentMessage) again.shows();
            assertThat(said.notification().text()).startsWith(ChannelInvoker.POSSIBLE_DUPLICATE);
            assertThat(said.why()).last().asString().contains("sent before");
        });
    }

    @Test
    void withoutLookupTheResolutionOfAnUncertainMessageIsSent() {
        OutboxHarness rig = new OutboxHarness(folder, console);
        console.failNext(Fault.LOST_AFTER, Fault.LATER, Fault.LATER);
        rig.add(incident.opened(NOON)).settle().add(incident.resolved(NOON)).pass(HOUR);

        assertThat(console.entries())
                .extracting(entry -> entry.shows().id())
                .containsExactly("one-1-opened", "one-2-resolved");
        assertThat(rig.unsettled()).isZero();
    }

    @Test
    void aRejectedMessageIsDeadAtOnceAndItsDeliveryHasFailed() {
        OutboxHarness rig = new OutboxHarness(folder, slack);
        slack.failNext(Fault.REFUSED);
        OutgoingMessage.IncidentMessage opened = incident.opened(NOON);
        rig.add(opened).pass(HOUR);

        assertThat(rig.state(opened, slack)).isEqualTo("dead");
        assertThat(slack.log()).isEmpty();
        assertThat(rig.deliveryCounts().failed()).isEqualTo(1);
        assertThat(rig.deliveryCounts().unaccounted()).isZero();
    }

    @Test
    void nothingIsTriedForEver() {
        OutboxHarness rig = new OutboxHarness(folder, slack);
        slack.failAll(() -> Fault.LATER);
        OutgoingMessage.IncidentMessage opened = incident.opened(NOON);
        rig.add(opened).pass(Duration.ofHours(23));
        assertThat(rig.state(opened, slack)).isEqualTo("waiting");

        rig.pass(Duration.ofHours(2));
        assertThat(rig.state(opened, slack)).isEqualTo("dead");
        assertThat(rig.database.outcomes().query("SELECT problem FROM outbox").getFirst())
                .hasEntrySatisfying("problem", problem -> assertThat(problem.toString())
                        .contains("given up after", "slack is away"));
    }

    @Test
    void aChannelThatBreaksTheProgramHarmsNoOther() {
        OutboxHarness rig = new OutboxHarness(folder, slack, console);
        slack.failNext(Fault.DEFECT);
        rig.add(incident.opened(NOON)).settle();

        assertThat(console.log()).hasSize(1);
        assertThat(rig.deliveryCounts().failed()).isEqualTo(1);
    }

    @Test
    void anErrorOfTheJvmIsRetriedAndReleasesTheDestination() {
        OutboxHarness rig = new OutboxHarness(folder, slack);
        slack.failAll(() -> {
            throw new StackOverflowError();
        });
        rig.add(incident.opened(NOON)).settle();
        assertThat(rig.deliveryCounts().inProgress()).isEqualTo(1);

        slack.failAll(() -> Fault.NONE);
        rig.pass(ChannelCapabilities.DEFAULT_VISIBILITY_DELAY.multipliedBy(2));

        assertThat(slack.log()).hasSize(1);
        assertThat(rig.deliveryCounts().inProgress()).isZero();
    }

    @Test
    void aRetryAfterOfTheChannelIsHonored() {
        OutboxHarness rig = new OutboxHarness(folder, slack);
        slack.failNext(Fault.TOO_MANY);
        rig.add(incident.opened(NOON)).settle();
        rig.add(new NotificationBuilder("two").opened(NOON)).pass(Duration.ofMinutes(59));
        assertThat(slack.log()).isEmpty();

        rig.pass(Duration.ofMinutes(2));
        assertThat(slack.log()).hasSize(2);
    }

    @Test
    void aFailingDestinationBlocksNoOther() {
        FakeChannel rooms = new FakeChannel(
                "rooms", new ChannelCapabilities(true, true, true), content -> List.of(content.thread()));
        OutboxHarness rig = new OutboxHarness(folder, rooms);
        rooms.failNext(Fault.TOO_MANY);
        rig.add(incident.opened(NOON)).settle();
        rig.add(new NotificationBuilder("two").opened(NOON)).settle();

        assertThat(rooms.log()).containsExactly("post two-1-opened");
        rig.pass(HOUR);
        assertThat(rooms.log()).hasSize(2);
    }

    @Test
    void aRateLimitOfTheChannelPausesAllItsDestinationsAndIsNeverShortened() {
        FakeChannel rooms = new FakeChannel(
                "rooms", new ChannelCapabilities(true, true, true), content -> List.of(content.thread()));
        OutboxHarness rig = new OutboxHarness(folder, rooms);
        rooms.failNext(Fault.LIMIT, Fault.BUSY);
        rig.add(incident.opened(NOON)).add(new NotificationBuilder("two").opened(NOON));
        rig.applyRateLimit();
        ClaimedMessage first = rig.claim(rooms).orElseThrow();
        ClaimedMessage second = rig.claim(rooms).orElseThrow();
        rig.send(rooms, first);
        rig.send(rooms, second);
        rig.add(new NotificationBuilder("three").opened(NOON)).pass(Duration.ofMinutes(59));
        assertThat(rooms.log()).isEmpty();

        rig.pass(Duration.ofMinutes(2));
        assertThat(rooms.log()).hasSize(3);
    }

    @Test
    void aDestinationIsNotCalledMoreOftenThanItsInterval() {
        FakeChannel slow = new FakeChannel(
                "slow",
                new ChannelCapabilities(true, true, true, Duration.ofSeconds(5)),
                content -> List.of("room", content.thread()));
        OutboxHarness rig = new OutboxHarness(folder, slow);
        for (int number = 0; number < 4; number++) {
            rig.add(new NotificationBuilder("i" + number).opened(NOON));
        }

        assertThat(rig.settle().unsettled()).as("each place once").isEqualTo(3);
        assertThat(rig.pass(Duration.ofSeconds(10)).unsettled()).isEqualTo(1);
        assertThat(rig.pass(Duration.ofSeconds(5)).unsettled()).isZero();
    }

    @Test
    void aDeletedRootIsSentOnceMoreUnlessResolved() {
        OutboxHarness rig = new OutboxHarness(folder, slack);
        rig.add(incident.opened(NOON)).settle();
        slack.deleteAll();
        rig.add(incident.of(NotificationKind.ESCALATED, NOON)).settle();
        assertThat(slack.entries()).extracting(Entry::toString).containsExactly("one-2-escalated");

        slack.deleteAll();
        rig.add(incident.of(NotificationKind.ESCALATED, NOON)).settle();
        assertThat(slack.entries()).isEmpty();

        NotificationBuilder over = new NotificationBuilder("over");
        rig.add(over.opened(NOON)).settle();
        slack.deleteAll();
        rig.add(over.resolved(NOON)).settle();
        assertThat(slack.entries()).isEmpty();
        assertThat(rig.unsettled()).isZero();
    }

    @Test
    void aDeferredMessageIsAnnouncedAndRetracted() {
        OutboxHarness rig = new OutboxHarness(folder, console);
        Instant monday = NOON.plus(Duration.ofHours(30));
        OutgoingMessage.IncidentMessage healed = incident.deferred(NOON, monday, false);
        rig.add(healed)
                .add(new NotificationBuilder("two").deferred(NOON, monday, false))
                .settle();
        assertThat(rig.deliveryCounts().deferred()).isEqualTo(2);

        assertThat(rig.withdraw(healed)).isTrue();
        assertThat(rig.withdraw(healed)).isFalse();
        rig.settle();
        rig.now = monday;
        rig.settle();

        assertThat(console.log())
                .containsExactly(
                        "announce one-1-opened", "announce two-1-opened", "retract one-1-opened", "post two-1-opened");
        assertThat(rig.deliveryCounts().suppressed()).isEqualTo(Map.of("withdrawn", 1L));
        assertThat(rig.deliveryCounts().unaccounted()).isZero();
    }

    @Test
    void aMessageSentSomewhereCannotBeWithdrawnButIsNotSentElsewhere() {
        OutboxHarness rig = new OutboxHarness(folder, slack, console);
        slack.failNext(Fault.LATER);
        OutgoingMessage.IncidentMessage opened = incident.opened(NOON);
        rig.add(opened).settle();

        assertThat(rig.withdraw(opened)).isFalse();
        rig.pass(HOUR);

        assertThat(slack.log()).isEmpty();
        assertThat(console.log()).containsExactly("post one-1-opened");
        assertThat(rig.deliveryCounts().delivered()).isEqualTo(1);
    }

    @Test
    void theChannelGetsItAtOnceAndThePersonIsMentionedInTheMorning() {
        OutboxHarness rig = new OutboxHarness(folder, slack);
        Instant morning = NOON.plus(Duration.ofHours(20));
        rig.add(incident.deferred(NOON, morning, true)).settle();
        assertThat(slack.entries()).singleElement().satisfies(root -> assertThat(
                        ((OutgoingMessage.IncidentMessage) root.shows())
                                .notification()
                                .to())
                .isNull());

        rig.now = morning;
        rig.settle();
        assertThat(slack.log()).containsExactly("post one-1-opened", "reply one-1-opened");
        assertThat(((OutgoingMessage.IncidentMessage)
                                slack.entries().getFirst().replies.getFirst().shows())
                        .notification()
                        .to())
                .isNotNull();
    }

    @Test
    void aReminderForTheMorningIsNotSentIfResolvedByThen() {
        OutboxHarness rig = new OutboxHarness(folder, slack, console);
        rig.add(incident.opened(NOON)).settle();
        rig.add(incident.deferred(NOON, NOON.plus(HOUR), false)).settle();
        rig.add(incident.resolved(NOON)).settle().pass(HOUR.multipliedBy(2));

        assertThat(slack.log()).containsExactly("post one-1-opened", "announce one-2-opened", "edit one-3-resolved");
        assertThat(console.log()).filteredOn(line -> line.startsWith("post")).hasSize(2);
        assertThat(rig.unsettled()).isZero();
    }

    @Test
    void aTextRepliesToTheRootAndNeverEditsIt() {
        OutboxHarness rig = new OutboxHarness(folder, slack, console);
        rig.add(incident.opened(NOON)).settle();
        rig.add(new OutgoingMessage.TextMessage("answer", "one", "slack", "room", "Acknowledged", "by somebody"))
                .settle();
        rig.add(new OutgoingMessage.TextMessage("hello", "hello", "console", "room", "Hello", ""))
                .settle();

        assertThat(slack.log()).containsExactly("post one-1-opened", "reply answer");
        assertThat(console.log()).containsExactly("post one-1-opened", "post hello");
    }

    @Test
    void aMessageOfACrashedReplicaIsTakenOverAfterItsLease() {
        OutboxHarness rig = new OutboxHarness(folder, slack);
        rig.add(incident.opened(NOON));
        rig.applyRateLimit();
        ClaimedMessage errand = rig.claim(slack).orElseThrow();
        ChannelInvoker.invoke(slack, errand, () -> true);
        rig.crash();

        rig.settle();
        assertThat(rig.unsettled()).isEqualTo(1);
        rig.pass(MessageClaimer.LEASE);

        assertThat(slack.log()).containsExactly("post one-1-opened");
        assertThat(rig.unsettled()).isZero();
    }

    @Test
    void anUnreadableMessageBlocksNothing() {
        OutboxHarness rig = new OutboxHarness(folder, slack);
        OutgoingMessage.IncidentMessage opened = incident.opened(NOON);
        rig.add(opened).add(new NotificationBuilder("two").opened(NOON));
        rig.database.execute("UPDATE message SET document = '{' WHERE thread = 'one'");
        rig.settle();

        assertThat(rig.state(opened, slack)).isEqualTo("dead");
        assertThat(slack.log()).containsExactly("post two-1-opened");
    }
}
