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

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.FakeChannel;
import io.kubevirt.cinotify.fixture.FakeChannel.Fault;
import io.kubevirt.cinotify.fixture.News;
import io.kubevirt.cinotify.incident.policy.MessageKind;
import io.kubevirt.cinotify.notice.Content;
import io.kubevirt.cinotify.settings.SendingRules;
import io.kubevirt.cinotify.store.DeadMessages.Dead;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was given up is said after all, if somebody wants it. */
class RevivalTest {

    @TempDir
    private Path folder;

    private final FakeChannel slack = FakeChannel.able("slack");
    private final FakeChannel board = FakeChannel.plain("webhook");
    private final News news = new News("1");
    private OutboxRig rig;

    @BeforeEach
    void open() {
        rig = new OutboxRig(folder, slack, board);
    }

    private List<Dead> dead() {
        return rig.database
                .store()
                .inTransaction(transaction -> transaction.deadMessages().all());
    }

    private void reviveAll() {
        for (Dead each : dead()) {
            assertThat(rig.database.store().<Boolean>inTransaction(transaction -> transaction
                            .deadMessages()
                            .revive(each.number(), rig.now)))
                    .isTrue();
        }
        rig.settle();
    }

    @Test
    void itIsSaidOnceTheCauseIsMended() {
        Content opened = news.opened(rig.now);
        slack.then(Fault.REFUSED);
        rig.add(opened).settle();
        assertThat(dead()).singleElement().satisfies(one -> {
            assertThat(one.channel()).isEqualTo("slack");
            assertThat(one.place()).isEqualTo("room");
            assertThat(one.contentId()).isEqualTo(opened.id());
            assertThat(one.problem()).isEqualTo("slack wants another token: give it one");
        });
        assertThat(rig.tally().failed()).isEqualTo(1);

        reviveAll();

        assertThat(slack.log()).containsExactly("post " + opened.id());
        assertThat(dead()).isEmpty();
        assertThat(rig.tally().failed()).isZero();
        assertThat(rig.tally().delivered()).isEqualTo(1);
        assertThat(rig.tally().difference()).isZero();
    }

    @Test
    void whatWasWrittenAllTheSameIsFoundAndNotWrittenTwice() {
        SendingRules impatient = new SendingRules(10, 10, 1, Duration.ZERO, null);
        rig = new OutboxRig(folder, impatient, 1, slack);
        Content opened = news.opened(rig.now);
        slack.then(Fault.LOST_AFTER);
        rig.add(opened).settle();
        assertThat(dead()).hasSize(1);

        reviveAll();

        assertThat(slack.log()).containsExactly("post " + opened.id());
        assertThat(rig.state(opened, slack)).isEqualTo("written");
    }

    @Test
    void whatIsOverByNowIsNotSaid() {
        Content opened = news.opened(rig.now);
        slack.then(Fault.REFUSED);
        rig.add(opened).settle();
        rig.add(news.resolved(rig.now)).settle();

        reviveAll();

        assertThat(slack.log()).isEmpty();
        assertThat(rig.unsettled()).isZero();
        assertThat(rig.tally().difference()).isZero();
    }

    @Test
    void whatWasSaidMeanwhileIsNotOvertaken() {
        Content opened = news.opened(rig.now);
        slack.then(Fault.REFUSED);
        rig.add(opened).settle();
        Content reminded = news.of(MessageKind.REMINDED, rig.now);
        rig.add(reminded).settle();

        reviveAll();

        assertThat(slack.entries()).singleElement().satisfies(root -> assertThat(root.shows())
                .isEqualTo(reminded));
        assertThat(rig.unsettled()).isZero();
    }

    @Test
    void itHasAsMuchPatienceAsAtFirst() {
        rig.add(news.opened(rig.now));
        slack.weather(() -> Fault.LATER);
        rig.pass(Duration.ofHours(25));
        assertThat(dead()).hasSize(1);

        reviveAll();
        rig.pass(Duration.ofHours(20));
        assertThat(dead()).isEmpty();
        slack.weather(() -> Fault.NONE);
        rig.pass(Duration.ofHours(1));

        assertThat(slack.log()).hasSize(1);
    }

    @Test
    void whatWasTakenBackStaysDead() {
        Content opened = news.opened(rig.now);
        slack.then(Fault.REFUSED);
        rig = new OutboxRig(folder, slack);
        rig.add(opened).settle();
        assertThat(rig.withdraw(opened)).isTrue();

        assertThat(dead()).isEmpty();
    }

    @Test
    void aNumberThatIsNotDeadIsNotRevived() {
        assertThat(rig.database.store().<Boolean>inTransaction(transaction -> transaction
                        .deadMessages()
                        .revive(1, rig.now)))
                .isFalse();
    }
}
