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
package io.kubevirt.cinotify.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Pull;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.RunTimes;
import io.kubevirt.cinotify.roster.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The life of a lane's incident; the primary of sig-support begins at 9 in GMT+2. */
class LaneIncidentsTest {

    private static final Instant WEDNESDAY_NOON = Instant.parse("2026-07-15T12:00:00Z");
    private static final Instant SATURDAY = Instant.parse("2026-07-18T12:00:00Z");
    private static final Instant MONDAY_NINE = Instant.parse("2026-07-20T07:00:00Z");

    private final Lanes lanes = new Lanes();

    @Test
    void theFirstRedRunOpensAnIncidentAndTellsThePrimaryAtOnce() {
        Outcome outcome = lanes.see(red(1, 17), WEDNESDAY_NOON);

        Incident incident = only(outcome);
        assertThat(incident.state()).isEqualTo(IncidentState.OPEN);
        assertThat(incident.failures()).isEqualTo(1);
        assertThat(incident.pulls()).containsExactly(17);
        assertThat(incident.addressee().handle()).isEqualTo("dhiller");
        assertThat(incident.addressee().level()).isEqualTo(Level.PRIMARY);
        assertThat(told(outcome).kind()).isEqualTo(NoticeKind.OPENED);
        assertThat(told(outcome).at()).isEqualTo(WEDNESDAY_NOON);
    }

    @Test
    void everyDecisionExplainsItself() {
        Decision decision = lanes.see(red(1, 17), WEDNESDAY_NOON).decisions().getFirst();

        assertThat(decision.reasons())
                .anySatisfy(reason -> assertThat(reason).contains("rule named"))
                .anySatisfy(reason -> assertThat(reason).contains("an incident opens"))
                .anySatisfy(reason -> assertThat(reason).contains("dhiller is Primary for sig-support"));
    }

    @Test
    void laterRedRunsAreRecordedAndSayNothing() {
        lanes.see(red(1, 17), WEDNESDAY_NOON);

        Outcome outcome = lanes.see(red(2, 5), WEDNESDAY_NOON.plusSeconds(20));

        assertThat(only(outcome).failures()).isEqualTo(2);
        assertThat(only(outcome).pulls()).containsExactly(5, 17);
        assertThat(suppressed(outcome)).isEqualTo(Suppression.INCIDENT_OPEN);
    }

    @Test
    void aSuccessClosesItAndSaysSoOnce() {
        lanes.see(red(1, 17), WEDNESDAY_NOON);
        Instant later = WEDNESDAY_NOON.plus(Duration.ofHours(3));

        Outcome outcome = lanes.see(green(2), later);

        assertThat(only(outcome).state()).isEqualTo(IncidentState.RESOLVED);
        assertThat(only(outcome).resolvedAt()).isEqualTo(later);
        assertThat(over(outcome).resolved().kind()).isEqualTo(NoticeKind.RESOLVED);
        assertThat(over(outcome).once(false)).isInstanceOf(Decision.Tell.class);
        assertThat(suppressed(lanes.see(green(3), later))).isEqualTo(Suppression.PASSED);
    }

    @Test
    void whatFailsAfterwardsIsAnotherIncident() {
        lanes.see(red(1, 17), WEDNESDAY_NOON);
        lanes.see(green(2), WEDNESDAY_NOON);

        Outcome outcome = lanes.see(red(3, 17), WEDNESDAY_NOON);

        assertThat(told(outcome).kind()).isEqualTo(NoticeKind.OPENED);
        assertThat(lanes.all()).hasSize(2);
    }

    @Test
    void nobodyIsToldOnASaturdayButOnMonday() {
        Notice notice = told(lanes.see(red(1, 17), SATURDAY));

        assertThat(notice.at()).isEqualTo(MONDAY_NINE);
        assertThat(notice.incident().addressee().isDeferredAt(SATURDAY)).isTrue();
    }

    @Test
    void whatHealsBeforeMondayIsNeverSaid() {
        Notice promised = told(lanes.see(red(1, 17), SATURDAY));

        Outcome outcome = lanes.see(green(2), SATURDAY.plus(Duration.ofHours(5)));

        assertThat(over(outcome).opened()).isEqualTo(promised.id());
        assertThat(over(outcome).once(true))
                .isInstanceOfSatisfying(Decision.Suppress.class, suppress -> assertThat(suppress.why())
                        .isEqualTo(Suppression.HEALED));
    }

