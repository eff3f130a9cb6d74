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
import io.kubevirt.cinotify.notice.Abilities;
import io.kubevirt.cinotify.notice.Content;
import io.kubevirt.cinotify.settings.SendingRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be there, however late it comes and whatever became of its row. */
class DoubtTest {

    private static final Duration HOUR = Duration.ofHours(1);

    /** Gives up at the first failure. */
    private static final SendingRules IMPATIENT = new SendingRules(10, 10, 1, Duration.ZERO, null);

    @TempDir
    private Path folder;

    private final FakeChannel slack = FakeChannel.able("slack");
    private final FakeChannel webhook = FakeChannel.plain("webhook");
    private final News news = new News("one");

    @Test
    void whatComesLateIsNotWrittenTwice() {
        OutboxRig rig = new OutboxRig(folder, slack);
        slack.then(Fault.LOST_ON_THE_WAY);
        rig.add(news.opened(rig.now)).pass(Duration.ofSeconds(20));
        slack.arrive();
        rig.pass(HOUR);

        assertThat(slack.log()).containsExactly("post one-1-opened");
        assertThat(rig.unsettled()).isZero();
    }

    @Test
    void aCallThatHungMayBeCarriedOutLaterThanItsEnd() {
        OutboxRig rig = new OutboxRig(folder, slack);
        slack.then(Fault.LOST_ON_THE_WAY);
        rig.add(news.opened(rig.now)).restrain();
        Errand errand = rig.claim(slack).orElseThrow();
        rig.now = rig.now.plusSeconds(25);
        rig.carryOut(slack, errand);
        rig.pass(Duration.ofSeconds(20));
        slack.arrive();
        rig.pass(HOUR);

        assertThat(slack.log()).containsExactly("post one-1-opened");
    }

    @Test
    void whoeverTakesOverWaitsAsLongForASearchThatLags() {
        FakeChannel jira = new FakeChannel(
                "jira",
                new Abilities(true, true, true, Duration.ZERO, Duration.ofMinutes(1)),
                content -> List.of("board"));
        OutboxRig rig = new OutboxRig(folder, jira);
        jira.then(Fault.LOST_ON_THE_WAY);
        rig.add(news.opened(rig.now)).pass(Duration.ofSeconds(40));
        rig.die();
        rig.pass(Duration.ofSeconds(15));
        jira.arrive();
        rig.pass(HOUR);

        assertThat(jira.log()).containsExactly("post one-1-opened");
    }

    @Test
    void whatDoesNotComeIsWrittenOnceThatIsCertain() {
        OutboxRig rig = new OutboxRig(folder, slack);
        slack.then(Fault.LOST_BEFORE);
        rig.add(news.opened(rig.now)).pass(Duration.ofSeconds(45));

        assertThat(slack.log()).containsExactly("post one-1-opened");
    }

    @Test
    void theEndWaitsForWhatMayStillCome() {
        OutboxRig rig = new OutboxRig(folder, slack);
        slack.then(Fault.LOST_ON_THE_WAY);
        rig.add(news.opened(rig.now)).settle();
        rig.add(news.resolved(rig.now)).pass(Duration.ofSeconds(10));
        rig.add(news.of(MessageKind.REMINDED, rig.now))
                .add(news.resolved(rig.now))
                .pass(Duration.ofSeconds(10));
        slack.arrive();
        rig.pass(HOUR);

        assertThat(slack.entries())
                .singleElement()
                .satisfies(root -> assertThat(root.shows().id()).isEqualTo("one-4-resolved"));
        assertThat(rig.unsettled()).isZero();
    }

    @Test
    void aReplyThatComesLateCallsOnce() {
        OutboxRig rig = new OutboxRig(folder, slack);
        rig.add(news.opened(rig.now)).settle();
        slack.then(Fault.NONE, Fault.LOST_ON_THE_WAY);
        rig.add(news.of(MessageKind.ESCALATED, rig.now)).pass(Duration.ofSeconds(20));
        slack.arrive();
        rig.pass(HOUR);

        assertThat(slack.entries()).singleElement().satisfies(root -> assertThat(root.replies)
                .hasSize(1));
    }

