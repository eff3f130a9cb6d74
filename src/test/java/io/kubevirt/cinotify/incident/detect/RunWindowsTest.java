// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.incident.FailureClass;
import io.kubevirt.cinotify.incident.GroupKey;
import io.kubevirt.cinotify.incident.Thresholds;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RunWindowsTest {

    private static final GroupKey LANE = new GroupKey("example/thing", JobType.PRESUBMIT, "pull-e2e");
    private static final FailureClass CACHE = new FailureClass(FailureClass.Kind.INFRASTRUCTURE, "cache-lost");
    private static final FailureClass DISK = new FailureClass(FailureClass.Kind.INFRASTRUCTURE, "disk-full");

    private final RunWindows windows = new RunWindows(Thresholds.DEFAULTS);

    @Test
    void eachWindowHasTheRunsOfItsTime() {
        windows.enter(run(1, NOON));
        windows.enter(run(2, NOON.plus(Duration.ofMinutes(29))));
        Instant later = NOON.plus(Duration.ofMinutes(30));

        assertThat(windows.day(LANE, later).runs()).hasSize(2);
        assertThat(windows.cluster("east", later).runs()).hasSize(1);
        assertThat(windows.cluster("east", later.minusNanos(1)).runs())
                .as("what has left does not come back")
                .hasSize(1);
        assertThat(windows.burst("example/thing", NOON.plus(Duration.ofHours(3)))
                        .runs())
                .hasSize(1);
        assertThat(windows.pull(run(1, NOON).run().pullKey(), NOON.plus(Duration.ofMinutes(89)))
                        .runs())
                .isEmpty();
        assertThat(windows.day(LANE, NOON.plus(Duration.ofHours(24))).runs()).hasSize(1);
    }

    @Test
    void whatIsNotSeenHasNoRuns() {
        assertThat(windows.day(LANE, NOON).runs()).isEmpty();
        assertThat(windows.cluster("east", NOON).isEmpty()).isTrue();
        assertThat(windows.burst("example/thing", NOON).stats().isBurst()).isFalse();
        assertThat(windows.find("run1")).isEmpty();
        assertThat(windows.contains("run1")).isFalse();
    }

    @Test
    void afterADayARunIsForgottenEverywhere() {
        WindowEntry first = run(1, NOON);
        first.setFailureClass(CACHE);
        windows.enter(first);
        windows.enter(run(2, NOON.plus(Duration.ofHours(1))));
        windows.enter(Entries.entry(3, "pull-unit", 7, NOON, JobState.FAILURE, null));

        assertThat(windows.advance(NOON.plus(Duration.ofHours(24)).minusNanos(1)))
                .isEmpty();
        assertThat(windows.advance(NOON.plus(Duration.ofHours(24)))).isEmpty();
        assertThat(windows.contains("run1")).isFalse();
        assertThat(windows.all().size()).isEqualTo(2);
        assertThat(windows.ofCause(cause(first))).isEmpty();

        assertThat(windows.advance(NOON.plus(Duration.ofHours(26))))
                .containsExactlyInAnyOrder(LANE, LANE.named("pull-unit"));
        assertThat(windows.all().size()).isZero();
        assertThat(windows.day(LANE, NOON).isEmpty()).isTrue();
        assertThat(windows.cluster("east", NOON).isEmpty()).isTrue();
        assertThat(windows.burst("example/thing", NOON).isEmpty()).isTrue();
    }

    @Test
    void aFailureIsFoundByItsCauseOnceThatIsKnownAndByThatOnly() {
        WindowEntry one = run(1, NOON);
        WindowEntry two = run(2, NOON.plusSeconds(1));
        two.setFailureClass(CACHE);
        windows.enter(one);
        windows.enter(two);
        GroupKey cache = cause(two);
        assertThat(windows.ofCause(cache)).containsExactly(two);

        windows.classify(one, CACHE);
        assertThat(windows.ofCause(cache)).as("by their numbers").containsExactly(one, two);

        windows.classify(two, DISK);
        assertThat(windows.ofCause(cache)).containsExactly(one);
        assertThat(windows.ofCause(cause(two))).containsExactly(two);

        windows.classify(one, null);
        assertThat(windows.ofCause(cache)).isEmpty();
        assertThat(RunWindows.causeOf(one)).isEmpty();

        windows.setExclusion(two, WindowEntry.Exclusion.ABORTED);
        assertThat(windows.ofCause(cause(two)))
                .as("a run that was stopped is no failure")
                .isEmpty();
    }

    @Test
    void anExclusionChangesWhatCounts() {
        WindowEntry one = run(1, NOON);
        windows.enter(one);
        assertThat(windows.countedRuns(LANE, NOON)).containsExactly(one);

        windows.excludeIfCounted(one, WindowEntry.Exclusion.STORM);
        windows.excludeIfCounted(one, WindowEntry.Exclusion.OUTAGE);
        assertThat(one.exclusion()).as("the first reason stays").isEqualTo(WindowEntry.Exclusion.STORM);
        assertThat(windows.countedRuns(LANE, NOON)).isEmpty();
    }

    private static GroupKey cause(WindowEntry entry) {
        return RunWindows.causeOf(entry).orElseThrow();
    }

    private static WindowEntry run(long number, Instant at) {
        return Entries.entry(number, "pull-e2e", 7, at, JobState.FAILURE, "east");
    }
}
