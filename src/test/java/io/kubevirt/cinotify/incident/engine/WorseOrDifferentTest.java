// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.incident.Decision;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.SuppressionReason;
import io.kubevirt.cinotify.incident.engine.EngineScenario.Run;
import io.kubevirt.cinotify.incident.engine.EngineScenario.Shown;
import io.kubevirt.cinotify.routing.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An incident that got worse, or hides another problem, is notified; one that only goes on is not. */
class WorseOrDifferentTest {

    private static final Instant MONDAY = Instant.parse("2026-07-13T08:00:00Z");
    private static final Duration HOLD = Duration.ofMinutes(10);
    private static final String LANE = "pull-e2e-lane";

    private final EngineScenario scenario = new EngineScenario(MONDAY);

    /** As seen: the lane broke again within 72 hours, for 7 pull requests and 15 runs that died before their tests. */
    @Test
    void aRelapseOfAnotherClassIsAnIncidentOfItsOwn() {
        fails(1, 3, Shown.TESTS).waits(HOLD);
        passes(11, 2).afterHours(9);
        assertThat(scenario.incident().state()).isEqualTo(IncidentState.RESOLVED);

        fails(21, 7, Shown.DEATH).waits(HOLD);
        fails(21, 7, Shown.DEATH);

        assertThat(kinds()).containsExactly(NotificationKind.OPENED, NotificationKind.OPENED);
        assertThat(scenario.interruptions().getLast().incident().id())
                .isNotEqualTo(scenario.interruptions().getFirst().incident().id());
    }

    /** The same without evidence: as many pull requests are unusual. */
    @Test
    void aRelapseOnTwiceAsManyPullRequestsIsNotifiedOnce() {
        fails(1, 3, Shown.NOTHING).waits(HOLD);
        passes(11, 2).afterHours(9);

        fails(21, 7, Shown.NOTHING).restart();
        fails(21, 7, Shown.NOTHING);

        assertThat(kinds()).containsExactly(NotificationKind.OPENED, NotificationKind.WORSE);
        assertThat(scenario.interruptions().getLast().text())
                .contains("it got worse", "6 pull requests", "at that notification on 3", "usual are");
    }

    @Test
    void aRelapseOfTheSameSizeIsSilent() {
        fails(1, 3, Shown.TESTS).waits(HOLD);
        passes(11, 2).afterHours(9);

        fails(21, 5, Shown.TESTS).waits(HOLD);
        fails(21, 5, Shown.TESTS);

        assertThat(kinds()).containsExactly(NotificationKind.OPENED);
    }

    /** It fails on more and more pull requests, which is no news while it is on the same scale. */
    @Test
    void theFirstFailuresDoNotCountTwice() {
        fails(1, 3, Shown.NOTHING).waits(HOLD);

        fails(4, 5, Shown.NOTHING);

        assertThat(kinds()).containsExactly(NotificationKind.OPENED);
    }

