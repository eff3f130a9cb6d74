// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.stale;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.incident.ReportedProblem;
import io.kubevirt.cinotify.incident.stale.StalenessDetector.StalenessResult;
import io.kubevirt.cinotify.prow.JobConfig;
import io.kubevirt.cinotify.prow.JobConfigFile;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Breaks a Prow on virtual time in one way after the other. It starts on a Monday at eight. */
class StalenessDetectorTest {

    private static final Instant MONDAY = Instant.parse("2026-07-13T08:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private static final String[] JOBS = {
        "livez-one; interval: 1h; small",
        "livez-two; interval: 1h; big",
        "livez-three; cron: '5 * * * *'; big",
        "e2e-four; cron: 30 4,12,20 * * *; big",
        "nightly; cron: 0 2 * * *; big",
        "bump; interval: 24h; small",
        "report; cron: '@monthly'; big",
        "mirror; minimum_interval: 30m; big"
    };

    private static final String[] HOURLY = {
        "livez-one; interval: 1h; small", "livez-two; interval: 1h; big", "livez-three; cron: '0 * * * *'; big"
    };

    private final VirtualProw prow = new VirtualProw(MONDAY, JOBS);

    @Test
    void aHealthyYearRaisesNothing() {
        prow.run(DAY.multipliedBy(365), Duration.ofMinutes(30));

        assertThat(prow.events()).isEmpty();
        assertThat(prow.suppressed).isEmpty();
    }

    @Test
    void aJobThatDoesNotStartIsMissingAfterTwoIntervalsAndOverWhenItStarts() {
        prow.run(DAY);
        prow.forgotten.add("livez-two");
        Instant last = Objects.requireNonNull(prow.periodics().get("livez-two")).started();
        prow.run(DAY);

        assertThat(prow.events()).containsExactly("opened missing-run livez-two");
        ReportedProblem incident = prow.raisedProblems.getFirst();
        Instant missing = prow.raisedAt.getFirst();
        assertThat(missing).isEqualTo(last.plus(Duration.ofMinutes(130)));
        assertThat(incident.diagnosis().cause()).isEqualTo(Cause.INFRASTRUCTURE);
        assertThat(incident.diagnosis().sig()).isEqualTo("none");
        assertThat(incident.diagnosis().area()).isEqualTo("operations");
        assertThat(incident.diagnosis().rule()).isEqualTo("missing-run");
        assertThat(incident.diagnosis().confidence()).isEqualTo(Confidence.HIGH);
        assertThat(incident.blocking()).isFalse();
        assertThat(incident.lanes()).containsExactly("livez-two");
        assertThat(incident.why())
                .isEqualTo("the job livez-two does not start when it should: livez-two (schedule: every 1h) last"
                        + " started at " + last);
        assertThat(String.join("\n", incident.diagnosis().trace()))
                .contains("livez-two (schedule: every 1h) last started at " + last)
                .contains("missing since " + missing);

        prow.forgotten.clear();
        prow.run(Duration.ofHours(1));
        assertThat(prow.events()).containsExactly("opened missing-run livez-two", "resolved missing-run livez-two");
    }

    @ParameterizedTest
    @CsvSource({
        "livez-three, 2026-07-14T12:05:00Z, 2026-07-14T14:15:00Z",
        "e2e-four,    2026-07-14T12:30:00Z, 2026-07-15T04:40:00Z",
        "nightly,     2026-07-14T02:00:00Z, 2026-07-16T02:10:00Z",
        "report,      2026-08-01T00:00:00Z, 2026-10-01T00:10:00Z",
        "mirror,      2026-07-14T12:00:00Z, 2026-07-14T13:30:00Z",
    })
    void theScheduleDeterminesWhenAJobIsMissing(String job, Instant lastStart, Instant missing) {
        Duration coarse = Duration.ofMinutes(5);
        prow.run(Duration.between(MONDAY, lastStart), coarse);
        prow.forgotten.add(job);
        prow.run(Duration.between(prow.now, missing).minus(coarse), coarse);
        assertThat(prow.events()).isEmpty();

        prow.run(coarse, coarse);
        assertThat(prow.events()).containsExactly("opened missing-run " + job);
    }

