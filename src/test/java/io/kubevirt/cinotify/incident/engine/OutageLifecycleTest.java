// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.incident.Decision;
import io.kubevirt.cinotify.incident.DetectedIncident;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.SuppressionReason;
import io.kubevirt.cinotify.incident.engine.EngineScenario.Run;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An outage that breaks many lanes is announced once. */
class OutageLifecycleTest {

    private static final Instant MONDAY = Instant.parse("2026-01-05T10:00:00Z");
    private static final int LANES = 1_099;

    static Stream<Arguments> storms() {
        return Stream.of(
                storm("thirty pull requests", i -> Run.red("pull-l" + i, i % 30 + 1)
                        .cluster("c")),
                storm("thirty pull requests, cluster unknown", i -> Run.red("pull-l" + i, i % 30 + 1)),
                storm("one pull request each", i -> Run.red("pull-l" + i, i + 1).cluster("c")),
                storm("runs in error", i -> Run.red("pull-l" + i, i % 30 + 1)
                        .state(JobState.ERROR)
                        .cluster("c")),
                storm("postsubmits", i -> Run.red("post-l" + i, JobType.POSTSUBMIT)
                        .cluster("c")),
                storm("postsubmits of many repositories", i -> Run.red("post-l" + i, JobType.POSTSUBMIT)
                        .repo("o/r" + i % 9)),
                storm("all types, many repositories", i -> mixed(i).cluster("c").repo("o/r" + i % 9)));
    }

    private static Arguments storm(String name, IntFunction<Run> runs) {
        return Arguments.of(name, runs);
    }