    @Test
    void whatTheChannelHeardOfIsTakenBackFromTheMemberAndItsEndIsSaid() {
        Notice promised = told(lanes.see(red(1, 17), Lanes.BLOCKING, SATURDAY));
        assertThat(promised.incident().addressee().channelAtOnce()).isTrue();

        Outcome outcome = lanes.see(green(2), SATURDAY.plus(Duration.ofHours(5)));

        assertThat(over(outcome).opened()).isEqualTo(promised.id());
        assertThat(over(outcome).once(true)).isInstanceOf(Decision.Tell.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = JobState.class,
            names = {"SCHEDULING", "TRIGGERED", "PENDING", "ABORTED"})
    void aRunThatHasNotEndedChangesNothing(JobState state) {
        lanes.see(red(1, 17), WEDNESDAY_NOON);

        Outcome outcome = lanes.see(run(2, state, 17), WEDNESDAY_NOON);

        assertThat(outcome.changed()).isEmpty();
        assertThat(suppressed(outcome)).isEqualTo(Suppression.RUNNING);
    }

    @Test
    void aRunThatWasStoppedIsNobodysFailure() {
        JobRun stopped = JobRun.of("lane", JobType.PERIODIC, JobState.ABORTED)
                .build("7", null)
                .times(new RunTimes(null, null, WEDNESDAY_NOON))
                .build();

        assertThat(suppressed(lanes.see(stopped, WEDNESDAY_NOON))).isEqualTo(Suppression.ABORTED);
    }

    @Test
    void aTryOutByAPluginIsNobodysFailure() {
        assertThat(suppressed(lanes.see(red(1, 17), Finding.Origin.PLUGIN, WEDNESDAY_NOON)))
                .isEqualTo(Suppression.PLUGIN_RUN);
    }

    @Test
    void aColdStartSaysNothingAboutThePastButTheNextRedRunSpeaks() {
        Outcome past = lanes.see(red(1, 17), Finding.Origin.PAST, WEDNESDAY_NOON);
        Outcome fresh = lanes.see(red(2, 18), WEDNESDAY_NOON);

        assertThat(suppressed(past)).isEqualTo(Suppression.KNOWN_AT_START);
        assertThat(told(fresh).incident().pulls())
                .as("what was noted at the start is part of the picture")
                .containsExactly(17, 18);
    }

    @Test
    void aRunThatWasMissedIsToldWithTheWordLateAfterALittlePatience() {
        Instant ended = WEDNESDAY_NOON.minus(Duration.ofHours(3));
        JobRun missed = JobRun.of("lane", JobType.PERIODIC, JobState.FAILURE)
                .build("7", null)
                .times(new RunTimes(null, null, ended))
                .build();

        Outcome outcome = lanes.see(missed, WEDNESDAY_NOON);

        assertThat(told(outcome).at()).isEqualTo(WEDNESDAY_NOON.plusSeconds(20));
        assertThat(outcome.decisions().getFirst().reasons())
                .contains("late: it ended at " + ended + " and was seen only now");
    }

    @Test
    void whatWasMissedAndIsOverIsNeverSaid() {
        Instant ended = WEDNESDAY_NOON.minus(Duration.ofHours(3));
        JobRun missed = JobRun.of("lane", JobType.PERIODIC, JobState.FAILURE)
                .build("7", null)
                .times(new RunTimes(null, null, ended))
                .build();
        JobRun passed = JobRun.of("lane", JobType.PERIODIC, JobState.SUCCESS)
                .build("8", null)
                .times(new RunTimes(null, null, ended.plusSeconds(600)))
                .build();

        lanes.see(missed, WEDNESDAY_NOON);

        Decision.Over over = over(lanes.see(passed, WEDNESDAY_NOON.plusSeconds(1)));

        assertThat(over.once(true)).isInstanceOf(Decision.Suppress.class);
    }

    @Test
    void aLongRunThatFailsAfterAShortOneHasPassedIsNews() {
        lanes.see(ended(2, JobState.SUCCESS, WEDNESDAY_NOON.minusSeconds(60)), WEDNESDAY_NOON);

        Outcome outcome = lanes.see(ended(1, JobState.FAILURE, WEDNESDAY_NOON), WEDNESDAY_NOON);

        assertThat(told(outcome).kind()).isEqualTo(NoticeKind.OPENED);
    }

    @Test
    void theEndOfWhatTheWebhooksOpenedIsTakenInAlthoughItIsFromBeforeTheFirstWatch() {
        lanes.see(red(1, 17), WEDNESDAY_NOON);

        Outcome outcome = lanes.see(green(2), Finding.Origin.PAST, WEDNESDAY_NOON);

        assertThat(only(outcome).state()).isEqualTo(IncidentState.RESOLVED);
    }

    @Test
    void aRunThatNeverGotABuildHasItsPlaceInAnIncidentThatIsOver() {
        lanes.see(ended(2, JobState.SUCCESS, WEDNESDAY_NOON), WEDNESDAY_NOON);
        for (int second = 1; second <= 2; second++) {
            JobRun refused = JobRun.of("lane", JobType.PERIODIC, JobState.ERROR)
                    .prowJob("refused-" + second)
                    .times(new RunTimes(null, null, WEDNESDAY_NOON.minusSeconds(second)))
                    .build();
            assertThat(suppressed(lanes.see(refused, WEDNESDAY_NOON))).isEqualTo(Suppression.OVER_ALREADY);
        }

        assertThat(lanes.all()).singleElement().extracting(Incident::failures).isEqualTo(2);
    }

    private static JobRun ended(int build, JobState state, Instant at) {
        return JobRun.of("lane", JobType.PERIODIC, state)
                .build(Integer.toString(build), null)
                .times(new RunTimes(null, null, at))
                .build();
    }

    @Test
    void aFailureThatIsSeenAfterTheNextSuccessIsOverAlready() {
        lanes.see(green(2), WEDNESDAY_NOON);

        Outcome outcome = lanes.see(red(1, 17), WEDNESDAY_NOON);

        assertThat(suppressed(outcome)).isEqualTo(Suppression.OVER_ALREADY);
        assertThat(only(outcome).state()).isEqualTo(IncidentState.RESOLVED);
    }

    @Test
    void aSuccessThatIsSeenLatePartsTheIncidentAndNobodyIsToldAgain() {
        Incident told = told(lanes.see(red(1, 17), WEDNESDAY_NOON)).incident();
        lanes.see(red(3, 18), WEDNESDAY_NOON);

        Outcome outcome = lanes.see(green(2), WEDNESDAY_NOON);

        assertThat(suppressed(outcome)).isEqualTo(Suppression.OVER_ALREADY);
        assertThat(lanes.all())
                .extracting(Incident::state, Incident::pulls)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(IncidentState.OPEN, List.of(18)),
                        org.assertj.core.groups.Tuple.tuple(IncidentState.RESOLVED, List.of(17)));
        assertThat(lanes.all())
                .filteredOn(incident -> incident.state() == IncidentState.OPEN)
                .singleElement()
                .as("who was told is told of what is still red")
                .extracting(Incident::id)
                .isEqualTo(told.id());
    }

