// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.incident.Decision;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.SuppressionReason;
import io.kubevirt.cinotify.incident.engine.EngineScenario.Run;
import io.kubevirt.cinotify.prow.JobType;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Failures that an unhealthy node explains are announced with the node, not with the lanes. */
class NodeIncidentTest {

    private static final Instant WEDNESDAY = Instant.parse("2026-07-15T09:00:00Z");
    private static final Duration HOLD = Duration.ofMinutes(10);
    private static final Duration SOON = Duration.ofMinutes(2);

    @Test
    void runsThatANodeExplainsAreNotifiedWithTheNodeOnly() {
        EngineScenario scenario = new EngineScenario(WEDNESDAY)
                .finishes(Run.red("post", JobType.POSTSUBMIT))
                .after(SOON)
                .nodeFails("node07", 1)
                .waits(HOLD);

        assertThat(scenario.interruptions()).singleElement().satisfies(notification -> {
            assertThat(notification.incident().kind()).isEqualTo(IncidentKind.NODE);
            assertThat(notification.incident().runs()).isEqualTo(1);
            assertThat(notification.incident().latest()).isNotNull();
        });
        assertThat(scenario.lastOutcome()).isEqualTo(new Decision.RunOutcome.Suppressed(SuppressionReason.NODE));
    }

    @Test
    void aLaneNotifiedBeforeTheNodeWasKnownIsResolvedWithAnEdit() {
        EngineScenario scenario = new EngineScenario(WEDNESDAY)
                .finishes(Run.red("post", JobType.POSTSUBMIT))
                .waits(HOLD)
                .after(SOON)
                .nodeFails("node07", 1);

        assertThat(scenario.notifications())
                .filteredOn(notification -> notification.incident().kind() == IncidentKind.LANE)
                .last()
                .satisfies(notification -> {
                    assertThat(notification.kind()).isEqualTo(NotificationKind.RESOLVED);
                    assertThat(notification.text()).contains("node node07 explains it, see incident ");
                });
    }

    @Test
    void aLaneThatIsBrokenElsewhereAsWellStaysOpen() {
        EngineScenario scenario = new EngineScenario(WEDNESDAY);
        for (int pull = 1; pull <= 4; pull++) {
            scenario.finishes(Run.red("lane", pull));
        }
        scenario.waits(HOLD).nodeFails("node07", 4);

        assertThat(scenario.interruptions()).hasSize(2);
        assertThat(scenario.incidents())
                .filteredOn(incident -> incident.closedAt() == null)
                .hasSize(2);
    }

    @Test
    void failuresOfANodeDoNotCountInARow() {
        EngineScenario scenario = new EngineScenario(WEDNESDAY)
                .finishes(Run.red("nightly", JobType.PERIODIC))
                .after(SOON)
                .nodeFails("node07", 1)
                .afterHours(8)
                .finishes(Run.red("nightly", JobType.PERIODIC))
                .waits(HOLD);
        assertThat(scenario.lastOutcome())
                .isEqualTo(new Decision.RunOutcome.Suppressed(SuppressionReason.BELOW_THRESHOLD));

        scenario.afterHours(8).finishes(Run.red("nightly", JobType.PERIODIC)).waits(HOLD);
        assertThat(scenario.interruptions())
                .filteredOn(notification -> notification.incident().kind() == IncidentKind.LANE)
                .hasSize(1);
    }
}
