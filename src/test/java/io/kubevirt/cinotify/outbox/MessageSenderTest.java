// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.FakeChannel;
import io.kubevirt.cinotify.fixture.FakeChannel.Entry;
import io.kubevirt.cinotify.fixture.FakeChannel.Fault;
import io.kubevirt.cinotify.fixture.NotificationBuilder;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.notify.ChannelCapabilities;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.outbox.MessageClaimer.ClaimedMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
        OutboxHarness outbox = new OutboxHarness(folder, slack, console);
        outbox.add(incident.opened(NOON)).settle();
        outbox.add(incident.of(NotificationKind.ESCALATED, NOON)).settle();
        outbox.add(incident.resolved(NOON)).settle();

        assertThat(slack.log())
                .containsExactly(
                        "post one-1-opened", "edit one-2-escalated", "reply one-2-escalated", "edit one-3-resolved");
        assertThat(slack.entries()).singleElement().satisfies(root -> {
            assertThat(root.shows().id()).isEqualTo("one-3-resolved");
            assertThat(root.replies).hasSize(1);
        });
        assertThat(console.log()).containsExactly("post one-1-opened", "post one-2-escalated", "post one-3-resolved");
        assertThat(outbox.deliveryCounts().delivered()).isEqualTo(3);
        assertThat(outbox.deliveryCounts().unaccounted()).isZero();
    }

    @Test
    void aMessageAddedTwiceIsSentOnce() {
        OutboxHarness outbox = new OutboxHarness(folder, slack);
        OutgoingMessage.IncidentMessage opened = incident.opened(NOON);
        outbox.add(opened).settle().add(opened).settle();

        assertThat(slack.log()).containsExactly("post one-1-opened");
    }

    @Test
    void aChannelDownForAnHourThenGetsInOrderWhatStillMatters() {
        OutboxHarness outbox = new OutboxHarness(folder, slack, console);
        NotificationBuilder broken = new NotificationBuilder("broken");
        NotificationBuilder known = new NotificationBuilder("known");
        outbox.add(known.opened(outbox.now)).settle();

        slack.failAll(() -> Fault.LATER);
        outbox.add(incident.opened(outbox.now)).add(broken.opened(outbox.now)).pass(Duration.ofMinutes(20));
        outbox.add(broken.of(NotificationKind.ESCALATED, outbox.now)).pass(Duration.ofMinutes(20));
        outbox.add(incident.resolved(outbox.now))
                .add(known.resolved(outbox.now))
                .pass(Duration.ofMinutes(20));
        assertThat(slack.log()).containsExactly("post known-1-opened");
        assertThat(outbox.deliveryCounts().unaccounted()).isZero();

        slack.failAll(() -> Fault.NONE);
        outbox.pass(Duration.ofMinutes(10));

        assertThat(slack.log())
                .as("nothing of the one that opened and healed meanwhile")
                .containsSubsequence("post broken-1-opened", "edit broken-2-escalated", "reply broken-2-escalated")
                .contains("edit known-2-resolved")
                .hasSize(5);
        assertThat(console.log()).as("another channel does not wait").hasSize(6);
        assertThat(outbox.unsettled()).isZero();
        assertThat(outbox.deliveryCounts().unaccounted()).isZero();
    }

    @Test
    void severalEditsThatWaitedAreOne() {
        OutboxHarness outbox = new OutboxHarness(folder, slack);
        outbox.add(incident.opened(NOON)).settle();
        slack.failNext(Fault.LATER);
        outbox.add(incident.of(NotificationKind.DIGEST, NOON)).settle();
        outbox.add(incident.of(NotificationKind.DIGEST, NOON))
                .add(incident.resolved(NOON))
                .pass(HOUR);

        assertThat(slack.log()).containsExactly("post one-1-opened", "edit one-4-resolved");
        assertThat(outbox.unsettled()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"LOST_BEFORE", "LOST_AFTER", "LATER", "NONE"})
    void anUncertainMessageIsLookedUpBeforeItIsSentAgain(Fault fault) {
        OutboxHarness outbox = new OutboxHarness(folder, slack);
        slack.failNext(fault);
        outbox.add(incident.opened(NOON)).pass(HOUR);
        slack.failNext(Fault.NONE, fault);
        outbox.add(incident.of(NotificationKind.REMINDED, outbox.now)).pass(HOUR);

        assertThat(slack.entries()).singleElement().satisfies(root -> assertThat(root.replies)
                .hasSize(1));
        assertThat(outbox.unsettled()).isZero();
    }

    @Test
    void anUncertainMessageOfAResolvedIncidentIsLookedUpAndEdited() {
        OutboxHarness outbox = new OutboxHarness(folder, slack);
        slack.failNext(Fault.LOST_AFTER);
        outbox.add(incident.opened(NOON)).settle();
        outbox.add(incident.resolved(NOON)).pass(HOUR);

        assertThat(slack.entries())
                .singleElement()
                .satisfies(root -> assertThat(root.shows().id()).isEqualTo("one-2-resolved"));

        NotificationBuilder other = new NotificationBuilder("other");
        slack.failNext(Fault.LOST_BEFORE);
        outbox.add(other.opened(outbox.now))
                .settle()
                .add(other.resolved(outbox.now))
                .pass(HOUR);
        assertThat(slack.entries()).hasSize(1);
        assertThat(outbox.unsettled()).isZero();
    }

    @Test
    void withoutLookupAnUncertainMessageIsSentAgainAsAPossibleDuplicate() {
        OutboxHarness outbox = new OutboxHarness(folder, console);
        console.failNext(Fault.LOST_AFTER, Fault.LATER);
        outbox.add(incident.opened(NOON)).pass(HOUR);

        assertThat(console.entries()).hasSize(2).last().satisfies(again -> {
            OutgoingMessage.IncidentMessage shown = (OutgoingMessage.IncidentMessage) again.shows();
            assertThat(shown.notification().text()).startsWith(Notification.POSSIBLE_DUPLICATE);
            assertThat(shown.why()).last().asString().contains("sent before");
        });
    }

    @Test
    void whatChangedBeforeIsShownBySilentRootsAndPossibleDuplicates() {
        Notification.ChangeNote note = new Notification.ChangeNote("changed: #7", null);
        OutgoingMessage.IncidentMessage deferred = incident.deferred(NOON, NOON.plus(HOUR), true);
        OutboxHarness outbox = new OutboxHarness(folder, slack, console);
        console.failNext(Fault.LOST_AFTER, Fault.LATER);

        outbox.add(new OutgoingMessage.IncidentMessage(deferred.notification().with(note), deferred.why()))
                .pass(HOUR.multipliedBy(2));

        assertThat(console.entries()).hasSize(2);
        assertThat(slack.entries()).hasSize(1);
        assertThat(Stream.of(console.entries().getLast(), slack.entries().getFirst())
                        .flatMap(entry -> entry.versions.stream()))
                .allSatisfy(shown -> assertThat(((OutgoingMessage.IncidentMessage) shown)
                                .notification()
                                .changes())
                        .isEqualTo(note));
    }

    @Test
    void withoutLookupTheResolutionOfAnUncertainMessageIsSent() {
        OutboxHarness outbox = new OutboxHarness(folder, console);
        console.failNext(Fault.LOST_AFTER, Fault.LATER, Fault.LATER);
        outbox.add(incident.opened(NOON)).settle().add(incident.resolved(NOON)).pass(HOUR);

        assertThat(console.entries())
                .extracting(entry -> entry.shows().id())
                .containsExactly("one-1-opened", "one-2-resolved");
        assertThat(outbox.unsettled()).isZero();
    }

    @Test
    void aRejectedMessageIsDeadAtOnceAndItsDeliveryHasFailed() {
        OutboxHarness outbox = new OutboxHarness(folder, slack);
        slack.failNext(Fault.REFUSED);
        OutgoingMessage.IncidentMessage opened = incident.opened(NOON);
        outbox.add(opened).pass(HOUR);

        assertThat(outbox.state(opened, slack)).isEqualTo("dead");
        assertThat(slack.log()).isEmpty();
        assertThat(outbox.deliveryCounts().failed()).isEqualTo(1);
        assertThat(outbox.deliveryCounts().unaccounted()).isZero();
    }

    @Test
    void nothingIsTriedForEver() {
        OutboxHarness outbox = new OutboxHarness(folder, slack);
        slack.failAll(() -> Fault.LATER);
        OutgoingMessage.IncidentMessage opened = incident.opened(NOON);
        outbox.add(opened).pass(Duration.ofHours(23));
        assertThat(outbox.state(opened, slack)).isEqualTo("waiting");

        outbox.pass(Duration.ofHours(2));
        assertThat(outbox.state(opened, slack)).isEqualTo("dead");
        assertThat(outbox.database
                        .outcomes()
                        .query("SELECT problem FROM outbox")
                        .getFirst())
                .hasEntrySatisfying("problem", problem -> assertThat(problem.toString())
                        .contains("given up after", "slack is away"));
    }

    @Test
    void aChannelThatBreaksTheProgramHarmsNoOther() {
        OutboxHarness outbox = new OutboxHarness(folder, slack, console);
        slack.failNext(Fault.DEFECT);
        outbox.add(incident.opened(NOON)).settle();

        assertThat(console.log()).hasSize(1);
        assertThat(outbox.deliveryCounts().failed()).isEqualTo(1);
    }

    @Test
    void anErrorOfTheJvmIsRetriedAndReleasesTheDestination() {
        OutboxHarness outbox = new OutboxHarness(folder, slack);
        slack.failAll(() -> {
            throw new StackOverflowError();
        });
        outbox.add(incident.opened(NOON)).settle();
        assertThat(outbox.deliveryCounts().unsent()).isEqualTo(1);

        slack.failAll(() -> Fault.NONE);
        outbox.pass(ChannelCapabilities.DEFAULT_VISIBILITY_DELAY.multipliedBy(2));

        assertThat(slack.log()).hasSize(1);
        assertThat(outbox.deliveryCounts().unsent()).isZero();
    }

    @Test
    void aRetryAfterOfTheChannelIsHonored() {
        OutboxHarness outbox = new OutboxHarness(folder, slack);
        slack.failNext(Fault.TOO_MANY);
        outbox.add(incident.opened(NOON)).settle();
        outbox.add(new NotificationBuilder("two").opened(NOON)).pass(Duration.ofMinutes(59));
        assertThat(slack.log()).isEmpty();

        outbox.pass(Duration.ofMinutes(2));
        assertThat(slack.log()).hasSize(2);
    }

    @Test
    void aFailingDestinationBlocksNoOther() {
        FakeChannel slack = new FakeChannel(
                "slack", new ChannelCapabilities(true, true, true), content -> List.of(content.thread()));
        OutboxHarness outbox = new OutboxHarness(folder, slack);
        slack.failNext(Fault.TOO_MANY);
        outbox.add(incident.opened(NOON)).settle();
        outbox.add(new NotificationBuilder("two").opened(NOON)).settle();

        assertThat(slack.log()).containsExactly("post two-1-opened");
        outbox.pass(HOUR);
        assertThat(slack.log()).hasSize(2);
    }

    @Test
    void aRateLimitOfTheChannelPausesAllItsDestinationsAndIsNeverShortened() {
        FakeChannel slack = new FakeChannel(
                "slack", new ChannelCapabilities(true, true, true), content -> List.of(content.thread()));
        OutboxHarness outbox = new OutboxHarness(folder, slack);
        slack.failNext(Fault.LIMIT, Fault.BUSY);
        outbox.add(incident.opened(NOON)).add(new NotificationBuilder("two").opened(NOON));
        outbox.applyRateLimit();
        ClaimedMessage first = outbox.claim(slack).orElseThrow();
        ClaimedMessage second = outbox.claim(slack).orElseThrow();
        outbox.send(slack, first);
        outbox.send(slack, second);
        outbox.add(new NotificationBuilder("three").opened(NOON)).pass(Duration.ofMinutes(59));
        assertThat(slack.log()).isEmpty();

        outbox.pass(Duration.ofMinutes(2));
        assertThat(slack.log()).hasSize(3);
    }

    @Test
    void aDestinationIsNotCalledMoreOftenThanItsInterval() {
        FakeChannel slow = new FakeChannel(
                "slow",
                new ChannelCapabilities(true, true, true, Duration.ofSeconds(5)),
                content -> List.of("room", content.thread()));
        OutboxHarness outbox = new OutboxHarness(folder, slow);
        for (int number = 0; number < 4; number++) {
            outbox.add(new NotificationBuilder("i" + number).opened(NOON));
        }

        assertThat(outbox.settle().unsettled()).as("each place once").isEqualTo(3);
        assertThat(outbox.pass(Duration.ofSeconds(10)).unsettled()).isEqualTo(1);
        assertThat(outbox.pass(Duration.ofSeconds(5)).unsettled()).isZero();
    }

    @Test
    void aDeletedRootIsSentOnceMoreUnlessResolved() {
        OutboxHarness outbox = new OutboxHarness(folder, slack);
        outbox.add(incident.opened(NOON)).settle();
        slack.deleteAll();
        outbox.add(incident.of(NotificationKind.ESCALATED, NOON)).settle();
        assertThat(slack.entries()).extracting(Entry::toString).containsExactly("one-2-escalated");

        slack.deleteAll();
        outbox.add(incident.of(NotificationKind.ESCALATED, NOON)).settle();
        assertThat(slack.entries()).isEmpty();

        NotificationBuilder over = new NotificationBuilder("over");
        outbox.add(over.opened(NOON)).settle();
        slack.deleteAll();
        outbox.add(over.resolved(NOON)).settle();
        assertThat(slack.entries()).isEmpty();
        assertThat(outbox.unsettled()).isZero();
    }

    @Test
    void aDeferredMessageIsAnnouncedAndRetracted() {
        OutboxHarness outbox = new OutboxHarness(folder, console);
        Instant monday = NOON.plus(Duration.ofHours(30));
        OutgoingMessage.IncidentMessage healed = incident.deferred(NOON, monday, false);
        outbox.add(healed)
                .add(new NotificationBuilder("two").deferred(NOON, monday, false))
                .settle();
        assertThat(outbox.deliveryCounts().deferred()).isEqualTo(2);

        assertThat(outbox.withdraw(healed)).isTrue();
        assertThat(outbox.withdraw(healed)).isFalse();
        outbox.settle();
        outbox.now = monday;
        outbox.settle();

        assertThat(console.log())
                .containsExactly(
                        "announce one-1-opened", "announce two-1-opened", "retract one-1-opened", "post two-1-opened");
        assertThat(outbox.deliveryCounts().suppressed()).isEqualTo(Map.of("withdrawn", 1L));
        assertThat(outbox.deliveryCounts().unaccounted()).isZero();
    }

    @Test
    void aMessageSentSomewhereCannotBeWithdrawnButIsNotSentElsewhere() {
        OutboxHarness outbox = new OutboxHarness(folder, slack, console);
        slack.failNext(Fault.LATER);
        OutgoingMessage.IncidentMessage opened = incident.opened(NOON);
        outbox.add(opened).settle();

        assertThat(outbox.withdraw(opened)).isFalse();
        outbox.pass(HOUR);

        assertThat(slack.log()).isEmpty();
        assertThat(console.log()).containsExactly("post one-1-opened");
        assertThat(outbox.deliveryCounts().delivered()).isEqualTo(1);
    }

    @Test
    void theChannelGetsItAtOnceAndThePersonIsMentionedInTheMorning() {
        OutboxHarness outbox = new OutboxHarness(folder, slack);
        Instant morning = NOON.plus(Duration.ofHours(20));
        outbox.add(incident.deferred(NOON, morning, true)).settle();
        assertThat(slack.entries()).singleElement().satisfies(root -> assertThat(
                        ((OutgoingMessage.IncidentMessage) root.shows())
                                .notification()
                                .to())
                .isNull());

        outbox.now = morning;
        outbox.settle();
        assertThat(slack.log()).containsExactly("post one-1-opened", "reply one-1-opened");
        assertThat(((OutgoingMessage.IncidentMessage)
                                slack.entries().getFirst().replies.getFirst().shows())
                        .notification()
                        .to())
                .isNotNull();
    }

    @Test
    void aReminderForTheMorningIsNotSentIfResolvedByThen() {
        OutboxHarness outbox = new OutboxHarness(folder, slack, console);
        outbox.add(incident.opened(NOON)).settle();
        outbox.add(incident.deferred(NOON, NOON.plus(HOUR), false)).settle();
        outbox.add(incident.resolved(NOON)).settle().pass(HOUR.multipliedBy(2));

        assertThat(slack.log()).containsExactly("post one-1-opened", "announce one-2-opened", "edit one-3-resolved");
        assertThat(console.log()).filteredOn(line -> line.startsWith("post")).hasSize(2);
        assertThat(outbox.unsettled()).isZero();
    }

    @Test
    void aTextRepliesToTheRootAndNeverEditsIt() {
        OutboxHarness outbox = new OutboxHarness(folder, slack, console);
        outbox.add(incident.opened(NOON)).settle();
        outbox.add(new OutgoingMessage.TextMessage("answer", "one", "slack", "room", "Acknowledged", "by somebody"))
                .settle();
        outbox.add(new OutgoingMessage.TextMessage("hello", "hello", "console", "room", "Hello", ""))
                .settle();

        assertThat(slack.log()).containsExactly("post one-1-opened", "reply answer");
        assertThat(console.log()).containsExactly("post one-1-opened", "post hello");
    }

    @Test
    void aMessageOfACrashedReplicaIsTakenOverAfterItsLease() {
        OutboxHarness outbox = new OutboxHarness(folder, slack);
        outbox.add(incident.opened(NOON));
        outbox.applyRateLimit();
        ClaimedMessage claimed = outbox.claim(slack).orElseThrow();
        outbox.call(slack, claimed);
        outbox.crash();

        outbox.settle();
        assertThat(outbox.unsettled()).isEqualTo(1);
        outbox.pass(MessageClaimer.LEASE);

        assertThat(slack.log()).containsExactly("post one-1-opened");
        assertThat(outbox.unsettled()).isZero();
    }

    @Test
    void anUnreadableMessageBlocksNothing() {
        OutboxHarness outbox = new OutboxHarness(folder, slack);
        OutgoingMessage.IncidentMessage opened = incident.opened(NOON);
        outbox.add(opened).add(new NotificationBuilder("two").opened(NOON));
        outbox.database.execute("UPDATE message SET document = '{' WHERE thread = 'one'");
        outbox.settle();

        assertThat(outbox.state(opened, slack)).isEqualTo("dead");
        assertThat(slack.log()).containsExactly("post two-1-opened");
    }
}
