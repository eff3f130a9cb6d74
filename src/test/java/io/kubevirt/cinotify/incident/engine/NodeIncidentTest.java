// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.RunOutcome;
import io.kubevirt.cinotify.incident.SuppressionReason;
import io.kubevirt.cinotify.incident.engine.EngineScenario.Run;
import io.kubevirt.cinotify.prow.JobType;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a sick node did is told with the node, not with the lanes. */
class NodeIncidentTest {

    private static final Instant WEDNESDAY = Instant.parse("2026-07-15T09:00:00Z");
    private static final Duration HOLD = Duration.ofMinutes(10);
    private static final Duration SOON = Duration.ofMinutes(2);

    @Test
    void runsThatANodeExplainsAreNotifiedWithTheNodeOnly() {
        EngineScenario story = new EngineScenario(WEDNESDAY)
                .finishes(Run.red("post", JobType.POSTSUBMIT))
                .after(SOON)
                .nodeFails("node07", 1)
                .waits(HOLD);

        assertThat(story.interruptions()).singleElement().satisfies(message -> {
            assertThat(message.incident().kind()).isEqualTo(IncidentKind.NODE);
            assertThat(message.incident().runs()).isEqualTo(1);
            assertThat(message.incident().latest()).isNotNull();
        });
        assertThat(story.lastOutcome()).isEqualTo(new RunOutcome.Suppressed(SuppressionReason.NODE));
    }

    @Test
    void aLaneNotifiedBeforeTheNodeWasKnownIsResolvedWithAnEdit() {
        EngineScenario story = new EngineScenario(WEDNESDAY)
                .finishes(Run.red("post", JobType.POSTSUBMIT))
                .waits(HOLD)
                .after(SOON)
                .nodeFails("node07", 1);

        assertThat(story.notifications())
                .filteredOn(message -> message.incident().kind() == IncidentKind.LANE)
                .last()
                .satisfies(message -> {
                    assertThat(message.kind()).isEqualTo(NotificationKind.RESOLVED);
                    assertThat(message.text()).contains("node node07 explains it, see incident ");
                });
    }

    @Test
    void aLaneThatIsBrokenElsewhereAsWellStaysOpen() {
        EngineScenario story = new EngineScenario(WEDNESDAY);
        for (int pull = 1; pull <= 4; pull++) {
            story.finishes(Run.red("lane", pull));
        }
        story.waits(HOLD).nodeFails("node07", 4);

        assertThat(story.interruptions()).hasSize(2);
        assertThat(story.incidents())
                .filteredOn(incident -> incident.closedAt() == null)
                .hasSize(2);
    }

    @Test
    void whatANodeDidIsNoFailureInARow() {
        EngineScenario story = new EngineScenario(WEDNESDAY)
                .finishes(Run.red("nightly", JobType.PERIODIC))
                .after(SOON)
                .nodeFails("node07", 1)
                .afterHours(8)
                .finishes(Run.red("nightly", JobType.PERIODIC))
                .waits(HOLD);
        assertThat(story.lastOutcome()).isEqualTo(new RunOutcome.Suppressed(SuppressionReason.BELOW_THRESHOLD));

        story.afterHours(8).finishes(Run.red("nightly", JobType.PERIODIC)).waits(HOLD);
        assertThat(story.interruptions())
                .filteredOn(message -> message.incident().kind() == IncidentKind.LANE)
                .hasSize(1);
    }
}
