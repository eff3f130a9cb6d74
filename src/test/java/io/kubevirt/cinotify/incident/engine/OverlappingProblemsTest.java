// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.engine.EngineScenario.Run;
import io.kubevirt.cinotify.incident.engine.EngineScenario.Shown;
import io.kubevirt.cinotify.routing.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several problems of one lane, an outage over them, and several reasons to notify at once. */
class OverlappingProblemsTest {

    private static final Instant MONDAY = Instant.parse("2026-07-13T08:00:00Z");
    private static final Duration HOLD = Duration.ofMinutes(10);
    private static final String LANE = "pull-e2e-lane";

    private final EngineScenario scenario = new EngineScenario(MONDAY);

    @Test
    void anIncidentOfAnotherClassClosesToo() {
        fails(1, 3, Shown.TESTS).waits(HOLD);
        fails(11, 3, Shown.DEATH).waits(HOLD).artifactsShow(Cause.ABORTED, "aborted");

        assertThat(scenario.notifications().getLast()).satisfies(notification -> {
            assertThat(notification.incident().title()).endsWith("(it dies before its tests)");
            assertThat(notification.text()).contains("aborted from outside");
        });
        assertThat(scenario.incidents())
                .filteredOn(incident -> incident.state() == IncidentState.OPEN)
                .hasSize(1);
    }

    @Test
    void theIncidentOfAnotherClassGoesOnAfterAnOutage() {
        fails(1, 3, Shown.TESTS).waits(HOLD);
        fails(11, 3, Shown.DEATH).waits(HOLD);
        scenario.perform(new IncidentAction.Resolve(
                scenario.interruptions().getFirst().incident().id(), "dhiller"));
        scenario.afterHours(4);

        failsDuringAnOutage(Shown.DEATH);

        assertThat(ofTheLane()).extracting(IncidentView::state).containsExactly(IncidentState.OPEN);
        assertThat(ofTheLane().getFirst().pulls()).contains(11, 12, 13, 201, 202, 203);
        assertThat(scenario.interruptions())
                .filteredOn(notification -> notification.kind() == NotificationKind.OPENED)
                .extracting(notification -> notification.incident().kind())
                .containsExactly(IncidentKind.LANE, IncidentKind.LANE, IncidentKind.OUTAGE);
    }

    @ParameterizedTest
    @CsvSource({"DEATH, OPEN", "TESTS, RESOLVED"})
    void afterAnOutageAFoldedIncidentStaysIfItsOwnProblemDoes(Shown shown, IncidentState state) {
        fails(1, 3, Shown.TESTS).waits(HOLD).afterHours(4);
        fails(11, 3, Shown.DEATH).waits(HOLD);

        failsDuringAnOutage(shown);

        assertThat(scenario.incidents())
                .filteredOn(incident -> incident.title().endsWith("(it dies before its tests)"))
                .singleElement()
                .satisfies(incident -> assertThat(incident.state()).isEqualTo(state));
    }

    /** The lane fails on three pull requests after the last sign of an outage, which ends. */
    private void failsDuringAnOutage(Shown shown) {
        scenario.answering();
        for (int run = 0; run < 9; run++) {
            scenario.finishes(Run.red("pull-burst-" + run, 101 + run / 3));
        }
        scenario.afterHours(1).finishes(Run.red("pull-burst-9", 104));
        scenario.after(Duration.ofMinutes(130));
        fails(201, 3, shown).waits(Duration.ofHours(1));
        assertThat(scenario.notifications())
                .extracting(Notification::incident)
                .filteredOn(incident -> incident.kind() == IncidentKind.OUTAGE)
                .last()
                .extracting(IncidentView::state)
                .isEqualTo(IncidentState.RESOLVED);
    }

    private List<IncidentView> ofTheLane() {
        return scenario.incidents().stream()
                .filter(incident -> incident.title().contains(LANE))
                .filter(incident -> incident.state() == IncidentState.OPEN)
                .toList();
    }

    @Test
    void anIncidentThatAnOutageExplainsDoesNotGetWorse() {
        fails(1, 3, Shown.CACHE).waits(HOLD);
        scenario.cacheIsLost(20);

        fails(301, 9, Shown.NOTHING);

        assertThat(kinds()).doesNotContain(NotificationKind.WORSE);
    }

    @ParameterizedTest
    @CsvSource({"false, false", "true, false", "true, true"})
    void aNewBranchIsNotifiedUnlessTheIncidentIsSnoozed(boolean snoozed, boolean force) {
        fails(1, 3, Shown.NOTHING).waits(HOLD);
        String incident = scenario.incident().id();
        scenario.perform(
                snoozed
                        ? new IncidentAction.Snooze(incident, "dhiller", MONDAY.plus(Duration.ofDays(9)), force)
                        : new IncidentAction.Acknowledge(incident, "dhiller"));
        failsForDays(4);

        onOtherBranch(11, 3);

        assertThat(kinds())
                .isEqualTo(
                        snoozed
                                ? List.of(NotificationKind.OPENED)
                                : List.of(NotificationKind.OPENED, NotificationKind.REMINDED));
        assertThat(scenario.notifications().getLast().text()).contains("now also fails on branch release-1.9");
    }

    @Test
    void oneRunNotifiesOnce() {
        fails(1, 3, Shown.NOTHING).waits(HOLD);
        scenario.perform(new IncidentAction.Acknowledge(scenario.incident().id(), "dhiller"));
        failsForDays(4);
        fails(11, 6, Shown.NOTHING);

        onOtherBranch(21, 1);

        assertThat(kinds()).containsExactly(NotificationKind.OPENED, NotificationKind.WORSE);
        assertThat(scenario.notifications().getLast()).satisfies(notification -> {
            assertThat(notification.kind()).isEqualTo(NotificationKind.CHANGED);
            assertThat(notification.text()).contains("now also fails on branch release-1.9");
        });
    }

    private void failsForDays(int days) {
        for (int day = 0; day < days; day++) {
            scenario.afterHours(19).finishes(Run.red(LANE, 1).sha("sha" + day));
        }
    }

    private void onOtherBranch(int firstPull, int pulls) {
        for (int pull = firstPull; pull < firstPull + pulls; pull++) {
            scenario.after(Duration.ofMinutes(5)).finishes(Run.red(LANE, pull).base("release-1.9"));
        }
    }

    private EngineScenario fails(int firstPull, int pulls, Shown shown) {
        return scenario.fails(LANE, firstPull, pulls, shown);
    }

    private List<NotificationKind> kinds() {
        return scenario.interruptions().stream()
                .map(Notification::kind)
                .filter(kind -> kind != NotificationKind.ESCALATED)
                .toList();
    }
}
