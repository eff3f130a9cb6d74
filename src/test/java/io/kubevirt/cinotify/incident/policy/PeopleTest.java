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
package io.kubevirt.cinotify.incident.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.incident.policy.Story.Run;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Who is told when, and what follows. In the group's table dhiller is primary of sig-support and works Mon-Fri 07:00-15:00
 * UTC, the secondaries begin at 06:00 (Sun-Thu) and 07:00.
 */
class PeopleTest {

    private static final Instant WEDNESDAY = Instant.parse("2026-07-15T09:00:00Z");
    private static final Instant SATURDAY = Instant.parse("2026-07-18T09:00:00Z");
    private static final Instant MONDAY_NINE = Instant.parse("2026-07-20T07:00:00Z");
    private static final Duration HOLD = Duration.ofMinutes(10);

    @Test
    void whoIsAtWorkIsToldAtOnce() {
        Story story = broken(WEDNESDAY);

        assertThat(story.calls()).singleElement().satisfies(message -> {
            assertThat(person(message)).isEqualTo("dhiller");
            assertThat(message.at()).isEqualTo(WEDNESDAY.plus(HOLD));
        });
    }

    @Test
    void onAWeekendItWaitsForTheNextWorkingMinute() {
        Story story = broken(SATURDAY);

        assertThat(story.calls()).singleElement().satisfies(message -> assertThat(message.at())
                .isEqualTo(MONDAY_NINE));
    }

    @Test
    void whatHealsBeforeThatIsNeverSaid() {
        Story story = broken(SATURDAY)
                .afterHours(3)
                .happens(Run.red("post", JobType.POSTSUBMIT).state(JobState.SUCCESS));

        assertThat(story.withdrawn()).hasSize(1);
        assertThat(story.waits(Duration.ofDays(5)).said()).isEmpty();
    }

    @Test
    void whatBlocksMergingGoesToTheChannelAtOnceAndToThePersonAtWork() {
        Story story = broken(new Story(SATURDAY).required());

        assertThat(story.calls()).singleElement().satisfies(message -> {
            assertThat(message.firstSeenAt()).isEqualTo(SATURDAY.plus(HOLD));
            assertThat(message.at()).isAfter(message.firstSeenAt());
            assertThat(message.to()).isNotNull();
            assertThat(message.to().reasons())
                    .anySatisfy(reason -> assertThat(reason).contains("nobody is at work"));
        });
    }

    @Test
    void silenceForFourWorkingHoursGoesToTheNextLevelAndInTheEndToTheChannel() {
        Story story = broken(WEDNESDAY).waits(Duration.ofDays(7));

        assertThat(story.calls())
                .extracting(Message::kind)
                .containsExactly(
                        MessageKind.OPENED, MessageKind.ESCALATED, MessageKind.ESCALATED, MessageKind.ESCALATED);
        assertThat(story.calls().getFirst().at()).isEqualTo(Instant.parse("2026-07-15T09:10:00Z"));
        assertThat(story.calls().get(1).at()).isEqualTo(Instant.parse("2026-07-15T13:10:00Z"));
        assertThat(levels(story)).doesNotHaveDuplicates();
        assertThat(person(story.calls().getLast())).isNull();
        assertThat(story.calls().getLast().text()).contains("nobody is left to ask");
    }

    @Test
    void workingTimeOfTheToldMemberCountsNotTheNight() {
        Instant late = Instant.parse("2026-07-15T14:00:00Z");

        Story story = broken(late).waits(Duration.ofDays(1));

        assertThat(story.calls().get(1).decidedAt()).isEqualTo(Instant.parse("2026-07-16T10:10:00Z"));
    }

    @Test
    void anAcknowledgementStopsIt() {
        Story story = broken(WEDNESDAY);
        story.command(new Command.Acknowledge(story.incident().id(), "dhiller")).waits(Duration.ofDays(6));

        assertThat(story.calls()).hasSize(1);
        assertThat(story.incident().acknowledgedBy()).isEqualTo("dhiller");
    }

    @Test
    void whoWasToldSeesWhoSeesToIt() {
        Story story = broken(WEDNESDAY);
        story.command(new Command.Acknowledge(story.incident().id(), "dhiller"));

        assertThat(story.said()).hasSize(2).last().satisfies(message -> {
            assertThat(message.kind()).isEqualTo(MessageKind.CHANGED);
            assertThat(message.incident().acknowledgedBy()).isEqualTo("dhiller");
        });
    }

    @Test
    void whoWasToldSeesWhatTheArtifactsSayAndOnlyOnce() {
        Story story = broken(WEDNESDAY).learns("it").learns("it");

        assertThat(story.calls()).hasSize(1);
        assertThat(story.said()).hasSize(2).last().satisfies(message -> {
            assertThat(message.kind()).isEqualTo(MessageKind.CHANGED);
            assertThat(message.incident().diagnosis().symptoms()).isNotNull();
        });
    }

