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
 * One scenario for each way that a bump can take. For support: dee, Primary, Mon-Fri in
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
    void aPassingBumpOnAFridayNotifiesWhoeverWorks() throws Exception {
        BumpScenario bump = green(FRIDAY, "2026-07-17T03:00:00Z").until("2026-07-17T08:00:00Z");

        assertThat(bump.notified()).containsExactly("opened dee 2026-07-17T07:00:00Z");
        assertThat(bump.lastMessage()).contains("it waits for approval");
    }

    @Test
    void aPassingBumpOnAFridayEveningWaitsForTheNextPersonAtWork() throws Exception {
        BumpScenario bump =
                green("2026-07-17T15:00:00Z", "2026-07-17T16:00:00Z").until("2026-07-19T07:00:00Z");

        assertThat(bump.notified())
                .as("the need changed before Sunday: one notification, with the newest state")
                .containsExactly("opened cy 2026-07-19T06:00:00Z");
        assertThat(bump.lastMessage()).contains("it is usually merged within 6 h");
    }

    @Test
    void aPassingBumpOfAnAreaWithoutWeekendWaitsForMonday() throws Exception {
        BumpScenario bump = BumpScenario.at(folder, "2026-07-17T14:00:00Z")
                .branch("images")
                .opens()
                .runs("unit", JobState.FAILURE)
                .until("2026-07-20T08:00:00Z");

        assertThat(bump.notified()).containsExactly("opened ada 2026-07-20T07:00:00Z");
    }

    @Test
    void aBumpMergedBeforeWorkingHoursNotifiesNobody() throws Exception {
        BumpScenario bump = green(FRIDAY, "2026-07-17T03:00:00Z")
                .until("2026-07-17T06:00:00Z")
                .merges()
                .deploys(JobState.SUCCESS)
                .until("2026-07-18T00:00:00Z");

        assertThat(bump.sentKinds()).isEmpty();
    }

    @Test
    void aBumpThatWaitsTooLongRemindsAndThenEscalates() throws Exception {
        BumpScenario bump =
                green("2026-07-15T06:00:00Z", "2026-07-15T07:00:00Z").until("2026-07-15T12:59:00Z");
        assertThat(bump.notified())
                .as("nobody is pressed before its usual time is over")
                .hasSize(1);

        bump.until("2026-07-16T14:00:00Z");
        assertThat(bump.notified())
                .containsExactly(
                        "opened cy 2026-07-15T07:00:00Z",
                        "reminded cy 2026-07-15T13:10:00Z",
                        "escalated ada 2026-07-16T09:10:00Z");
        assertThat(bump.threads()).as("one message that is edited along").hasSize(1);
    }

    @Test
    void anAssigneeIsRemindedAsWell() throws Exception {
        BumpScenario bump = green("2026-07-15T06:00:00Z", "2026-07-15T07:00:00Z")
                .acknowledges("cy")
                .until("2026-07-16T07:00:00Z");

        assertThat(bump.notified())
                .containsExactly("opened cy 2026-07-15T07:00:00Z", "reminded cy 2026-07-15T13:10:00Z");
    }

    @Test
    void aFailedBumpNotifiesAfterItsRetestsInOneMessage() throws Exception {
        BumpScenario bump = BumpScenario.at(folder, "2026-07-15T06:00:00Z")
                .opens()
                .runs("unit", JobState.FAILURE)
                .until("2026-07-15T07:00:00Z")
                .runs("unit", JobState.PENDING)
                .until("2026-07-15T08:00:00Z")
                .runs("unit", JobState.FAILURE)
                .until("2026-07-15T09:59:00Z");
        assertThat(bump.sentKinds()).isEmpty();

        bump.until("2026-07-15T10:30:00Z");
        assertThat(bump.notified()).containsExactly("opened cy 2026-07-15T10:00:00Z");
        assertThat(bump.lastMessage()).contains("unit (2 times)");

        bump.runs("unit", JobState.PENDING).until("2026-07-15T11:30:00Z").runs("unit", JobState.FAILURE);
        bump.until("2026-07-15T12:00:00Z").restart();
        assertThat(bump.sentKinds())
                .as("it is tried again: nothing is better, nothing is new")
                .containsExactly("opened");

        bump.runs("unit", JobState.SUCCESS).until("2026-07-15T12:30:00Z");
        assertThat(bump.notified()).last().isEqualTo("reminded cy 2026-07-15T12:00:00Z");
        assertThat(bump.lastMessage()).contains("it waits for approval");

        bump.merges().deploys(JobState.SUCCESS).until("2026-07-16T12:00:00Z");
        assertThat(bump.sentKinds()).containsExactly("opened", "reminded", "resolved");
        assertThat(bump.threads()).hasSize(1);
    }

    @Test
    void aNewCommitResolvesTheIncidentAndTheMessageContinues() throws Exception {
        BumpScenario bump =
                BumpScenario.at(folder, "2026-07-15T06:00:00Z").opens().runs("unit", JobState.FAILURE);
        bump.until("2026-07-15T09:00:00Z").pushes("s2").until("2026-07-15T10:00:00Z");
        assertThat(bump.open()).isEmpty();

        bump.runs("unit", JobState.SUCCESS).until("2026-07-15T11:00:00Z");
        assertThat(bump.sentKinds()).containsExactly("opened", "resolved", "reminded");
        assertThat(bump.threads()).hasSize(1);
    }

    @Test
    void aConflictNotifiesIfTheBotDoesNotResolveIt() throws Exception {
        BumpScenario bump = green("2026-07-15T06:00:00Z", "2026-07-15T06:30:00Z");
        bump.until("2026-07-15T07:00:00Z").conflicts(true).until("2026-07-15T08:59:00Z");
        assertThat(bump.sentKinds()).as("nobody is responsible until then").containsExactly("opened", "resolved");

        bump.until("2026-07-15T09:30:00Z");
        assertThat(bump.notified()).last().isEqualTo("reminded cy 2026-07-15T09:00:00Z");
        assertThat(bump.lastMessage()).contains("it has merge conflicts");

        bump.pushes("s2").conflicts(false).until("2026-07-15T09:40:00Z");
        assertThat(bump.open()).isEmpty();
        assertThat(bump.threads()).hasSize(1);
    }

    @Test
    void aClosedBumpIsResolved() throws Exception {
        BumpScenario bump =
                green("2026-07-15T06:00:00Z", "2026-07-15T07:00:00Z").until("2026-07-15T08:00:00Z");
        bump.closes().until("2026-07-17T08:00:00Z");

        assertThat(bump.sentKinds()).containsExactly("opened", "resolved");
        assertThat(bump.open()).isEmpty();
    }

    @Test
    void aDeploymentThatFailsBlocksAndGoesToOperations() throws Exception {
        BumpScenario bump = green("2026-07-15T06:00:00Z", "2026-07-15T06:20:00Z")
                .merges()
                .deploys(JobState.FAILURE)
                .until("2026-07-15T07:30:00Z");

        assertThat(bump.open()).singleElement().satisfies(incident -> {
            assertThat(incident.blocking()).isTrue();
            assertThat(incident.diagnosis().area()).isEqualTo("operations");
        });
        assertThat(bump.notified())
                .containsExactly("opened cy 2026-07-15T06:20:00Z", "opened ada 2026-07-15T07:00:00Z");

        bump.deploys(JobState.SUCCESS).until("2026-07-15T08:00:00Z");
        assertThat(bump.open()).isEmpty();
    }

    @Test
    void aDeploymentThatNeverRunsNotifiesAfterPatience() throws Exception {
        BumpScenario bump =
                green("2026-07-15T06:00:00Z", "2026-07-15T08:00:00Z").merges();

        assertThat(bump.until("2026-07-15T09:59:00Z").open()).isEmpty();
        assertThat(bump.until("2026-07-15T10:01:00Z").open())
                .singleElement()
                .satisfies(incident -> assertThat(incident.why()).contains("post-deploy has not run since the merge"));
    }

    @Test
    void anAbortedDeploymentNotifiesAfterPatience() throws Exception {
        BumpScenario bump = green("2026-07-15T06:00:00Z", "2026-07-15T06:20:00Z")
                .merges()
                .deploys(JobState.PENDING)
                .until("2026-07-15T06:30:00Z")
                .deploys(JobState.ABORTED);

        assertThat(bump.until("2026-07-15T08:29:00Z").open()).isEmpty();
        assertThat(bump.until("2026-07-15T08:31:00Z").open()).singleElement().satisfies(incident -> {
            assertThat(incident.why()).contains("neither passed nor failed since 2026-07-15T06:30:00Z");
            assertThat(incident.diagnosis().area()).isEqualTo("operations");
        });
    }

    @Test
    void aFailedDeploymentIsResolvedWhenItPassesNotWhenItIsRetried() throws Exception {
        BumpScenario bump = green("2026-07-15T06:00:00Z", "2026-07-15T06:20:00Z")
                .merges()
                .deploys(JobState.FAILURE)
                .until("2026-07-15T07:30:00Z")
                .deploys(JobState.PENDING);
        assertThat(bump.until("2026-07-15T07:40:00Z").open()).hasSize(1);

        bump.deploys(JobState.ABORTED);
        assertThat(bump.until("2026-07-15T10:00:00Z").open())
                .singleElement()
                .satisfies(incident -> assertThat(incident.why()).contains("was aborted and not run again"));

        assertThat(bump.deploys(JobState.SUCCESS).open()).isEmpty();
    }

    @Test
    void aFailedDeploymentIsResolvedByANewerOne() throws Exception {
        BumpScenario bump = green("2026-07-15T06:00:00Z", "2026-07-15T06:20:00Z")
                .merges()
                .deploys(JobState.ABORTED)
                .until("2026-07-15T06:40:00Z")
                .deploys(JobState.PENDING)
                .until("2026-07-15T07:00:00Z")
                .deploys(JobState.SUCCESS);

        assertThat(bump.until("2026-07-15T12:00:00Z").open()).isEmpty();
        assertThat(bump.sentKinds()).containsExactly("opened", "resolved");
    }

    @Test
    void aPushResolvesAConflictBeforeGitHubHasComputedIt() throws Exception {
        BumpScenario bump = green("2026-07-15T06:00:00Z", "2026-07-15T06:30:00Z")
                .conflicts(true)
                .until("2026-07-15T09:00:00Z");
        assertThat(bump.lastMessage()).contains("it has merge conflicts");

        bump.conflicts(null);
        assertThat(bump.open()).as("the same commit").hasSize(1);
        bump.pushes("s2").until("2026-07-15T12:00:00Z");
        assertThat(bump.open()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // 252 hours, whatever the clocks do meanwhile; then the next working minute of a Primary.
        "2026-07-06T09:00:00Z, 2026-07-16T20:50:00Z, 2026-07-17T07:00:00Z, dee",
        "2026-03-16T18:00:00Z, 2026-03-27T05:50:00Z, 2026-03-27T08:00:00Z, dee",
        "2026-03-20T17:00:00Z, 2026-03-31T04:50:00Z, 2026-03-31T06:00:00Z, cy",
        "2026-10-16T17:00:00Z, 2026-10-27T04:50:00Z, 2026-10-27T06:00:00Z, cy"
    })
    void aMissingBumpNotifiesAfterOneAndAHalfIntervals(String last, String still, String at, String whom)
            throws Exception {
        BumpScenario bump = BumpScenario.at(folder, last).opens().closes();
        assertThat(bump.until(still).open()).isEmpty();

        bump.until(at).until(Instant.parse(at).plusSeconds(3_600).toString());
        assertThat(bump.notified()).containsExactly("opened " + whom + " " + at);
        assertThat(bump.lastMessage()).contains("no bump was opened", "make-bump should open it");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-27T02:00:00Z, 2026-03-27T03:00:00Z, 2026-03-27T08:00:00Z",
        "2026-03-30T02:00:00Z, 2026-03-30T03:00:00Z, 2026-03-30T07:00:00Z",
        "2026-10-23T02:00:00Z, 2026-10-23T03:00:00Z, 2026-10-23T07:00:00Z",
        "2026-10-26T02:00:00Z, 2026-10-26T03:00:00Z, 2026-10-26T08:00:00Z"
    })
    void aNotificationAtNineFollowsDaylightSavingTime(String begin, String red, String at) throws Exception {
        BumpScenario bump = BumpScenario.at(folder, begin)
                .branch("images")
                .opens()
                .runs("unit", JobState.FAILURE)
                .until(at)
                .until(Instant.parse(at).plusSeconds(1_800).toString());

        assertThat(bump.notified()).containsExactly("opened ada " + at);
    }

    @Test
    void aConditionalJobIsWaitedForOnceItIsReported() throws Exception {
        BumpScenario bump =
                BumpScenario.at(folder, "2026-07-15T08:00:00Z").opens().runs("unit", JobState.SUCCESS);
        assertThat(bump.until("2026-07-15T08:04:59Z").open())
                .as("Prow may not have named all jobs yet")
                .isEmpty();

        bump.runs("deploy-test", JobState.PENDING).until("2026-07-15T09:00:00Z");
        assertThat(bump.open()).isEmpty();
        assertThat(bump.runs("deploy-test", JobState.SUCCESS).open()).hasSize(1);
    }

    @Test
    void aBumpWithoutRequiredJobsNotifiesAfterPatience() throws Exception {
        BumpScenario bump = new BumpScenario(
                        folder,
                        Instant.parse("2026-07-15T08:00:00Z"),
                        "presubmits: {example/infra: [{name: deploy-test, run_if_changed: '^deploy/', spec:"
                                + " {containers: [{image: x}]}}]}\n")
                .opens();

        assertThat(bump.until("2026-07-15T09:59:00Z").open()).isEmpty();
        assertThat(bump.until("2026-07-15T10:01:00Z").open())
                .singleElement()
                .satisfies(incident -> assertThat(incident.why()).contains("no required job has run"));
    }
}