    @Test
    void anAcknowledgedIncidentIsNotifiedAgainOnceForEachStep() {
        scenario.answering();
        fails(1, 3, Shown.NOTHING).waits(HOLD).afterHours(22);

        fails(11, 11, Shown.NOTHING);
        assertThat(kinds()).containsExactly(NotificationKind.OPENED, NotificationKind.WORSE);

        scenario.afterHours(20);
        fails(31, 12, Shown.NOTHING);
        assertThat(kinds()).containsExactly(NotificationKind.OPENED, NotificationKind.WORSE, NotificationKind.WORSE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSnoozedIncidentIsNotifiedAgainUnlessForced(boolean force) {
        fails(1, 3, Shown.NOTHING).waits(HOLD);
        Instant friday = MONDAY.plus(Duration.ofDays(4));
        scenario.perform(new IncidentAction.Snooze(scenario.incident().id(), "dhiller", friday, force))
                .restart();

        scenario.afterHours(24);
        fails(11, 9, Shown.NOTHING);

        assertThat(kinds())
                .isEqualTo(
                        force
                                ? List.of(NotificationKind.OPENED)
                                : List.of(NotificationKind.OPENED, NotificationKind.WORSE));
        assertThat(scenario.notifications().getLast().text()).contains("it got worse");
    }

    @Test
    void beforeItIsDeliveredTheAnnouncementIsReplaced() {
        EngineScenario saturday = new EngineScenario(Instant.parse("2026-07-18T08:00:00Z"));
        for (int pull = 1; pull <= 12; pull++) {
            saturday.finishes(Run.red(LANE, pull)).after(Duration.ofMinutes(20));
        }

        assertThat(saturday.interruptions()).singleElement().satisfies(notification -> {
            assertThat(notification.kind()).isEqualTo(NotificationKind.OPENED);
            assertThat(notification.incident().pulls()).hasSizeGreaterThan(6);
        });
    }

    /** Twice as many as at the announcement, but as many as on any other day. */
    @Test
    void aLaneThatIsOftenBadIsSilent() {
        for (int day = 0; day < 30; day++) {
            for (int pull = 0; pull < 5; pull++) {
                scenario.finishes(Run.red(LANE, 100 * day + pull).sha("sha" + pull))
                        .after(Duration.ofMinutes(5));
            }
            scenario.until(MONDAY.plus(Duration.ofDays(day + 1)));
        }
        long before = scenario.interruptions().stream()
                .filter(notification -> notification.kind() == NotificationKind.WORSE)
                .count();

        fails(9001, 11, Shown.NOTHING);

        assertThat(scenario.interruptions())
                .filteredOn(notification -> notification.kind() == NotificationKind.WORSE)
                .hasSize((int) before);
    }

    @Test
    void behindFailingTestsRunsThatDieBeforeThemAreAProblemOfTheirOwn() {
        fails(1, 3, Shown.TESTS).waits(HOLD);

        fails(11, 3, Shown.DEATH).waits(HOLD);
        fails(21, 3, Shown.TESTS);

        assertThat(kinds()).containsExactly(NotificationKind.OPENED, NotificationKind.OPENED);
        assertThat(scenario.interruptions().getLast()).satisfies(notification -> {
            assertThat(notification.incident().title())
                    .isEqualTo("example/thing " + LANE + " (it dies before its tests)");
            assertThat(notification.incident().pulls()).containsExactly(11, 12, 13);
            assertThat(notification.text()).contains("which the other open incident does not explain");
        });
        assertThat(scenario.incidents())
                .filteredOn(incident -> incident.title().endsWith(LANE))
                .singleElement()
                .satisfies(incident -> assertThat(incident.pulls()).contains(21, 22, 23));
    }

    @Test
    void eachProblemOfALaneClosesByItself() {
        fails(1, 3, Shown.TESTS).waits(HOLD);
        fails(11, 3, Shown.DEATH).waits(HOLD);
        scenario.perform(new IncidentAction.Resolve(
                scenario.interruptions().getFirst().incident().id(), "dhiller"));

        fails(31, 1, Shown.DEATH);
        assertThat(scenario.incidents())
                .filteredOn(incident -> incident.state() == IncidentState.OPEN)
                .singleElement()
                .satisfies(incident -> assertThat(incident.pulls()).containsExactly(11, 12, 13, 31));

        passes(41, 2);
        assertThat(scenario.incidents())
                .allSatisfy(incident -> assertThat(incident.state()).isEqualTo(IncidentState.RESOLVED));
        assertThat(kinds()).containsExactly(NotificationKind.OPENED, NotificationKind.OPENED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TESTS", "NOTHING"})
    void failuresThatMayBeTheSameProblemJoin(Shown shown) {
        fails(1, 3, Shown.TESTS).waits(HOLD);

        fails(11, 2, Shown.DEATH).waits(HOLD);
        fails(21, 3, shown).waits(HOLD);

        assertThat(kinds()).containsExactly(NotificationKind.OPENED);
    }

    /** As seen: 22 failures of 12 lanes on 11 pull requests in 27 hours, behind one lane's incident of failing tests. */
    @Test
    void aSharedCauseThatSpreadsSlowlyIsAnOutage() {
        scenario.answering();
        fails(1, 3, Shown.TESTS).waits(HOLD);

        scenario.cacheIsLost(22);

        assertThat(opened())
                .extracting(notification -> notification.incident().kind())
                .containsExactly(IncidentKind.LANE, IncidentKind.OUTAGE);
        assertThat(opened().getLast().text())
                .contains("cause cache-lost in example/thing", "rule cache-lost", "usual are");
        assertThat(scenario.lastOutcome())
                .isEqualTo(new Decision.RunOutcome.Suppressed(SuppressionReason.BELOW_THRESHOLD));

        scenario.waits(Duration.ofHours(23));
        assertThat(scenario.incidents())
                .filteredOn(incident -> incident.kind() == IncidentKind.OUTAGE)
                .singleElement()
                .satisfies(outage -> {
                    assertThat(outage.state()).isEqualTo(IncidentState.RESOLVED);
                    assertThat(outage.lanes()).hasSizeGreaterThan(10);
                });
        assertThat(opened()).hasSize(2);
    }

    /** The outage covers only its cause. */
    @Test
    void otherFailuresStillCountDuringASlowOutage() {
        scenario.cacheIsLost(16);

        fails(51, 3, Shown.TESTS).waits(HOLD);

        assertThat(opened())
                .extracting(notification -> notification.incident().kind())
                .containsExactly(IncidentKind.OUTAGE, IncidentKind.LANE);
    }

    @Test
    void aFewRunsOrLanesWithASharedCauseAreNoOutage() {
        scenario.cacheIsLost(4);
        for (int pull = 51; pull < 60; pull++) {
            scenario.finishes(Run.red("pull-other" + pull % 2, pull))
                    .artifactsShow(Cause.INFRASTRUCTURE, "image-pull")
                    .afterHours(13);
        }

        assertThat(scenario.incidents()).noneMatch(incident -> incident.kind() == IncidentKind.OUTAGE);
    }

    @Test
    void anAbortedRunIsNoFailureOfItsLane() {
        fails(1, 2, Shown.NOTHING);
        scenario.finishes(Run.red(LANE, 3)).after(Duration.ofMinutes(2)).artifactsShow(Cause.ABORTED, "aborted");
        assertThat(scenario.waits(HOLD).interruptions()).isEmpty();

        scenario.finishes(Run.red(LANE, 4)).waits(HOLD);
        assertThat(kinds()).containsExactly(NotificationKind.OPENED);
    }

    @Test
    void anIncidentOfAnAbortedRunCloses() {
        fails(1, 2, Shown.NOTHING);
        scenario.finishes(Run.red(LANE, 3)).waits(HOLD).artifactsShow(Cause.ABORTED, "aborted");

        assertThat(scenario.notifications().getLast()).satisfies(notification -> {
            assertThat(notification.kind()).isEqualTo(NotificationKind.RESOLVED);
            assertThat(notification.text()).contains("aborted from outside");
        });
    }

    private EngineScenario fails(int firstPull, int pulls, Shown shown) {
        return scenario.fails(LANE, firstPull, pulls, shown);
    }

    private EngineScenario passes(int firstPull, int pulls) {
        for (int pull = firstPull; pull < firstPull + pulls; pull++) {
            scenario.finishes(Run.green(LANE, pull));
        }
        return scenario;
    }

    /** Without handoffs: an outage blocks merging. */
    private List<Notification> opened() {
        return scenario.interruptions().stream()
                .filter(notification -> notification.kind() == NotificationKind.OPENED)
                .toList();
    }

    private List<NotificationKind> kinds() {
        return scenario.interruptions().stream()
                .map(Notification::kind)
                .filter(kind -> kind != NotificationKind.ESCALATED)
                .toList();
    }
}
