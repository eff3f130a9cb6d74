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
import io.kubevirt.cinotify.fixture.News;
import io.kubevirt.cinotify.notice.Abilities;
import io.kubevirt.cinotify.notice.Content;
import io.kubevirt.cinotify.settings.SendingRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A runaway does not call people without end, and nothing is lost by that. */
class RestraintTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    private Path folder;

    private final FakeChannel slack = FakeChannel.able("slack");

    @Test
    void pastTheCapThereIsOneNoticeAndAfterTheHourOneDigest() {
        OutboxRig rig = rig(3, 100);
        for (int number = 0; number < 8; number++) {
            rig.add(new News("i" + number, "person" + number).opened(rig.now)).pass(Duration.ofMinutes(1));
        }
        assertThat(slack.log())
                .hasSize(4)
                .filteredOn(line -> line.contains("notice"))
                .hasSize(1);
        assertThat(rig.tally().deferred()).isEqualTo(5);
        assertThat(rig.tally().difference()).isZero();

        rig.pass(HOUR);

        assertThat(slack.log()).hasSize(5);
        Content.Letter digest = (Content.Letter) slack.entries().getLast().shows();
        assertThat(digest.title()).startsWith("5 messages");
        assertThat(digest.markdown().lines()).hasSize(5).first().isEqualTo("- opened `example/thing i3` for `person3`");
        assertThat(rig.tally().delivered()).isEqualTo(8);
        assertThat(rig.tally().difference()).isZero();

        rig.add(new News("later").opened(rig.now)).settle();
        assertThat(slack.log()).last().isEqualTo("post later-1-opened");
    }

    @Test
    void onePersonIsSparedWithoutKeepingSilentToOthers() {
        OutboxRig rig = rig(100, 2);
        for (int number = 0; number < 4; number++) {
            rig.add(new News("i" + number, "busy").opened(rig.now));
        }
        rig.add(new News("other", "idle").opened(rig.now)).settle();

        assertThat(slack.log())
                .contains("post i0-1-opened", "post i1-1-opened", "post other-1-opened")
                .hasSize(4);
    }

    @Test
    void whatHealedInTheHourIsMarkedAndWhatWasTakenBackIsNotSaid() {
        OutboxRig rig = rig(1, 100);
        News healing = new News("healing");
        Content.IncidentNews taken = new News("taken").opened(rig.now);
        rig.add(new News("first").opened(rig.now))
                .add(healing.opened(rig.now))
                .add(taken)
                .settle();
        assertThat(rig.withdraw(taken)).isTrue();
        rig.add(healing.resolved(rig.now)).pass(HOUR);

        assertThat(((Content.Letter) slack.entries().getLast().shows()).markdown())
                .isEqualTo("- opened `example/thing healing` for `Somebody` – over by now");
        assertThat(slack.log()).as("nothing of its end by itself").hasSize(3);
        assertThat(rig.withdraw(healing.opened(rig.now))).isFalse();
        assertThat(rig.tally().difference()).isZero();
        assertThat(rig.unsettled()).isZero();
    }

    @Test
    void whatCallsNobodyIsNotCounted() {
        OutboxRig rig = rig(1, 1);
        News news = new News("one");
        rig.add(news.opened(NOON)).settle().add(news.resolved(NOON)).settle();

        assertThat(slack.log()).containsExactly("post one-1-opened", "edit one-2-resolved");
    }

    @Test
    void whereNothingCanBeSaidTogetherItIsSaidAsEver() {
        FakeChannel board = FakeChannel.able("board").homeless();
        OutboxRig rig = rig(1, 100, board, slack);
        for (int number = 0; number < 3; number++) {
            rig.add(new News("i" + number, "person" + number).opened(rig.now));
        }
        rig.settle();

        assertThat(board.log()).containsExactly("post i0-1-opened", "post i1-1-opened", "post i2-1-opened");
        assertThat(slack.log()).as("one, and the notice").hasSize(2);

        rig.add(new News("i2", "person2").resolved(rig.now)).pass(HOUR);

        assertThat(((Content.Letter) slack.entries().getLast().shows())
                        .markdown()
                        .lines())
                .as("where it is kept back, it comes in the digest")
                .containsExactly(
                        "- opened `example/thing i1` for `person1`",
                        "- opened `example/thing i2` for `person2` – over by now");
        assertThat(board.log()).last().isEqualTo("edit i2-1-resolved");
        assertThat(rig.tally().delivered()).isEqualTo(4);
        assertThat(rig.tally().difference()).isZero();
        assertThat(rig.unsettled()).isZero();
    }

    @Test
    void whatCallsNobodyTakesNoRoom() {
        FakeChannel board = new FakeChannel(
                        "board",
                        new Abilities(true, true, true),
                        content -> content.id().startsWith("board") ? List.of("room") : List.of())
                .homeless();
        FakeChannel people = new FakeChannel(
                "slack",
                new Abilities(true, true, true),
                content -> content.id().startsWith("board") ? List.of() : List.of("room"));
        OutboxRig rig = rig(1, 100, board, people);
        rig.add(new News("board0").opened(rig.now))
                .add(new News("board1").opened(rig.now))
                .settle()
                .add(new News("people").opened(rig.now))
                .settle();

        assertThat(board.log()).hasSize(2);
        assertThat(people.log()).containsExactly("post people-1-opened");
    }

    @Test
    void whatWaitsForTheDigestAndIsNowhereElseCanBeTakenBack() {
        FakeChannel board = FakeChannel.able("board").homeless();
        OutboxRig rig = rig(1, 100, board, slack);
        Content.IncidentNews taken = new News("taken").opened(rig.now);
        rig.add(new News("first").opened(rig.now)).settle();
        rig.add(taken).restrain();

        assertThat(rig.withdraw(taken)).isTrue();
        rig.pass(HOUR);

        assertThat(slack.log()).as("the first and the notice").hasSize(2);
        assertThat(board.log()).containsExactly("post first-1-opened");
        assertThat(rig.tally().difference()).isZero();
    }

    private OutboxRig rig(int perHour, int perPerson) {
        return rig(perHour, perPerson, slack);
    }

    private OutboxRig rig(int perHour, int perPerson, FakeChannel... open) {
        return new OutboxRig(folder, new SendingRules(perHour, perPerson, 10, Duration.ofHours(24), null), 1, open);
    }
}
