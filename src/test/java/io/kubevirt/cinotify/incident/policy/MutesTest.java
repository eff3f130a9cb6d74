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

import io.kubevirt.cinotify.diagnosis.Known;
import io.kubevirt.cinotify.incident.policy.Story.Run;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** What somebody already cares for calls nobody until its date; everything else does. */
class MutesTest {

    private static final Instant WEDNESDAY = Instant.parse("2026-07-15T09:00:00Z");
    private static final Instant SATURDAY = Instant.parse("2026-07-18T09:00:00Z");
    private static final Duration HOLD = Duration.ofMinutes(10);
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Known MUTED = until("2026-07-31");
    private static final Run RED = Run.red("post", JobType.POSTSUBMIT);

    @Test
    void nobodyIsCalledBecauseOfAMutedIssue() {
        Story story = new Story(WEDNESDAY)
                .happens(RED)
                .after(SOON)
                .learns("it", MUTED)
                .waits(Duration.ofDays(5));

        assertThat(story.said()).isEmpty();
        assertThat(story.lastFate()).isEqualTo(new Fate.Suppressed(Reason.KNOWN_ISSUE));
        assertThat(story.incident().closedAt()).isNull();
        assertThat(story.incident().diagnosis().known()).isEqualTo(MUTED);
        assertThat(story.incident().diagnosis().trace())
                .anySatisfy(reason -> assertThat(reason).contains("known issue \"cache\"", "muted until then"));
    }

    @Test
    void anIssueThatDoesNotMuteIsShown() {
        Story story = new Story(WEDNESDAY)
                .happens(RED)
                .after(SOON)
                .learns("it", MUTED.told())
                .waits(HOLD);

        assertThat(story.calls()).singleElement().satisfies(message -> assertThat(
                        message.incident().diagnosis().known())
                .isEqualTo(MUTED.told()));
    }

    @Test
    void afterItsDateItIsOrdinaryNewsIfItStillFails() {
        Story story = new Story(WEDNESDAY)
                .happens(RED)
                .after(SOON)
                .learns("it", until("2026-07-15"))
                .until(Instant.parse("2026-07-15T23:59:59Z"));
        assertThat(story.said()).isEmpty();

        story.restart().waits(Duration.ofSeconds(1));

        assertThat(story.calls()).singleElement().satisfies(message -> {
            assertThat(message.kind()).isEqualTo(MessageKind.OPENED);
            assertThat(message.decidedAt()).isEqualTo(Instant.parse("2026-07-16T00:00:00Z"));
            assertThat(message.incident().diagnosis().known())
                    .isEqualTo(until("2026-07-15").told());
        });
        assertThat(story.rulings()).anySatisfy(ruling -> assertThat(ruling.reasons())
                .anySatisfy(reason -> assertThat(reason).contains("counted until 2026-07-15")));
    }

    @Test
    void whatHealsBeforeThatIsNeverSaid() {
        Story story = new Story(WEDNESDAY)
                .happens(RED)
                .after(SOON)
                .learns("it", until("2026-07-15"))
                .waits(HOLD)
                .happens(RED.state(JobState.SUCCESS))
                .waits(Duration.ofDays(5));

        assertThat(story.said()).isEmpty();
    }

    @Test
    void whoWasToldBeforeTheEvidenceCameSeesItAndIsLeftAlone() {
        Story story = new Story(WEDNESDAY).happens(RED).waits(HOLD).after(SOON).learns("it", MUTED);

        assertThat(story.said()).extracting(Message::kind).containsExactly(MessageKind.OPENED, MessageKind.CHANGED);
        assertThat(story.said().getLast().text()).contains("known issue \"cache\"", "2026-07-31");
        assertThat(story.restart().waits(Duration.ofDays(5)).calls()).hasSize(1);

        story.happens(RED).after(SOON).learns("it", MUTED);
        assertThat(story.lastFate()).isEqualTo(new Fate.Suppressed(Reason.KNOWN_ISSUE));
        assertThat(story.waits(Duration.ofDays(1)).calls()).hasSize(1);
    }

    @Test
    void whoWasToldIsAskedAgainAfterTheDate() {
        Story story = new Story(WEDNESDAY)
                .happens(RED)
                .waits(HOLD)
                .learns("it", until("2026-07-16"))
                .waits(Duration.ofDays(3));

        assertThat(story.calls()).element(1).satisfies(message -> {
            assertThat(message.kind()).isEqualTo(MessageKind.REMINDED);
            assertThat(message.decidedAt()).isEqualTo(Instant.parse("2026-07-17T00:00:00Z"));
        });
    }

    @Test
    void whoSeesToItIsNotAskedAgain() {
        Story story = new Story(WEDNESDAY).happens(RED).waits(HOLD);
        story.command(new Command.Acknowledge(story.incident().id(), "dhiller"))
                .learns("it", until("2026-07-16"))
                .waits(Duration.ofDays(3));

        assertThat(story.calls()).hasSize(1);
    }

    @Test
    void whatWaitsForMondayIsTakenBack() {
        Story story = new Story(SATURDAY).happens(RED).waits(HOLD).learns("it", MUTED);

        assertThat(story.withdrawn()).hasSize(1);
        assertThat(story.waits(Duration.ofDays(3)).said()).isEmpty();
    }

    @Test
    void failuresOfPullRequestsThemselvesDoNotSpeakForAMutedLane() {
        Story story = mutedLane();
        story.happens(Run.red("lane", 4)).after(SOON).learns("something else").waits(HOLD);

        assertThat(story.said()).isEmpty();
        assertThat(story.incident().diagnosis().known()).isEqualTo(MUTED);
    }

    @Test
    void asManyOtherFailuresAsOpenALaneCallSomebody() {
        Story story = mutedLane();
        for (int pull = 4; pull <= 6; pull++) {
            story.happens(Run.red("lane", pull)).after(SOON).learns("something else");
        }
        assertThat(story.waits(HOLD).calls()).singleElement().satisfies(message -> {
            assertThat(message.kind()).isEqualTo(MessageKind.OPENED);
            assertThat(message.incident().diagnosis().known()).isNull();
        });
        assertThat(story.rulings()).anySatisfy(ruling -> assertThat(ruling.reasons())
                .anySatisfy(reason -> assertThat(reason).contains("does not explain all of it")));
    }

    @Test
    void aFailureWhoseEvidenceDoesNotComeIsNotTakenForKnown() {
        Story story = new Story(WEDNESDAY)
                .happens(RED)
                .after(SOON)
                .learns("it", MUTED)
                .waits(Duration.ofHours(1))
                .happens(RED);
        assertThat(story.waits(HOLD.minusSeconds(1)).said()).isEmpty();

        assertThat(story.waits(Duration.ofSeconds(1)).calls()).hasSize(1);
    }

    private static Story mutedLane() {
        Story story = new Story(WEDNESDAY);
        for (int pull = 1; pull <= 3; pull++) {
            story.happens(Run.red("lane", pull)).after(SOON).learns("it", MUTED);
        }
        story.waits(HOLD);
        assertThat(story.said()).isEmpty();
        assertThat(story.incidents()).hasSize(1);
        return story;
    }

    private static Known until(String day) {
        return new Known("cache", "somebody", "https://example.org/1", LocalDate.parse(day), true);
    }
}