    private static Incident only(Outcome outcome) {
        assertThat(outcome.changed()).hasSize(1);
        return outcome.changed().getFirst();
    }

    private static Notice told(Outcome outcome) {
        return outcome.decisions().stream()
                .filter(Decision.Tell.class::isInstance)
                .map(decision -> ((Decision.Tell) decision).notice())
                .findFirst()
                .orElseThrow();
    }

    private static Decision.Over over(Outcome outcome) {
        return (Decision.Over) outcome.decisions().getFirst();
    }

    private static Suppression suppressed(Outcome outcome) {
        return outcome.decisions().stream()
                .filter(Decision.Suppress.class::isInstance)
                .map(decision -> ((Decision.Suppress) decision).why())
                .findFirst()
                .orElseThrow();
    }

    private static JobRun red(int build, int pull) {
        return run(build, JobState.FAILURE, pull);
    }

    private static JobRun green(int build) {
        return run(build, JobState.SUCCESS, 99);
    }

    private static JobRun run(int build, JobState state, int pull) {
        return JobRun.of("pull-e2e-sig-network", JobType.PRESUBMIT, state)
                .repository(Repository.of("example/thing"))
                .pulls(List.of(Pull.numbered(pull)))
                .build(Integer.toString(build), null)
                .description("Job failed.")
                .build();
    }
}
