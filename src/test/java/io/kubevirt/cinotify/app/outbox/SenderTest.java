/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.app.outbox;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.FakeChannel;
import io.kubevirt.cinotify.fixture.FakeChannel.Entry;
import io.kubevirt.cinotify.fixture.FakeChannel.Fault;
import io.kubevirt.cinotify.fixture.News;
import io.kubevirt.cinotify.incident.policy.MessageKind;
import io.kubevirt.cinotify.notice.Abilities;
import io.kubevirt.cinotify.notice.Content;
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
class SenderTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    private Path folder;

    private final FakeChannel slack = FakeChannel.able("slack");
    private final FakeChannel console = FakeChannel.plain("console");
    private final News news = new News("one");

    @Test
    void aRootIsEditedAndWhatCallsAPersonStandsBelowIt() {
        OutboxRig rig = new OutboxRig(folder, slack, console);
        rig.add(news.opened(NOON)).settle();
        rig.add(news.of(MessageKind.ESCALATED, NOON)).settle();
        rig.add(news.resolved(NOON)).settle();

        assertThat(slack.log())
                .containsExactly(
                        "post one-1-opened", "edit one-2-escalated", "reply one-2-escalated", "edit one-3-resolved");
        assertThat(slack.entries()).singleElement().satisfies(root -> {
            assertThat(root.shows().id()).isEqualTo("one-3-resolved");
            assertThat(root.replies).hasSize(1);
        });
        assertThat(console.log()).containsExactly("post one-1-opened", "post one-2-escalated", "post one-3-resolved");
        assertThat(rig.tally().delivered()).isEqualTo(3);
        assertThat(rig.tally().difference()).isZero();
    }

    @Test
    void whatIsAddedTwiceIsSaidOnce() {
        OutboxRig rig = new OutboxRig(folder, slack);
        Content.IncidentNews opened = news.opened(NOON);
        rig.add(opened).settle().add(opened).settle();

        assertThat(slack.log()).containsExactly("post one-1-opened");
    }

    @Test
    void aChannelThatIsAwayForAnHourSaysAfterwardsWhatStillCountsInOrder() {
        OutboxRig rig = new OutboxRig(folder, slack, console);
        News broken = new News("broken");
        News known = new News("known");
        rig.add(known.opened(rig.now)).settle();

        slack.weather(() -> Fault.LATER);
        rig.add(news.opened(rig.now)).add(broken.opened(rig.now)).pass(Duration.ofMinutes(20));
        rig.add(broken.of(MessageKind.ESCALATED, rig.now)).pass(Duration.ofMinutes(20));
        rig.add(news.resolved(rig.now)).add(known.resolved(rig.now)).pass(Duration.ofMinutes(20));
        assertThat(slack.log()).containsExactly("post known-1-opened");
        assertThat(rig.tally().difference()).isZero();

        slack.weather(() -> Fault.NONE);
        rig.pass(Duration.ofMinutes(10));

        assertThat(slack.log())
                .as("nothing of the one that opened and healed meanwhile")
                .containsSubsequence("post broken-1-opened", "edit broken-2-escalated", "reply broken-2-escalated")
                .contains("edit known-2-resolved")
                .hasSize(5);
        assertThat(console.log()).as("another channel does not wait").hasSize(6);
        assertThat(rig.unsettled()).isZero();
        assertThat(rig.tally().difference()).isZero();
    }

    @Test
    void severalEditsThatWaitedAreOne() {
        OutboxRig rig = new OutboxRig(folder, slack);
        rig.add(news.opened(NOON)).settle();
        slack.then(Fault.LATER);
        rig.add(news.of(MessageKind.DIGEST, NOON)).settle();
        rig.add(news.of(MessageKind.DIGEST, NOON)).add(news.resolved(NOON)).pass(HOUR);

        assertThat(slack.log()).containsExactly("post one-1-opened", "edit one-4-resolved");
        assertThat(rig.unsettled()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"LOST_BEFORE", "LOST_AFTER", "LATER", "NONE"})
    void whatMayHaveBeenWrittenIsLookedForBeforeItIsWrittenAgain(Fault fault) {
        OutboxRig rig = new OutboxRig(folder, slack);
        slack.then(fault);
        rig.add(news.opened(NOON)).pass(HOUR);
        slack.then(Fault.NONE, fault);
        rig.add(news.of(MessageKind.REMINDED, rig.now)).pass(HOUR);

        assertThat(slack.entries()).singleElement().satisfies(root -> assertThat(root.replies)
                .hasSize(1));
        assertThat(rig.unsettled()).isZero();
    }

    @Test
    void whatMayBeThereButIsOverByNowIsLookedForAndEdited() {
        OutboxRig rig = new OutboxRig(folder, slack);
        slack.then(Fault.LOST_AFTER);
        rig.add(news.opened(NOON)).settle();
        rig.add(news.resolved(NOON)).pass(HOUR);

        assertThat(slack.entries())
                .singleElement()
                .satisfies(root -> assertThat(root.shows().id()).isEqualTo("one-2-resolved"));

        News other = new News("other");
        slack.then(Fault.LOST_BEFORE);
        rig.add(other.opened(rig.now)).settle().add(other.resolved(rig.now)).pass(HOUR);
        assertThat(slack.entries()).hasSize(1);
        assertThat(rig.unsettled()).isZero();
    }

    @Test
    void whereNobodyCanLookItIsSaidAgainWithThatWord() {
        OutboxRig rig = new OutboxRig(folder, console);
        console.then(Fault.LOST_AFTER, Fault.LATER);
        rig.add(news.opened(NOON)).pass(HOUR);

        assertThat(console.entries()).hasSize(2).last().satisfies(again -> {
            Content.IncidentNews said = (Content.IncidentNews) again.shows();
            assertThat(said.message().text()).startsWith(Versions.REPEATED);
            assertThat(said.why()).last().asString().contains("said before");
        });
    }

    @Test
    void whereNobodyCanLookTheEndIsSaidOfWhatMayBeThere() {
        OutboxRig rig = new OutboxRig(folder, console);
        console.then(Fault.LOST_AFTER, Fault.LATER, Fault.LATER);
        rig.add(news.opened(NOON)).settle().add(news.resolved(NOON)).pass(HOUR);

        assertThat(console.entries())
                .extracting(entry -> entry.shows().id())
                .containsExactly("one-1-opened", "one-2-resolved");
        assertThat(rig.unsettled()).isZero();
    }

    @Test
    void aRefusalIsDeadAtOnceAndTheDeliveryHasFailed() {
        OutboxRig rig = new OutboxRig(folder, slack);
        slack.then(Fault.REFUSED);
        Content.IncidentNews opened = news.opened(NOON);
        rig.add(opened).pass(HOUR);

        assertThat(rig.state(opened, slack)).isEqualTo("dead");
        assertThat(slack.log()).isEmpty();
        assertThat(rig.tally().failed()).isEqualTo(1);
        assertThat(rig.tally().difference()).isZero();
    }

    @Test
    void nothingIsTriedForEver() {
        OutboxRig rig = new OutboxRig(folder, slack);
        slack.weather(() -> Fault.LATER);
        Content.IncidentNews opened = news.opened(NOON);
        rig.add(opened).pass(Duration.ofHours(23));
        assertThat(rig.state(opened, slack)).isEqualTo("waiting");

        rig.pass(Duration.ofHours(2));
        assertThat(rig.state(opened, slack)).isEqualTo("dead");
        assertThat(rig.database.outcomes().query("SELECT problem FROM saying").getFirst())
                .hasEntrySatisfying("problem", problem -> assertThat(problem.toString())
                        .contains("given up after", "slack is away"));
    }

    @Test
    void aChannelThatBreaksTheProgramHarmsNoOther() {
        OutboxRig rig = new OutboxRig(folder, slack, console);
        slack.then(Fault.DEFECT);
        rig.add(news.opened(NOON)).settle();

        assertThat(console.log()).hasSize(1);
        assertThat(rig.tally().failed()).isEqualTo(1);
    }

    @Test
    void aChannelThatExhaustsTheProgramIsTriedAgainAndHoldsNoPlace() {
        OutboxRig rig = new OutboxRig(folder, slack);
        slack.weather(() -> {
            throw new StackOverflowError();
        });
        rig.add(news.opened(NOON)).settle();
        assertThat(rig.tally().inProgress()).isEqualTo(1);

        slack.weather(() -> Fault.NONE);
        rig.pass(Abilities.LATE.multipliedBy(2));

        assertThat(slack.log()).hasSize(1);
        assertThat(rig.tally().inProgress()).isZero();
    }

    @Test
    void aChannelThatWantsPeaceIsLeftAlone() {
        OutboxRig rig = new OutboxRig(folder, slack);
        slack.then(Fault.TOO_MANY);
        rig.add(news.opened(NOON)).settle();
        rig.add(new News("two").opened(NOON)).pass(Duration.ofMinutes(59));
        assertThat(slack.log()).isEmpty();

        rig.pass(Duration.ofMinutes(2));
        assertThat(slack.log()).hasSize(2);
    }

    @Test
    void aPlaceThatTakesNothingHoldsNoOther() {
        FakeChannel rooms =
                new FakeChannel("rooms", new Abilities(true, true, true), content -> List.of(content.thread()));
        OutboxRig rig = new OutboxRig(folder, rooms);
        rooms.then(Fault.TOO_MANY);
        rig.add(news.opened(NOON)).settle();
        rig.add(new News("two").opened(NOON)).settle();

        assertThat(rooms.log()).containsExactly("post two-1-opened");
        rig.pass(HOUR);
        assertThat(rooms.log()).hasSize(2);
    }

    @Test
    void aLimitOfTheChannelHoldsAllPlacesAndNobodyMakesItShorter() {
        FakeChannel rooms =
                new FakeChannel("rooms", new Abilities(true, true, true), content -> List.of(content.thread()));
        OutboxRig rig = new OutboxRig(folder, rooms);
        rooms.then(Fault.LIMIT, Fault.BUSY);
        rig.add(news.opened(NOON)).add(new News("two").opened(NOON));
        rig.restrain();
        Errand first = rig.claim(rooms).orElseThrow();
        Errand second = rig.claim(rooms).orElseThrow();
        rig.carryOut(rooms, first);
        rig.carryOut(rooms, second);
        rig.add(new News("three").opened(NOON)).pass(Duration.ofMinutes(59));
        assertThat(rooms.log()).isEmpty();

        rig.pass(Duration.ofMinutes(2));
        assertThat(rooms.log()).hasSize(3);
    }

    @Test
    void aPlaceIsNotCalledMoreOftenThanItBears() {
        FakeChannel slow = new FakeChannel(
                "slow",
                new Abilities(true, true, true, Duration.ofSeconds(5)),
                content -> List.of("room", content.thread()));
        OutboxRig rig = new OutboxRig(folder, slow);
        for (int number = 0; number < 4; number++) {
            rig.add(new News("i" + number).opened(NOON));
        }

        assertThat(rig.settle().unsettled()).as("each place once").isEqualTo(3);
        assertThat(rig.pass(Duration.ofSeconds(10)).unsettled()).isEqualTo(1);
        assertThat(rig.pass(Duration.ofSeconds(5)).unsettled()).isZero();
    }

    @Test
    void whatSomebodyDeletedIsWrittenOnceMoreIfItIsNotOver() {
        OutboxRig rig = new OutboxRig(folder, slack);
        rig.add(news.opened(NOON)).settle();
        slack.deleteAll();
        rig.add(news.of(MessageKind.ESCALATED, NOON)).settle();
        assertThat(slack.entries()).extracting(Entry::toString).containsExactly("one-2-escalated");

        slack.deleteAll();
        rig.add(news.of(MessageKind.ESCALATED, NOON)).settle();
        assertThat(slack.entries()).isEmpty();

        News over = new News("over");
        rig.add(over.opened(NOON)).settle();
        slack.deleteAll();
        rig.add(over.resolved(NOON)).settle();
        assertThat(slack.entries()).isEmpty();
        assertThat(rig.unsettled()).isZero();
    }

    @Test
    void whatWillBeSaidLaterIsAnnouncedAndSoIsItsEnd() {
        OutboxRig rig = new OutboxRig(folder, console);
        Instant monday = NOON.plus(Duration.ofHours(30));
        Content.IncidentNews healed = news.deferred(NOON, monday, false);
        rig.add(healed).add(new News("two").deferred(NOON, monday, false)).settle();
        assertThat(rig.tally().deferred()).isEqualTo(2);

        assertThat(rig.withdraw(healed)).isTrue();
        assertThat(rig.withdraw(healed)).isFalse();
        rig.settle();
        rig.now = monday;
        rig.settle();

        assertThat(console.log())
                .containsExactly(
                        "announce one-1-opened", "announce two-1-opened", "retract one-1-opened", "post two-1-opened");
        assertThat(rig.tally().suppressed()).isEqualTo(Map.of("withdrawn", 1L));
        assertThat(rig.tally().difference()).isZero();
    }

    @Test
    void whatWasSaidSomewhereCannotBeTakenBackButIsNotSaidElsewhere() {
        OutboxRig rig = new OutboxRig(folder, slack, console);
        slack.then(Fault.LATER);
        Content.IncidentNews opened = news.opened(NOON);
        rig.add(opened).settle();

        assertThat(rig.withdraw(opened)).isFalse();
        rig.pass(HOUR);

        assertThat(slack.log()).isEmpty();
        assertThat(console.log()).containsExactly("post one-1-opened");
        assertThat(rig.tally().delivered()).isEqualTo(1);
    }

    @Test
    void theChannelSeesItAtOnceAndThePersonIsCalledInTheMorning() {
        OutboxRig rig = new OutboxRig(folder, slack);
        Instant morning = NOON.plus(Duration.ofHours(20));
        rig.add(news.deferred(NOON, morning, true)).settle();
        assertThat(slack.entries()).singleElement().satisfies(root -> assertThat(
                        ((Content.IncidentNews) root.shows()).message().to())
                .isNull());

        rig.now = morning;
        rig.settle();
        assertThat(slack.log()).containsExactly("post one-1-opened", "reply one-1-opened");
        assertThat(((Content.IncidentNews)
                                slack.entries().getFirst().replies.getFirst().shows())
                        .message()
                        .to())
                .isNotNull();
    }

    @Test
    void aReminderForTheMorningIsNotSaidIfItIsOverByThen() {
        OutboxRig rig = new OutboxRig(folder, slack, console);
        rig.add(news.opened(NOON)).settle();
        rig.add(news.deferred(NOON, NOON.plus(HOUR), false)).settle();
        rig.add(news.resolved(NOON)).settle().pass(HOUR.multipliedBy(2));

        assertThat(slack.log()).containsExactly("post one-1-opened", "announce one-2-opened", "edit one-3-resolved");
        assertThat(console.log()).filteredOn(line -> line.startsWith("post")).hasSize(2);
        assertThat(rig.unsettled()).isZero();
    }

    @Test
    void aLetterAnswersBelowTheRootAndNeverChangesIt() {
        OutboxRig rig = new OutboxRig(folder, slack, console);
        rig.add(news.opened(NOON)).settle();
        rig.add(new Content.Letter("answer", "one", "slack", "room", "Acknowledged", "by somebody"))
                .settle();
        rig.add(new Content.Letter("hello", "hello", "console", "room", "Hello", ""))
                .settle();

        assertThat(slack.log()).containsExactly("post one-1-opened", "reply answer");
        assertThat(console.log()).containsExactly("post one-1-opened", "post hello");
    }

    @Test
    void whoDiesInTheMiddleLeavesItToTheNextAfterTheLease() {
        OutboxRig rig = new OutboxRig(folder, slack);
        rig.add(news.opened(NOON));
        rig.restrain();
        Errand errand = rig.claim(slack).orElseThrow();
        Speech.act(slack, errand, () -> true);
        rig.die();

        rig.settle();
        assertThat(rig.unsettled()).isEqualTo(1);
        rig.pass(Claims.LEASE);

        assertThat(slack.log()).containsExactly("post one-1-opened");
        assertThat(rig.unsettled()).isZero();
    }

    @Test
    void whatCannotBeReadIsInNobodysWay() {
        OutboxRig rig = new OutboxRig(folder, slack);
        Content.IncidentNews opened = news.opened(NOON);
        rig.add(opened).add(new News("two").opened(NOON));
        rig.database.execute("UPDATE content SET document = '{' WHERE thread = 'one'");
        rig.settle();

        assertThat(rig.state(opened, slack)).isEqualTo("dead");
        assertThat(slack.log()).containsExactly("post two-1-opened");
    }
}
