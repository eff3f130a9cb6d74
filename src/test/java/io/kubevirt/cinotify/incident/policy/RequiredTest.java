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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a message is required, and when it is not. */
class RequiredTest {

    private static final Instant MONDAY = Instant.parse("2026-01-05T10:00:00Z");
    private static final Duration A_MONTH = Duration.ofDays(30);

    private final Story story = new Story(MONDAY).answering();

    @Test
    void aLaneThatIsRedOnThreePullRequestsOfADayIsTold() {
        for (int pull = 1; pull <= 3; pull++) {
            story.happens(Run.red("pull-a", pull)).afterHours(1);
        }

        assertThat(story.waits(Duration.ofMinutes(10)).calls()).singleElement().satisfies(message -> {
            assertThat(message.kind()).isEqualTo(MessageKind.OPENED);
            assertThat(message.text()).contains("pull-a is red on 3 pull requests within 24 h");
            assertThat(message.incident().pulls()).containsExactly(1, 2, 3);
        });
    }

    @Test
    void twoPullRequestsHoweverOftenAreNot() {
        for (int run = 0; run < 9; run++) {
            story.happens(Run.red("pull-a", 1 + run % 2)).afterHours(1);
        }

        assertThat(story.waits(A_MONTH).calls()).isEmpty();
        assertThat(story.lastFate()).isEqualTo(new Fate.Suppressed(Reason.BELOW_THRESHOLD));
    }

    @Test
    void twinsOnThreeBranchesCountTogetherOverADay() {
        story.happens(Run.red("pull-k8s-1.36-sig-compute-1.9", 1).base("release-1.9"))
                .afterHours(9)
                .happens(Run.red("pull-k8s-1.34-sig-compute", 2))
                .afterHours(9)
                .happens(Run.red("pull-k8s-1.33-sig-compute-1.8", 3).base("release-1.8"))
                .waits(Duration.ofMinutes(10));

        assertThat(story.calls())
                .singleElement()
                .satisfies(message -> assertThat(message.incident().lanes()).hasSize(3));
    }

    @Test
    void aLaneThatFailsEveryOtherTimeIsBroken() {
        for (int run = 0; run < 13; run++) {
            story.happens(run % 2 == 0 ? Run.red("pull-a", run + 1) : Run.green("pull-a", run + 1))
                    .afterHours(1);
        }

        assertThat(story.calls()).hasSize(1);
    }

    @Test
    void enoughFailuresWithTooSmallAShareAreCountedByThatName() {
        for (int run = 0; run < 12; run++) {
            story.happens(run % 6 == 0 ? Run.red("pull-a", run + 1) : Run.green("pull-a", run + 1))
                    .afterHours(1);
        }
        story.happens(Run.red("pull-a", 99));

        assertThat(story.lastFate()).isEqualTo(new Fate.Suppressed(Reason.BELOW_SHARE));
        assertThat(story.waits(A_MONTH).calls()).isEmpty();
    }

    @Test
    void aLaneThatFlapsForTenDaysIsToldOnce() {
        for (int run = 0; run < 240; run++) {
            story.happens(run % 8 < 4 ? Run.red("pull-a", run + 1) : Run.green("pull-a", run + 1))
                    .afterHours(1);
        }

        assertThat(story.calls()).hasSize(1);
    }

    @Test
    void theSameCommitRedAndGreenIsAFlakeAndSaysNothing() {
        for (int run = 0; run < 12; run++) {
            JobState state = run % 2 == 0 ? JobState.FAILURE : JobState.SUCCESS;
            story.happens(Run.red("pull-a", run / 2 + 1).state(state).sha("sha" + run / 2))
                    .afterHours(1);
        }

        assertThat(story.waits(A_MONTH).calls()).isEmpty();
    }

    @Test
    void aRedRunOfACommitThatPassedIsAFlake() {
        story.happens(Run.green("pull-a", 1).sha("abc"))
                .afterHours(1)
                .happens(Run.red("pull-a", 1).sha("abc"));

        assertThat(story.lastFate()).isEqualTo(new Fate.Suppressed(Reason.FLAKE));
    }

    @ParameterizedTest
    @CsvSource({"PERIODIC, 1, 0", "PERIODIC, 2, 1", "POSTSUBMIT, 1, 1", "BATCH, 2, 0", "BATCH, 3, 1"})
    void otherTypesCountFailuresInARow(JobType type, int failures, int messages) {
        for (int run = 0; run < failures; run++) {
            story.happens(Run.red("job", type)).afterHours(1);
        }

        assertThat(story.waits(Duration.ofDays(3)).calls()).hasSize(messages);
    }