    private static Run mixed(int i) {
        Run run = i % 3 == 0
                ? Run.red("l" + i, i % 2 == 0 ? JobType.PERIODIC : JobType.POSTSUBMIT)
                : Run.red("l" + i, i % 30 + 1);
        return run.state(i % 2 == 0 ? JobState.FAILURE : JobState.ERROR);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("storms")
    void aStormOfLanesIsAnnouncedOnceAndItsRestAtMostOnce(String name, IntFunction<Run> runs) {
        EngineScenario scenario = new EngineScenario(MONDAY).answering();
        for (int lane = 0; lane < LANES; lane++) {
            scenario.until(MONDAY.plusSeconds(lane * 300L / LANES)).finishes(runs.apply(lane));
        }
        assertThat(scenario.waits(Duration.ofHours(1)).interruptions())
                .as(name)
                .singleElement()
                .satisfies(notification ->
                        assertThat(notification.incident().kind()).isEqualTo(IncidentKind.OUTAGE));

        for (int round = 0; round < 3; round++) {
            for (int lane = 0; lane < LANES; lane++) {
                Run again = runs.apply(lane);
                Run pull = again.pull() == 0 ? again : again.pull(5_000 + round);
                scenario.until(MONDAY.plus(Duration.ofHours(2 + round)).plusSeconds(lane))
                        .finishes(lane % 20 == 0 ? pull : pull.state(JobState.SUCCESS));
            }
        }
        scenario.waits(Duration.ofDays(4));

        assertThat(scenario.interruptions()).as(name).hasSizeLessThanOrEqualTo(2);
        assertThat(scenario.incidents())
                .filteredOn(incident -> incident.kind() == IncidentKind.OUTAGE)
                .isEmpty();
    }

    @Test
    void anOldBranchOnWhichEverythingFailsNotifiesNobody() {
        EngineScenario scenario = new EngineScenario(MONDAY).answering();
        for (int hour = 0; hour < 6; hour++) {
            for (int lane = 0; lane < 19; lane++) {
                scenario.finishes(oldBranch(lane, 7, "1.0")).after(Duration.ofSeconds(1));
            }
            scenario.afterHours(1);
        }

        assertThat(scenario.waits(Duration.ofDays(3)).interruptions()).isEmpty();
        assertThat(scenario.incidents()).isEmpty();
    }

    @Test
    void cherryPicksToThreeOldBranchesThatFailAreNoLaneIncident() {
        EngineScenario scenario = new EngineScenario(MONDAY).answering();
        for (int branch = 0; branch < 3; branch++) {
            for (int lane = 0; lane < 19; lane++) {
                scenario.finishes(oldBranch(lane, 7 + branch, "1." + branch)).after(Duration.ofSeconds(1));
            }
            scenario.afterHours(1);
        }

        assertThat(scenario.interruptions()).singleElement().satisfies(notification -> assertThat(
                        notification.incident().kind())
                .isEqualTo(IncidentKind.OUTAGE));
    }

    private static Run oldBranch(int lane, int pull, String release) {
        return Run.red("pull-k8s-1.2" + lane % 4 + "-sig-" + lane / 4 + "-" + release, pull)
                .base("release-" + release);
    }

    @Test
    void aLaneNotifiedJustBeforeIsFoldedIntoTheOutage() {
        EngineScenario scenario = new EngineScenario(MONDAY).answering();
        for (int pull = 1; pull <= 3; pull++) {
            scenario.finishes(Run.red("pull-a", pull));
        }
        scenario.waits(Duration.ofMinutes(10));

        burst(scenario, 10);

        assertThat(scenario.notifications())
                .extracting(Notification::kind)
                .containsExactly(NotificationKind.OPENED, NotificationKind.OPENED, NotificationKind.FOLDED);
        assertThat(scenario.lastOutcome())
                .isEqualTo(new Decision.RunOutcome.Suppressed(SuppressionReason.FOLDED_INTO_OUTAGE));
        assertThat(scenario.incidents())
                .filteredOn(incident -> incident.kind() == IncidentKind.LANE)
                .singleElement()
                .satisfies(lane -> assertThat(lane.foldedInto()).isNotNull());
    }

    @Test
    void aLaneHeldWhenTheOutageFormsIsNeverNotified() {
        EngineScenario scenario = new EngineScenario(MONDAY).answering();
        for (int pull = 1; pull <= 3; pull++) {
            scenario.finishes(Run.red("pull-a", pull));
        }

        burst(scenario, 10);
        scenario.waits(Duration.ofHours(1));

        assertThat(scenario.interruptions()).singleElement().satisfies(notification -> assertThat(
                        notification.incident().kind())
                .isEqualTo(IncidentKind.OUTAGE));
    }

    @Test
    void lanesStillFailingAfterTheOutageAreNotifiedInOneList() {
        EngineScenario scenario = new EngineScenario(MONDAY).answering();
        burst(scenario, 10);
        scenario.afterHours(2).finishes(Run.red("pull-c", 40)).afterHours(1);
        for (int run = 0; run < 3; run++) {
            scenario.after(Duration.ofMinutes(20)).finishes(Run.red("pull-a", 50 + run));
            scenario.finishes(Run.red("pull-b", 60 + run));
        }

        scenario.waits(Duration.ofHours(2));

        assertThat(scenario.interruptions()).hasSize(2);
        assertThat(scenario.interruptions().getLast().text()).contains("still failing", "pull-a", "pull-b");
        assertThat(scenario.incidents())
                .filteredOn(incident -> incident.kind() == IncidentKind.LANE)
                .hasSize(2);
    }

    /** Readers of the list may not see the hidden lane, so it has a message of its own; and the outage has no title in either. */
    @Test
    void aHiddenLaneIsNotInTheListAfterTheOutage() {
        EngineScenario scenario = new EngineScenario(MONDAY).answering().hiding("pull-b");
        for (int run = 0; run < 3; run++) {
            scenario.finishes(Run.red("pull-c", 30 + run));
        }
        scenario.waits(Duration.ofMinutes(10)).finishes(Run.red("pull-b", 20));
        burst(scenario, 10);
        scenario.afterHours(2).finishes(Run.red("pull-d", 40)).afterHours(1);
        for (int run = 0; run < 3; run++) {
            scenario.after(Duration.ofMinutes(20)).finishes(Run.red("pull-a", 50 + run));
            scenario.finishes(Run.red("pull-b", 60 + run));
        }

        scenario.waits(Duration.ofHours(2));

        assertThat(scenario.notifications())
                .extracting(Notification::text)
                .contains(
                        "after an outage still failing: example/thing pull-a",
                        "after an outage still failing: example/thing pull-b",
                        "example/thing pull-c is now part of an outage");
    }

    private static void burst(EngineScenario scenario, int firstPull) {
        for (int pull = 0; pull < 3; pull++) {
            for (int lane = 0; lane < 3; lane++) {
                scenario.finishes(Run.red("pull-burst-" + pull + lane, firstPull + pull));
            }
        }
    }

    @Test
    void aFewErrorsOfOneClusterAreAnOutageOfThatCluster() {
        EngineScenario scenario = new EngineScenario(MONDAY).answering();
        for (int run = 0; run < 5; run++) {
            scenario.finishes(
                    Run.red("pull-" + run, run + 1).state(JobState.ERROR).cluster("east"));
        }

        assertThat(scenario.interruptions()).singleElement().satisfies(notification -> {
            assertThat(notification.incident().title()).isEqualTo("cluster east");
            assertThat(notification.incident().diagnosis().area()).isEqualTo("operations");
        });
    }

    /** The id is stored, and the id of a notification begins with it: it must not depend on names in the code. */
    @Test
    void anOutageKeepsItsStoredIdAcrossVersions() {
        EngineScenario scenario = new EngineScenario(MONDAY).answering();
        for (int run = 0; run < 5; run++) {
            scenario.finishes(
                    Run.red("pull-" + run, run + 1).state(JobState.ERROR).cluster("east"));
        }

        assertThat(scenario.interruptions().getFirst().incident().id())
                .isEqualTo(DetectedIncident.idOf("[Scope[kind=cluster, name=east]]", MONDAY));
    }
}
