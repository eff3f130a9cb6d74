// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.prow.JobState;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Scripts of events with the clock, for each way that the life of a bump can take. For support: dee, Primary, Mon-Fri in
 * Berlin; cy, Primary, Sun-Thu 06:00-14:00 UTC; ada, Secondary. For operations: ada, Primary; bo, Backup.
 */
class BumpScenariosTest {

    private static final String FRIDAY = "2026-07-17T02:00:00Z";

    @TempDir
    private Path folder;

    private BumpScenario green(String begin, String passed) throws Exception {
        return BumpScenario.at(folder, begin)
                .opens()
                .runs("unit", JobState.PENDING)
                .until(passed)
                .runs("unit", JobState.SUCCESS);
    }

    @Test
    void onAFridayWhoeverWorksIsTold() throws Exception {
        BumpScenario life = green(FRIDAY, "2026-07-17T03:00:00Z").until("2026-07-17T08:00:00Z");

        assertThat(life.notified()).containsExactly("opened dee 2026-07-17T07:00:00Z");
        assertThat(life.lastMessage()).contains("it waits for approval");
    }

    @Test
    void onAFridayEveningItWaitsForWhoeverBeginsFirst() throws Exception {
        BumpScenario life =
                green("2026-07-17T15:00:00Z", "2026-07-17T16:00:00Z").until("2026-07-19T07:00:00Z");

        assertThat(life.notified())
                .as("what it needs has changed before Sunday: it is said once, as it is then")
                .containsExactly("opened cy 2026-07-19T06:00:00Z");
        assertThat(life.lastMessage()).contains("it is usually merged within 6 h");
    }

    @Test
    void whereNobodyWorksOnFridaysItWaitsForMonday() throws Exception {
        BumpScenario life = BumpScenario.at(folder, "2026-07-17T14:00:00Z")
                .branch("images")
                .opens()
                .runs("unit", JobState.FAILURE)
                .until("2026-07-20T08:00:00Z");

        assertThat(life.notified()).containsExactly("opened ada 2026-07-20T07:00:00Z");
    }

    @Test
    void whatIsMergedBeforeAnybodyBeginsToWorkIsNeverSaid() throws Exception {
        BumpScenario life = green(FRIDAY, "2026-07-17T03:00:00Z")
                .until("2026-07-17T06:00:00Z")
                .merges()
                .deploys(JobState.SUCCESS)
                .until("2026-07-18T00:00:00Z");

        assertThat(life.sentKinds()).isEmpty();
    }

    @Test
    void whatWaitsTooLongIsRemindedOfAndThenEscalates() throws Exception {
        BumpScenario life =
                green("2026-07-15T06:00:00Z", "2026-07-15T07:00:00Z").until("2026-07-15T12:59:00Z");
        assertThat(life.notified())
                .as("nobody is pressed before its usual time is over")
                .hasSize(1);

        life.until("2026-07-16T14:00:00Z");
        assertThat(life.notified())
                .containsExactly(
                        "opened cy 2026-07-15T07:00:00Z",
                        "reminded cy 2026-07-15T13:10:00Z",
                        "escalated ada 2026-07-16T09:10:00Z");
        assertThat(life.threads()).as("one message that is edited along").hasSize(1);
    }

    @Test
    void whoHasTakenItOnIsRemindedAsWell() throws Exception {
        BumpScenario life = green("2026-07-15T06:00:00Z", "2026-07-15T07:00:00Z")
                .acknowledges("cy")
                .until("2026-07-16T07:00:00Z");

        assertThat(life.notified())
                .containsExactly("opened cy 2026-07-15T07:00:00Z", "reminded cy 2026-07-15T13:10:00Z");
    }

    @Test
    void aRedOneIsToldAfterItsRetestsAndStaysOneMessageUntilTheEnd() throws Exception {
        BumpScenario life = BumpScenario.at(folder, "2026-07-15T06:00:00Z")
                .opens()
                .runs("unit", JobState.FAILURE)
                .until("2026-07-15T07:00:00Z")
                .runs("unit", JobState.PENDING)
                .until("2026-07-15T08:00:00Z")
                .runs("unit", JobState.FAILURE)
                .until("2026-07-15T09:59:00Z");
        assertThat(life.sentKinds()).isEmpty();

        life.until("2026-07-15T10:30:00Z");
        assertThat(life.notified()).containsExactly("opened cy 2026-07-15T10:00:00Z");
        assertThat(life.lastMessage()).contains("unit (2 times)");

        life.runs("unit", JobState.PENDING).until("2026-07-15T11:30:00Z").runs("unit", JobState.FAILURE);
        life.until("2026-07-15T12:00:00Z").restart();
        assertThat(life.sentKinds())
                .as("it is tried again: nothing is better, nothing is new")
                .containsExactly("opened");

        life.runs("unit", JobState.SUCCESS).until("2026-07-15T12:30:00Z");
        assertThat(life.notified()).last().isEqualTo("reminded cy 2026-07-15T12:00:00Z");
        assertThat(life.lastMessage()).contains("it waits for approval");

        life.merges().deploys(JobState.SUCCESS).until("2026-07-16T12:00:00Z");
        assertThat(life.sentKinds()).containsExactly("opened", "reminded", "resolved");
        assertThat(life.threads()).hasSize(1);
    }