    @Test
    void aDailyPeriodicIsToldAfterOneFailure() {
        story.own(new OwnThresholds(null, null, true)).happens(Run.red("job", JobType.PERIODIC));

        assertThat(story.waits(Duration.ofHours(1)).calls()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"4, 0", "5, 1"})
    void aJobSaysItselfHowManyFailuresItTakes(int failures, int messages) {
        story.own(new OwnThresholds(5, null, false));
        for (int run = 0; run < failures; run++) {
            story.happens(Run.red("job", JobType.PERIODIC)).afterHours(1);
        }

        assertThat(story.waits(Duration.ofDays(1)).calls()).hasSize(messages);
    }

    @Test
    void aMutedJobIsSilentUntilItsDateAndNoLonger() {
        story.own(new OwnThresholds(1, MONDAY.plus(Duration.ofHours(2)), false))
                .happens(Run.red("job", JobType.PERIODIC));
        assertThat(story.lastFate()).isEqualTo(new Fate.Suppressed(Reason.MUTED));

        story.afterHours(2).happens(Run.red("job", JobType.PERIODIC));

        assertThat(story.waits(Duration.ofHours(1)).calls()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SCHEDULING", "TRIGGERED", "PENDING", "ABORTED"})
    void aRunWithoutAResultSaysNothingOfItsLane(String state) {
        story.happens(Run.red("post", JobType.POSTSUBMIT).state(JobState.valueOf(state)));

        assertThat(story.lastFate()).isEqualTo(new Fate.Suppressed(Reason.NOT_A_RESULT));
        assertThat(story.waits(A_MONTH).calls()).isEmpty();
    }

    @Test
    void greenOnTwoPullRequestsEndsIt() {
        broken();

        story.happens(Run.green("pull-a", 11));
        assertThat(story.incident().closedAt()).isNull();
        story.happens(Run.green("pull-a", 11));
        assertThat(story.incident().closedAt()).isNull();
        story.happens(Run.green("pull-a", 12));

        assertThat(story.incident().closedAt()).isEqualTo(story.now());
        assertThat(story.said().getLast().kind()).isEqualTo(MessageKind.RESOLVED);
    }

    @Test
    void twoQuietDaysEndIt() {
        broken();

        assertThat(story.waits(Duration.ofHours(47)).incident().closedAt()).isNull();
        assertThat(story.waits(Duration.ofHours(2)).incident().closedAt()).isNotNull();
    }

    @Test
    void whatComesBackWithinThreeDaysIsTheSameAndCallsNobody() {
        broken();
        String id = story.incident().id();
        story.happens(Run.green("pull-a", 11)).happens(Run.green("pull-a", 12)).afterHours(40);

        brokenAgain();

        assertThat(story.calls()).hasSize(1);
        assertThat(story.incident().id()).isEqualTo(id);
        assertThat(story.incident().closedAt()).isNull();
        assertThat(story.lastFate()).isEqualTo(new Fate.Suppressed(Reason.RELAPSE));
    }

    @Test
    void whatComesBackAfterAWeekIsNew() {
        broken();
        story.happens(Run.green("pull-a", 11)).happens(Run.green("pull-a", 12)).afterHours(24 * 7);

        brokenAgain();

        assertThat(story.calls()).hasSize(2);
    }

    @Test
    void aBranchThatNobodyWasToldOfIsWorthAnotherWord() {
        broken();
        for (int day = 0; day < 4; day++) {
            story.afterHours(20).happens(Run.red("pull-a", 20 + day));
        }
        for (int pull = 31; pull <= 33; pull++) {
            story.happens(Run.red("pull-a-1.9", pull).base("release-1.9")).afterHours(1);
        }

        assertThat(story.calls()).extracting(Message::kind).containsExactly(MessageKind.OPENED, MessageKind.REMINDED);
        assertThat(story.calls().getLast().text()).contains("release-1.9");
    }

    private void broken() {
        for (int pull = 1; pull <= 3; pull++) {
            story.happens(Run.red("pull-a", pull));
        }
        story.waits(Duration.ofMinutes(10));
        assertThat(story.calls()).hasSize(1);
    }

    private void brokenAgain() {
        for (int pull = 21; pull <= 23; pull++) {
            story.happens(Run.red("pull-a", pull));
        }
        story.waits(Duration.ofMinutes(10));
    }
}
