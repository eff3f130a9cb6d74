// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.incident.Decision;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.ObservedRun.JobThresholds;
import io.kubevirt.cinotify.incident.SuppressionReason;
import io.kubevirt.cinotify.incident.engine.EngineScenario.Run;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a notification is required, and when it is not. */
class NotificationRequiredTest {

    private static final Instant MONDAY = Instant.parse("2026-01-05T10:00:00Z");
    private static final Duration A_MONTH = Duration.ofDays(30);

    private final EngineScenario scenario = new EngineScenario(MONDAY).answering();

    @Test
    void aLaneThatIsRedOnThreePullRequestsOfADayIsNotified() {
        for (int pull = 1; pull <= 3; pull++) {
            scenario.finishes(Run.red("pull-a", pull)).afterHours(1);
        }

        assertThat(scenario.waits(Duration.ofMinutes(10)).interruptions())
                .singleElement()
                .satisfies(notification -> {
                    assertThat(notification.kind()).isEqualTo(NotificationKind.OPENED);
                    assertThat(notification.text()).contains("pull-a is red on 3 pull requests within 24 h");
                    assertThat(notification.incident().pulls()).containsExactly(1, 2, 3);
                });
    }

    @Test
    void itIsBrokenSinceTheFirstFailureAndNotSinceTheThresholdWasMet() {
        for (int pull = 1; pull <= 3; pull++) {
            scenario.finishes(Run.red("pull-a", pull)).afterHours(1);
        }

        assertThat(scenario.waits(Duration.ofMinutes(10))
                        .interruptions()
                        .getFirst()
                        .incident())
                .satisfies(incident -> {
                    assertThat(incident.since()).isEqualTo(MONDAY);
                    assertThat(incident.openedAt()).isAfter(MONDAY.plus(Duration.ofHours(2)));
                });
    }

    @Test
    void oneFailureIsNotInARowAndOnePullRequestIsOne() {
        scenario.finishes(Run.red("post", JobType.POSTSUBMIT)).waits(Duration.ofMinutes(10));
        assertThat(scenario.interruptions().getFirst().text()).endsWith("is broken: post failed");

        scenario.finishes(Run.red("pull-a", 1));
        assertThat(scenario.decisions().stream()
                        .filter(Decision.SettleRun.class::isInstance)
                        .flatMap(decision -> decision.reasons().stream()))
                .anySatisfy(reason -> assertThat(reason).contains("are red on 1 pull request within"));
    }

    @Test
    void aLaneThatIsRedOnTwoPullRequestsIsNotNotifiedHoweverOften() {
        for (int run = 0; run < 9; run++) {
            scenario.finishes(Run.red("pull-a", 1 + run % 2)).afterHours(1);
        }

        assertThat(scenario.waits(A_MONTH).interruptions()).isEmpty();
        assertThat(scenario.lastOutcome())
                .isEqualTo(new Decision.RunOutcome.Suppressed(SuppressionReason.BELOW_THRESHOLD));
    }

    @Test
    void variantsOnThreeBranchesCountTogetherOverADay() {
        scenario.finishes(Run.red("pull-k8s-1.36-sig-compute-1.9", 1).base("release-1.9"))
                .afterHours(9)
                .finishes(Run.red("pull-k8s-1.34-sig-compute", 2))
                .afterHours(9)
                .finishes(Run.red("pull-k8s-1.33-sig-compute-1.8", 3).base("release-1.8"))
                .waits(Duration.ofMinutes(10));

        assertThat(scenario.interruptions()).singleElement().satisfies(notification -> assertThat(
                        notification.incident().lanes())
                .hasSize(3));
    }

    @Test
    void aLaneThatFailsEveryOtherTimeIsBroken() {
        for (int run = 0; run < 13; run++) {
            scenario.finishes(run % 2 == 0 ? Run.red("pull-a", run + 1) : Run.green("pull-a", run + 1))
                    .afterHours(1);
        }

        assertThat(scenario.interruptions()).hasSize(1);
    }

    @Test
    void enoughFailuresWithTooSmallAShareAreSuppressedAsBelowShare() {
        for (int run = 0; run < 12; run++) {
            scenario.finishes(run % 6 == 0 ? Run.red("pull-a", run + 1) : Run.green("pull-a", run + 1))
                    .afterHours(1);
        }
        scenario.finishes(Run.red("pull-a", 99));

        assertThat(scenario.lastOutcome()).isEqualTo(new Decision.RunOutcome.Suppressed(SuppressionReason.BELOW_SHARE));
        assertThat(scenario.waits(A_MONTH).interruptions()).isEmpty();
    }

    @Test
    void aLaneThatFlapsForTenDaysIsNotifiedOnce() {
        for (int run = 0; run < 240; run++) {
            scenario.finishes(run % 8 < 4 ? Run.red("pull-a", run + 1) : Run.green("pull-a", run + 1))
                    .afterHours(1);
        }

        assertThat(scenario.interruptions()).hasSize(1);
    }

    @Test
    void theSameCommitRedAndGreenIsAFlakeAndNotifiesNobody() {
        for (int run = 0; run < 12; run++) {
            JobState state = run % 2 == 0 ? JobState.FAILURE : JobState.SUCCESS;
            scenario.finishes(Run.red("pull-a", run / 2 + 1).state(state).sha("sha" + run / 2))
                    .afterHours(1);
        }

        assertThat(scenario.waits(A_MONTH).interruptions()).isEmpty();
    }