    @Test
    void whatAnEditLeftBesideTheRootMayStillCome() {
        OutboxRig rig = new OutboxRig(folder, slack);
        rig.add(news.opened(rig.now)).settle();
        slack.then(Fault.LOST_BEFORE);
        rig.add(news.resolved(rig.now)).settle().pass(Duration.ofSeconds(29));
        assertThat(slack.log()).containsExactly("post one-1-opened");

        rig.pass(Duration.ofSeconds(5));
        assertThat(slack.log()).containsExactly("post one-1-opened", "edit one-2-resolved");
    }

    @Test
    void whatWasGivenUpInDoubtIsLookedForBeforeTheNextNews() {
        OutboxRig rig = new OutboxRig(folder, IMPATIENT, 1, slack);
        slack.then(Fault.LOST_AFTER);
        Content opened = news.opened(rig.now);
        rig.add(opened).settle();
        assertThat(rig.state(opened, slack)).isEqualTo("dead");
        rig.add(news.of(MessageKind.ESCALATED, rig.now)).pass(HOUR);

        assertThat(slack.entries()).singleElement().satisfies(root -> {
            assertThat(root.shows().id()).isEqualTo("one-2-escalated");
            assertThat(root.replies).hasSize(1);
        });
    }

    @Test
    void whatWasGivenUpInDoubtAndIsNotThereIsInNobodysWay() {
        OutboxRig rig = new OutboxRig(folder, IMPATIENT, 1, slack);
        slack.then(Fault.LOST_BEFORE);
        rig.add(news.opened(rig.now)).settle();
        rig.add(news.of(MessageKind.ESCALATED, rig.now)).pass(HOUR);

        assertThat(slack.log()).containsExactly("post one-2-escalated");
        assertThat(rig.unsettled()).isZero();
    }

    @Test
    void theEndIsSeenOfWhatWasGivenUpInDoubt() {
        OutboxRig rig = new OutboxRig(folder, IMPATIENT, 1, slack, webhook);
        slack.then(Fault.LOST_AFTER);
        webhook.then(Fault.LOST_AFTER);
        rig.add(news.opened(rig.now)).settle();
        rig.add(news.resolved(rig.now)).pass(HOUR);

        assertThat(slack.entries())
                .singleElement()
                .satisfies(root -> assertThat(root.shows().id()).isEqualTo("one-2-resolved"));
        assertThat(webhook.log()).containsExactly("post one-1-opened", "post one-2-resolved");
        assertThat(rig.unsettled()).isZero();
    }

    @Test
    void theEndIsNotSaidOfWhatWasGivenUpForSure() {
        OutboxRig rig = new OutboxRig(folder, IMPATIENT, 1, slack, webhook);
        slack.then(Fault.LATER);
        webhook.then(Fault.LATER);
        rig.add(news.opened(rig.now)).settle();
        rig.add(news.resolved(rig.now)).pass(HOUR);

        assertThat(slack.log()).isEmpty();
        assertThat(webhook.log()).isEmpty();
        assertThat(rig.unsettled()).isZero();
    }

    @Test
    void whatIsOnlyHiddenIsNotWrittenTwice() {
        OutboxRig rig = new OutboxRig(folder, slack);
        rig.add(news.opened(rig.now)).settle();
        slack.then(Fault.HIDDEN);
        rig.add(news.of(MessageKind.ESCALATED, rig.now)).pass(HOUR);

        assertThat(slack.entries()).singleElement().satisfies(root -> {
            assertThat(root.shows().id()).isEqualTo("one-2-escalated");
            assertThat(root.replies).hasSize(1);
        });
        assertThat(rig.unsettled()).isZero();
    }

    @Test
    void whatIsHiddenAgainAndAgainHoldsNobody() {
        OutboxRig rig = new OutboxRig(folder, slack);
        rig.add(news.opened(rig.now)).settle();
        slack.weather(() -> Fault.HIDDEN);
        rig.add(news.resolved(rig.now)).pass(HOUR);
        slack.weather(() -> Fault.NONE);
        rig.pass(HOUR);

        assertThat(slack.entries()).hasSize(1);
        assertThat(rig.unsettled()).isZero();
    }
}
