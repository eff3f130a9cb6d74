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
import io.kubevirt.cinotify.prow.JobType;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a sick node did is told with the node, not with the lanes. */
class NodesTest {

    private static final Instant WEDNESDAY = Instant.parse("2026-07-15T09:00:00Z");
    private static final Duration HOLD = Duration.ofMinutes(10);
    private static final Duration SOON = Duration.ofMinutes(2);

    @Test
    void runsThatANodeExplainsAreToldWithTheNodeOnly() {
        Story story = new Story(WEDNESDAY)
                .happens(Run.red("post", JobType.POSTSUBMIT))
                .after(SOON)
                .sick("node07", 1)
                .waits(HOLD);

        assertThat(story.calls()).singleElement().satisfies(message -> {
            assertThat(message.incident().kind()).isEqualTo(CaseKind.NODE);
            assertThat(message.incident().runs()).isEqualTo(1);
            assertThat(message.incident().latest()).isNotNull();
        });
        assertThat(story.lastFate()).isEqualTo(new Fate.Suppressed(Reason.NODE));
    }

    @Test
    void aLaneThatWasToldBeforeTheNodeWasKnownIsEndedWithAnEdit() {
        Story story = new Story(WEDNESDAY)
                .happens(Run.red("post", JobType.POSTSUBMIT))
                .waits(HOLD)
                .after(SOON)
                .sick("node07", 1);

        assertThat(story.said())
                .filteredOn(message -> message.incident().kind() == CaseKind.LANE)
                .last()
                .satisfies(message -> {
                    assertThat(message.kind()).isEqualTo(MessageKind.RESOLVED);
                    assertThat(message.text()).contains("node node07 explains it, see incident ");
                });
    }

    @Test
    void aLaneThatIsBrokenElsewhereAsWellStaysOpen() {
        Story story = new Story(WEDNESDAY);
        for (int pull = 1; pull <= 4; pull++) {
            story.happens(Run.red("lane", pull));
        }
        story.waits(HOLD).sick("node07", 4);

        assertThat(story.calls()).hasSize(2);
        assertThat(story.incidents())
                .filteredOn(incident -> incident.closedAt() == null)
                .hasSize(2);
    }

    @Test
    void whatANodeDidIsNoFailureInARow() {
        Story story = new Story(WEDNESDAY)
                .happens(Run.red("nightly", JobType.PERIODIC))
                .after(SOON)
                .sick("node07", 1)
                .afterHours(8)
                .happens(Run.red("nightly", JobType.PERIODIC))
                .waits(HOLD);
        assertThat(story.lastFate()).isEqualTo(new Fate.Suppressed(Reason.BELOW_THRESHOLD));

        story.afterHours(8).happens(Run.red("nightly", JobType.PERIODIC)).waits(HOLD);
        assertThat(story.calls())
                .filteredOn(message -> message.incident().kind() == CaseKind.LANE)
                .hasSize(1);
    }
}