    @Test
    void aNewCommitEndsItAndWhatFollowsGoesOnInTheSameMessage() throws Exception {
        BumpScenario life =
                BumpScenario.at(folder, "2026-07-15T06:00:00Z").opens().runs("unit", JobState.FAILURE);
        life.until("2026-07-15T09:00:00Z").pushes("s2").until("2026-07-15T10:00:00Z");
        assertThat(life.open()).isEmpty();

        life.runs("unit", JobState.SUCCESS).until("2026-07-15T11:00:00Z");
        assertThat(life.sentKinds()).containsExactly("opened", "resolved", "reminded");
        assertThat(life.threads()).hasSize(1);
    }

    @Test
    void aConflictIsToldOnceTheBotHasNotResolvedIt() throws Exception {
        BumpScenario life = green("2026-07-15T06:00:00Z", "2026-07-15T06:30:00Z");
        life.until("2026-07-15T07:00:00Z").conflicts(true).until("2026-07-15T08:59:00Z");
        assertThat(life.sentKinds()).as("until then it is nobody's").containsExactly("opened", "resolved");

        life.until("2026-07-15T09:30:00Z");
        assertThat(life.notified()).last().isEqualTo("reminded cy 2026-07-15T09:00:00Z");
        assertThat(life.lastMessage()).contains("it has merge conflicts");

        life.pushes("s2").conflicts(false).until("2026-07-15T09:40:00Z");
        assertThat(life.open()).isEmpty();
        assertThat(life.threads()).hasSize(1);
    }

    @Test
    void whatIsClosedIsOver() throws Exception {
        BumpScenario life =
                green("2026-07-15T06:00:00Z", "2026-07-15T07:00:00Z").until("2026-07-15T08:00:00Z");
        life.closes().until("2026-07-17T08:00:00Z");

        assertThat(life.sentKinds()).containsExactly("opened", "resolved");
        assertThat(life.open()).isEmpty();
    }

    @Test
    void aDeploymentThatFailsBlocksAndGoesToOperations() throws Exception {
        BumpScenario life = green("2026-07-15T06:00:00Z", "2026-07-15T06:20:00Z")
                .merges()
                .deploys(JobState.FAILURE)
                .until("2026-07-15T07:30:00Z");

        assertThat(life.open()).singleElement().satisfies(incident -> {
            assertThat(incident.blocking()).isTrue();
            assertThat(incident.diagnosis().area()).isEqualTo("operations");
        });
        assertThat(life.notified())
                .containsExactly("opened cy 2026-07-15T06:20:00Z", "opened ada 2026-07-15T07:00:00Z");

        life.deploys(JobState.SUCCESS).until("2026-07-15T08:00:00Z");
        assertThat(life.open()).isEmpty();
    }

    @Test
    void aDeploymentThatNeverRunsIsToldAfterPatience() throws Exception {
        BumpScenario life =
                green("2026-07-15T06:00:00Z", "2026-07-15T08:00:00Z").merges();

        assertThat(life.until("2026-07-15T09:59:00Z").open()).isEmpty();
        assertThat(life.until("2026-07-15T10:01:00Z").open())
                .singleElement()
                .satisfies(incident -> assertThat(incident.why()).contains("post-deploy has not run since the merge"));
    }

    @Test
    void aDeploymentThatIsAbortedAndNotRunAgainIsToldAfterPatience() throws Exception {
        BumpScenario life = green("2026-07-15T06:00:00Z", "2026-07-15T06:20:00Z")
                .merges()
                .deploys(JobState.PENDING)
                .until("2026-07-15T06:30:00Z")
                .deploys(JobState.ABORTED);

        assertThat(life.until("2026-07-15T08:29:00Z").open()).isEmpty();
        assertThat(life.until("2026-07-15T08:31:00Z").open()).singleElement().satisfies(incident -> {
            assertThat(incident.why()).contains("neither passed nor failed since 2026-07-15T06:30:00Z");
            assertThat(incident.diagnosis().area()).isEqualTo("operations");
        });
    }

    @Test
    void aFailedDeploymentIsOverOnceItPassesAndNotOnceItIsTriedAgain() throws Exception {
        BumpScenario life = green("2026-07-15T06:00:00Z", "2026-07-15T06:20:00Z")
                .merges()
                .deploys(JobState.FAILURE)
                .until("2026-07-15T07:30:00Z")
                .deploys(JobState.PENDING);
        assertThat(life.until("2026-07-15T07:40:00Z").open()).hasSize(1);

        life.deploys(JobState.ABORTED);
        assertThat(life.until("2026-07-15T10:00:00Z").open())
                .singleElement()
                .satisfies(incident -> assertThat(incident.why()).contains("was aborted and not run again"));

        assertThat(life.deploys(JobState.SUCCESS).open()).isEmpty();
    }