    @Test
    void aRedRunOfACommitThatPassedIsAFlake() {
        scenario.finishes(Run.green("pull-a", 1).sha("abc"))
                .afterHours(1)
                .finishes(Run.red("pull-a", 1).sha("abc"));

        assertThat(scenario.lastOutcome()).isEqualTo(new Decision.RunOutcome.Suppressed(SuppressionReason.FLAKE));
    }

    @ParameterizedTest
    @CsvSource({"PERIODIC, 1, 0", "PERIODIC, 2, 1", "POSTSUBMIT, 1, 1", "BATCH, 2, 0", "BATCH, 3, 1"})
    void otherTypesCountFailuresInARow(JobType type, int failures, int notifications) {
        for (int run = 0; run < failures; run++) {
            scenario.finishes(Run.red("job", type)).afterHours(1);
        }

        assertThat(scenario.waits(Duration.ofDays(3)).interruptions()).hasSize(notifications);
    }

    @Test
    void aDailyPeriodicIsNotifiedAfterOneFailure() {
        scenario.jobThresholds(new JobThresholds(null, null, true)).finishes(Run.red("job", JobType.PERIODIC));

        assertThat(scenario.waits(Duration.ofHours(1)).interruptions()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"4, 0", "5, 1"})
    void aJobConfiguresHowManyFailuresItTakes(int failures, int notifications) {
        scenario.jobThresholds(new JobThresholds(5, null, false));
        for (int run = 0; run < failures; run++) {
            scenario.finishes(Run.red("job", JobType.PERIODIC)).afterHours(1);
        }

        assertThat(scenario.waits(Duration.ofDays(1)).interruptions()).hasSize(notifications);
    }

    @Test
    void aMutedJobNotifiesNobodyUntilItsDate() {
        scenario.jobThresholds(new JobThresholds(1, MONDAY.plus(Duration.ofHours(2)), false))
                .finishes(Run.red("job", JobType.PERIODIC));
        assertThat(scenario.lastOutcome()).isEqualTo(new Decision.RunOutcome.Suppressed(SuppressionReason.MUTED));

        scenario.afterHours(2).finishes(Run.red("job", JobType.PERIODIC));

        assertThat(scenario.waits(Duration.ofHours(1)).interruptions()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SCHEDULING", "TRIGGERED", "PENDING", "ABORTED"})
    void aRunWithoutAResultDoesNotCountForItsLane(String state) {
        scenario.finishes(Run.red("post", JobType.POSTSUBMIT).state(JobState.valueOf(state)));

        assertThat(scenario.lastOutcome())
                .isEqualTo(new Decision.RunOutcome.Suppressed(SuppressionReason.NOT_A_RESULT));
        assertThat(scenario.waits(A_MONTH).interruptions()).isEmpty();
    }

    @Test
    void passingOnTwoPullRequestsClosesTheIncident() {
        broken();

        scenario.finishes(Run.green("pull-a", 11));
        assertThat(scenario.incident().closedAt()).isNull();
        scenario.finishes(Run.green("pull-a", 11));
        assertThat(scenario.incident().closedAt()).isNull();
        scenario.finishes(Run.green("pull-a", 12));

        assertThat(scenario.incident().closedAt()).isEqualTo(scenario.now());
        assertThat(scenario.notifications().getLast().kind()).isEqualTo(NotificationKind.RESOLVED);
    }

    @Test
    void twoDaysWithoutAFailureCloseTheIncident() {
        broken();

        assertThat(scenario.waits(Duration.ofHours(47)).incident().closedAt()).isNull();
        assertThat(scenario.waits(Duration.ofHours(2)).incident().closedAt()).isNotNull();
    }

    @Test
    void aRelapseWithinThreeDaysIsTheSameIncidentAndNotifiesNobody() {
        broken();
        String id = scenario.incident().id();
        scenario.finishes(Run.green("pull-a", 11))
                .finishes(Run.green("pull-a", 12))
                .afterHours(40);

        brokenAgain();

        assertThat(scenario.interruptions()).hasSize(1);
        assertThat(scenario.incident().id()).isEqualTo(id);
        assertThat(scenario.incident().closedAt()).isNull();
        assertThat(scenario.lastOutcome()).isEqualTo(new Decision.RunOutcome.Suppressed(SuppressionReason.RELAPSE));
    }

    @Test
    void aRelapseAfterAWeekIsANewIncident() {
        broken();
        scenario.finishes(Run.green("pull-a", 11))
                .finishes(Run.green("pull-a", 12))
                .afterHours(24 * 7);

        brokenAgain();

        assertThat(scenario.interruptions()).hasSize(2);
    }

    @Test
    void aNewBranchSendsAReminder() {
        broken();
        for (int day = 0; day < 4; day++) {
            scenario.afterHours(20).finishes(Run.red("pull-a", 20 + day));
        }
        for (int pull = 31; pull <= 33; pull++) {
            scenario.finishes(Run.red("pull-a-1.9", pull).base("release-1.9")).afterHours(1);
        }

        assertThat(scenario.interruptions())
                .extracting(Notification::kind)
                .containsExactly(NotificationKind.OPENED, NotificationKind.REMINDED);
        assertThat(scenario.interruptions().getLast().text()).contains("release-1.9");
    }

    private void broken() {
        for (int pull = 1; pull <= 3; pull++) {
            scenario.finishes(Run.red("pull-a", pull));
        }
        scenario.waits(Duration.ofMinutes(10));
        assertThat(scenario.interruptions()).hasSize(1);
    }

    private void brokenAgain() {
        for (int pull = 21; pull <= 23; pull++) {
            scenario.finishes(Run.red("pull-a", pull));
        }
        scenario.waits(Duration.ofMinutes(10));
    }
}