    @Test
    void whatTheArtifactsSayComesAfterTheMessageThatWaitsForMonday() {
        Story story = broken(SATURDAY).learns("it");
        assertThat(story.said()).hasSize(1);

        assertThat(story.waits(Duration.ofDays(2)).said())
                .extracting(Message::kind)
                .startsWith(MessageKind.OPENED, MessageKind.CHANGED);
    }

    @Test
    void anAcknowledgementBeforeMondaySavesTheMessage() {
        Story story = broken(SATURDAY);
        story.command(new Command.Acknowledge(story.incident().id(), "somebody"));

        assertThat(story.waits(Duration.ofDays(3)).calls()).isEmpty();
    }

    @Test
    void aSnoozeIsSilentUntilItsEndAndThenReminds() {
        Story story = broken(WEDNESDAY);
        Instant later = WEDNESDAY.plus(Duration.ofDays(1));
        story.command(new Command.Snooze(story.incident().id(), "dhiller", later));

        assertThat(story.waits(Duration.ofHours(20)).calls()).hasSize(1);
        assertThat(story.waits(Duration.ofHours(4)).calls().getLast()).satisfies(message -> {
            assertThat(message.kind()).isEqualTo(MessageKind.REMINDED);
            assertThat(message.at()).isEqualTo(later);
        });
    }

    @Test
    void aSnoozeOfWhatHealsIsForgotten() {
        Story story = broken(WEDNESDAY);
        story.command(new Command.Snooze(story.incident().id(), "dhiller", WEDNESDAY.plus(Duration.ofDays(1))))
                .afterHours(1)
                .happens(Run.red("post", JobType.POSTSUBMIT).state(JobState.SUCCESS))
                .waits(Duration.ofDays(2));

        assertThat(story.calls()).hasSize(1);
    }

    @Test
    void itCanBeGivenToAMemberOrToTheMembersOfAnArea() {
        Story story = broken(WEDNESDAY);
        String id = story.incident().id();

        story.command(new Command.Reassign(id, "dhiller", "xpivarc", null));
        assertThat(person(story.calls().getLast())).isEqualTo("xpivarc");
        assertThat(story.calls().getLast().text()).endsWith(": dhiller gave it to xpivarc");
        story.command(new Command.Reassign(id, "xpivarc", null, "bare-metal"));
        assertThat(story.calls().getLast().incident().diagnosis().area()).isEqualTo("bare-metal");
    }

    @Test
    void aPersonMaySayThatItIsOver() {
        Story story = broken(WEDNESDAY);
        story.command(new Command.Resolve(story.incident().id(), "dhiller"));

        assertThat(story.incident().closedAt()).isEqualTo(story.now());
        assertThat(story.waits(Duration.ofDays(3)).calls()).hasSize(1);
    }

    @Test
    void whatCannotBeDoneIsRefusedWithAReason() {
        Story story = broken(WEDNESDAY);
        String id = story.incident().id();
        story.command(new Command.Acknowledge("unknown", "dhiller"))
                .command(new Command.Snooze(id, "dhiller", WEDNESDAY.minusSeconds(1)))
                .command(new Command.Reassign(id, "dhiller", "nobody-we-know", null))
                .command(new Command.Reassign(id, "dhiller", null, "no-such-area"));

        assertThat(story.rulings())
                .filteredOn(Ruling.Refuse.class::isInstance)
                .hasSize(4)
                .allSatisfy(refusal -> assertThat(refusal.reasons()).isNotEmpty());
    }

    @Test
    void everyRulingExplainsItself() {
        Story story = broken(SATURDAY).waits(Duration.ofDays(10));

        assertThat(story.rulings())
                .allSatisfy(ruling -> assertThat(ruling.reasons()).isNotEmpty());
        assertThat(story.rulings()).anySatisfy(ruling -> assertThat(ruling.reasons())
                .anySatisfy(reason -> assertThat(reason).contains("waits for dhiller until 2026-07-20T07:00:00Z")));
    }

    private static Story broken(Instant at) {
        return broken(new Story(at));
    }

    private static Story broken(Story story) {
        return story.happens(Run.red("post", JobType.POSTSUBMIT)).waits(HOLD);
    }

    private static @Nullable String person(Message message) {
        return message.to() == null ? null : message.to().handle();
    }

    private static List<Object> levels(Story story) {
        return story.calls().stream()
                .map(message -> (Object) message.to().level())
                .filter(java.util.Objects::nonNull)
                .toList();
    }
}