    @Test
    void aDeploymentThatANewerOneHasReplacedIsTheNewerOnes() throws Exception {
        BumpScenario life = green("2026-07-15T06:00:00Z", "2026-07-15T06:20:00Z")
                .merges()
                .deploys(JobState.ABORTED)
                .until("2026-07-15T06:40:00Z")
                .deploys(JobState.PENDING)
                .until("2026-07-15T07:00:00Z")
                .deploys(JobState.SUCCESS);

        assertThat(life.until("2026-07-15T12:00:00Z").open()).isEmpty();
        assertThat(life.sentKinds()).containsExactly("opened", "resolved");
    }

    @Test
    void aPushThatResolvesAConflictIsBelievedBeforeGitHubHasFoundOut() throws Exception {
        BumpScenario life = green("2026-07-15T06:00:00Z", "2026-07-15T06:30:00Z")
                .conflicts(true)
                .until("2026-07-15T09:00:00Z");
        assertThat(life.lastMessage()).contains("it has merge conflicts");

        life.conflicts(null);
        assertThat(life.open()).as("the same commit: nothing is better").hasSize(1);
        life.pushes("s2").until("2026-07-15T12:00:00Z");
        assertThat(life.open()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // 252 hours, whatever the clocks do meanwhile; then the next working minute of a Primary.
        "2026-07-06T09:00:00Z, 2026-07-16T20:50:00Z, 2026-07-17T07:00:00Z, dee",
        "2026-03-16T18:00:00Z, 2026-03-27T05:50:00Z, 2026-03-27T08:00:00Z, dee",
        "2026-03-20T17:00:00Z, 2026-03-31T04:50:00Z, 2026-03-31T06:00:00Z, cy",
        "2026-10-16T17:00:00Z, 2026-10-27T04:50:00Z, 2026-10-27T06:00:00Z, cy"
    })
    void aBumpJobIsSilentAfterHalfAsLongAgain(String last, String still, String told, String whom) throws Exception {
        BumpScenario life = BumpScenario.at(folder, last).opens().closes();
        assertThat(life.until(still).open()).isEmpty();

        life.until(told).until(Instant.parse(told).plusSeconds(3_600).toString());
        assertThat(life.notified()).containsExactly("opened " + whom + " " + told);
        assertThat(life.lastMessage()).contains("no bump was opened", "make-bump should open it");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-27T02:00:00Z, 2026-03-27T03:00:00Z, 2026-03-27T08:00:00Z",
        "2026-03-30T02:00:00Z, 2026-03-30T03:00:00Z, 2026-03-30T07:00:00Z",
        "2026-10-23T02:00:00Z, 2026-10-23T03:00:00Z, 2026-10-23T07:00:00Z",
        "2026-10-26T02:00:00Z, 2026-10-26T03:00:00Z, 2026-10-26T08:00:00Z"
    })
    void itIsToldAtNineOnTheClockOfBerlinBeforeAndAfterClocksMove(String begin, String red, String told)
            throws Exception {
        BumpScenario life = BumpScenario.at(folder, begin)
                .branch("images")
                .opens()
                .runs("unit", JobState.FAILURE)
                .until(told)
                .until(Instant.parse(told).plusSeconds(1_800).toString());

        assertThat(life.notified()).containsExactly("opened ada " + told);
    }

    @Test
    void whatOnlySomeChangesNeedIsWaitedForOnceItIsNamed() throws Exception {
        BumpScenario life =
                BumpScenario.at(folder, "2026-07-15T08:00:00Z").opens().runs("unit", JobState.SUCCESS);
        assertThat(life.until("2026-07-15T08:04:59Z").open())
                .as("Prow may not have named all jobs yet")
                .isEmpty();

        life.runs("deploy-test", JobState.PENDING).until("2026-07-15T09:00:00Z");
        assertThat(life.open()).isEmpty();
        assertThat(life.runs("deploy-test", JobState.SUCCESS).open()).hasSize(1);
    }

    @Test
    void whereNothingRequiredRunsItWaitsForAHumanAllTheSame() throws Exception {
        BumpScenario life = new BumpScenario(
                        folder,
                        Instant.parse("2026-07-15T08:00:00Z"),
                        "presubmits: {example/infra: [{name: deploy-test, run_if_changed: '^deploy/', spec:"
                                + " {containers: [{image: x}]}}]}\n")
                .opens();

        assertThat(life.until("2026-07-15T09:59:00Z").open()).isEmpty();
        assertThat(life.until("2026-07-15T10:01:00Z").open())
                .singleElement()
                .satisfies(incident -> assertThat(incident.why()).contains("no required job has run"));
    }
}