    @Test
    void aJobThatRunsLongerThanItsIntervalIsNotMissing() {
        prow.runTime = Duration.ofHours(5);
        prow.run(DAY.multipliedBy(3), Duration.ofMinutes(10));

        assertThat(prow.events()).isEmpty();
    }

    @Test
    void aJobThatStartsTooRarelyIsNotReportedEachTime() {
        prow.run(DAY);
        prow.forgotten.add("livez-two");
        for (int start = 0; start < 8; start++) {
            prow.run(Duration.ofMinutes(140));
            prow.start("livez-two");
        }

        assertThat(prow.events().stream().filter(event -> event.startsWith("opened")))
                .hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void horologiumStopsAndIsReportedOnce() {
        prow.run(DAY);
        prow.horologium = false;
        prow.run(DAY.multipliedBy(5), Duration.ofMinutes(5));

        assertThat(prow.events()).containsExactly("opened silent-prow everywhere");
        assertThat(prow.raisedProblems.getFirst().diagnosis().area()).isEqualTo("prow");
        assertThat(prow.raisedProblems.getFirst().blocking()).isTrue();
        assertThat(prow.suppressed).isNotEmpty().containsOnly(StalenessResult.Reason.PROW_SILENT);
        assertThat(prow.suppressed).as("each missing job is counted once").hasSizeLessThan(JOBS.length);

        prow.horologium = true;
        prow.run(DAY.multipliedBy(5), Duration.ofMinutes(5));
        assertThat(prow.events()).containsExactly("opened silent-prow everywhere", "resolved silent-prow everywhere");
    }

    @ParameterizedTest
    @CsvSource({"3, silent-prow everywhere", "2, missing-run livez-one"})
    void prowIsSilentFromTheNumberOfDueJobsInTheSettings(int jobs, String first) {
        VirtualProw few = new VirtualProw(MONDAY, Arrays.copyOf(HOURLY, jobs));
        few.run(DAY);
        few.horologium = false;
        few.run(Duration.ofHours(4));

        assertThat(few.events()).first().isEqualTo("opened " + first);
    }

    @Test
    void aSilenceSaysSinceWhenNothingStartsAndHowManyJobsAreDue() {
        VirtualProw three = new VirtualProw(MONDAY, HOURLY);
        three.run(DAY);
        three.horologium = false;
        three.run(Duration.ofHours(4));

        ReportedProblem silence = three.raisedProblems.getFirst();
        assertThat(three.raisedAt.getFirst()).isEqualTo(MONDAY.plus(DAY).plus(Duration.ofHours(2)));
        assertThat(silence.why())
                .isEqualTo("Prow starts nothing on any cluster: no periodic job has started since "
                        + MONDAY.plus(DAY)
                        + ", although 3 have been due for 1h or longer: horologium is down");
        assertThat(silence.lanes()).isEmpty();
    }

    @Test
    void aSilenceFromTheBeginningSaysSo() {
        VirtualProw three = new VirtualProw(MONDAY, HOURLY);
        three.horologium = false;
        three.run(Duration.ofHours(4));

        assertThat(three.raisedProblems.getFirst().why())
                .contains("no periodic job has started since ci-notify started to watch");
    }

    @Test
    void oneManualStartDoesNotEndASilence() {
        prow.run(DAY);
        prow.horologium = false;
        prow.run(Duration.ofHours(5));
        prow.start("livez-two");
        prow.pod("big");
        prow.run(Duration.ofHours(5));

        assertThat(prow.events()).containsExactly("opened silent-prow everywhere");
    }

    @Test
    void plankStopsAndIsReportedOnce() {
        prow.run(DAY);
        prow.plank = false;
        prow.run(DAY.multipliedBy(2), Duration.ofMinutes(5));

        assertThat(prow.events()).containsExactly("opened silent-prow everywhere");
        assertThat(prow.raisedProblems.getFirst().diagnosis().rule()).isEqualTo(ProwSilence.NO_PODS);
        assertThat(prow.raisedAt.getFirst())
                .as("the first run, of livez-three at 08:05, has waited six hours")
                .isEqualTo(MONDAY.plus(DAY).plus(Duration.ofMinutes(5)).plus(Duration.ofHours(6)));
        assertThat(prow.raisedProblems.getFirst().why())
                .contains("runs wait on 2 clusters and none gets a pod: plank is down; ")
                .contains("on big, the oldest, of ");
        assertThat(prow.suppressed).as("the clusters, once each").contains(StalenessResult.Reason.PROW_SILENT);

        prow.plank = true;
        prow.run(DAY.multipliedBy(2), Duration.ofMinutes(5));
        assertThat(prow.events()).containsExactly("opened silent-prow everywhere", "resolved silent-prow everywhere");
    }

    @Test
    void aSilenceOfPlankEndsWithTheFirstPod() {
        prow.run(DAY);
        prow.plank = false;
        prow.run(DAY, Duration.ofMinutes(5));
        prow.pod("small");
        prow.run(Duration.ofMinutes(1));

        assertThat(prow.events()).containsExactly("opened silent-prow everywhere", "resolved silent-prow everywhere");
    }

    @Test
    void aRunThatHasJustBegunToWaitOnAnotherClusterMakesNoSilence() {
        VirtualProw quiet = new VirtualProw(MONDAY, "livez; interval: 1h; big");
        quiet.run(DAY);
        quiet.stalled.add("big");
        quiet.run(Duration.ofHours(7).minusMinutes(1));
        quiet.waits("small", "pull-e2e", 0);
        quiet.run(Duration.ofMinutes(1));

        assertThat(quiet.events()).containsExactly("opened stalled-cluster big");
    }

    @ParameterizedTest
    @CsvSource({"big, 6", "small, 12"})
    void aClusterStopsAndIsReportedOnce(String cluster, int limit) {
        prow.run(DAY);
        prow.stalled.add(cluster);
        Instant broken = prow.now;
        prow.run(DAY.multipliedBy(2), Duration.ofMinutes(5));

        assertThat(prow.events()).containsExactly("opened stalled-cluster " + cluster);
        assertThat(prow.raisedAt.getFirst())
                .isBetween(broken.plus(Duration.ofHours(limit)), broken.plus(Duration.ofHours(limit + 1)));
        assertThat(prow.raisedProblems.getFirst().diagnosis().area()).isEqualTo("operations");
        assertThat(prow.raisedProblems.getFirst().blocking()).isTrue();

        prow.stalled.clear();
        prow.run(DAY.multipliedBy(2), Duration.ofMinutes(5));
        assertThat(prow.events())
                .containsExactly("opened stalled-cluster " + cluster, "resolved stalled-cluster " + cluster);
    }

    @Test
    void jobsThatDoNotStartOnAStalledClusterAreTheClustersFault() {
        prow.run(DAY);
        prow.waits("small", "pull-e2e", 0);
        prow.run(Duration.ofHours(13), Duration.ofMinutes(5));
        prow.forgotten.add("livez-one");
        prow.run(Duration.ofHours(3), Duration.ofMinutes(5));

        assertThat(prow.events()).containsExactly("opened stalled-cluster small");
        assertThat(prow.suppressed).containsExactly(StalenessResult.Reason.CLUSTER_STALLED);
    }

    @Test
    void aRunThatWaitsForItsSiblingsIsNotTheClustersFaultWhileTheClusterWorks() {
        prow.jobs = JobConfig.of(List.of(JobConfigFile.parse("jobs.yaml", """
            presubmits:
              a/b:
              - name: pull-long
                max_concurrency: 1
                cluster: big
            """)));
        prow.waits("big", "pull-long", 1);
        for (int hour = 0; hour < 24; hour++) {
            prow.pod("big");
            prow.run(Duration.ofHours(1), Duration.ofMinutes(5));
        }
        assertThat(prow.events()).isEmpty();

        prow.run(Duration.ofHours(7), Duration.ofMinutes(5));
        assertThat(prow.events()).containsExactly("opened stalled-cluster big");
    }

    @Test
    void aClusterThatCatchesUpSlowlyIsNotReportedAgain() {
        prow.run(DAY);
        prow.waits("big", "pull-one", 0);
        prow.run(Duration.ofMinutes(30));
        prow.waits("big", "pull-two", 0);
        prow.run(Duration.ofHours(8), Duration.ofMinutes(5));
        assertThat(prow.events()).as("pods start, but not the oldest").containsExactly("opened stalled-cluster big");

        prow.noneWaits();
        prow.run(DAY, Duration.ofMinutes(5));
        assertThat(prow.events()).containsExactly("opened stalled-cluster big", "resolved stalled-cluster big");
    }

    @Test
    void aColdStartReportsNothingFromBeforeTheStart() {
        VirtualProw late = new VirtualProw(MONDAY, JOBS);
        Instant today = late.now;
        late.now = MONDAY.minus(DAY.multipliedBy(9));
        late.start("nightly");
        late.waits("big", "pull-e2e", 0);
        late.now = today;
        late.run(Duration.ofHours(5), Duration.ofMinutes(5));
        assertThat(late.events()).isEmpty();

        late.run(Duration.ofHours(2), Duration.ofMinutes(5));
        assertThat(late.events())
                .as("a problem that persists is reported")
                .containsExactly("opened stalled-cluster big");
    }

    @Test
    void nothingIsRaisedWhileSourcesAreDownOrJustAfter() {
        prow.run(DAY);
        prow.sees = null;
        prow.horologium = false;
        prow.stalled.add("big");
        prow.run(DAY.multipliedBy(3), Duration.ofMinutes(5));
        assertThat(prow.events()).isEmpty();

        prow.sees = prow.now;
        prow.run(Duration.ofMinutes(9));
        assertThat(prow.events()).as("nor just after").isEmpty();
        prow.run(Duration.ofMinutes(2));
        assertThat(prow.events()).isNotEmpty();
    }

    @Test
    void aNewJobAndAShorterIntervalAreNotLateOnTheirFirstDay() {
        prow.run(DAY.multipliedBy(10), Duration.ofMinutes(10));
        String[] more = Arrays.copyOf(JOBS, JOBS.length + 1);
        more[JOBS.length] = "new; cron: 0 2 * * *; big";
        more[5] = "bump; interval: 2h; small";
        prow.jobs = VirtualProw.config(more);
        prow.forgotten.addAll(List.of("new", "bump"));
        prow.run(Duration.ofHours(4), Duration.ofMinutes(10));
        assertThat(prow.events()).isEmpty();

        prow.run(DAY.multipliedBy(2), Duration.ofMinutes(10));
        assertThat(prow.events()).containsExactly("opened missing-run bump", "opened missing-run new");
    }

    @Test
    void aJobThatLeavesTheConfigurationIsNotMissingAnyMore() {
        prow.run(DAY);
        prow.forgotten.add("livez-one");
        prow.run(Duration.ofHours(4));
        prow.jobs = VirtualProw.config(Arrays.copyOfRange(JOBS, 1, JOBS.length));
        prow.run(Duration.ofHours(1));

        assertThat(prow.events()).containsExactly("opened missing-run livez-one", "resolved missing-run livez-one");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aJobWhoseGapsStayBelowTwoIntervalsIsNeverMissing(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        VirtualProw single = new VirtualProw(MONDAY, "livez; interval: 1h; big");
        single.forgotten.add("livez");
        for (int start = 0; start < 500; start++) {
            single.run(Duration.ofMinutes(random.nextInt(1, 120)), Duration.ofMinutes(1));
            single.start("livez");
        }

        assertThat(single.events()).as("seed " + seed).isEmpty();
    }
}
