// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.stale;

import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.stale.ClusterQueues.ClusterQueue;
import io.kubevirt.cinotify.incident.stale.ExpectedStarts.ExpectedStart;
import io.kubevirt.cinotify.incident.stale.OpenProblems.OpenProblem;
import io.kubevirt.cinotify.incident.stale.StalenessDetector.StalenessResult;
import io.kubevirt.cinotify.prow.GoDuration;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Detects that Prow itself is silent: horologium starts no periodic job, or plank starts no pod on any cluster. */
final class ProwSilence {
    /** Periodic jobs are due and none is created: horologium is down. */
    static final String NO_RUNS = "silent-prow-no-runs";

    /** Runs wait and none gets a pod on any cluster: plank is down. */
    static final String NO_PODS = "silent-prow-no-pods";

    private static final int SEVERAL = 2;

    private final StalenessThresholds thresholds;
    private final List<ExpectedStart> expectedStarts;
    private final List<ClusterQueue> queues;
    private final Instant lastPod;
    private final Instant lastRun;
    private final @Nullable OpenProblem open;
    private final StaleProblemFactory problems;

    ProwSilence(
            StalenessThresholds thresholds,
            List<ExpectedStart> expectedStarts,
            List<ClusterQueue> queues,
            Map<String, Instant> lastPods,
            StaleProblemFactory problems) {
        this.thresholds = thresholds;
        this.expectedStarts = expectedStarts;
        this.queues = queues;
        this.lastPod = lastPods.values().stream().max(Comparator.naturalOrder()).orElse(Instant.MIN);
        this.lastRun = expectedStarts.stream()
                .map(ExpectedStart::last)
                .filter(Objects::nonNull)
                .map(RunStarts.LastRun::started)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
        this.open = problems.open(IncidentKind.SILENT_PROW).values().stream()
                .findFirst()
                .orElse(null);
        this.problems = problems;
    }

    /** Whether several jobs are due and nothing starts; single jobs are not reported until this is clear. */
    boolean isSuspected() {
        return due(thresholds.grace()) >= thresholds.silentPeriodics();
    }

    /** Why Prow counts as silent; empty if it does not. */
    private Optional<Symptom> symptom() {
        return Stream.of(noRuns(), noPods()).flatMap(Optional::stream).findFirst();
    }

    /**
     * Whether Prow is silent. Still true in the check that detects the end, so that other problems are not raised in
     * it.
     */
    boolean isSilent() {
        return open != null || symptom().isPresent();
    }

    /** Raises the problem once, and clears it once. */
    List<StalenessResult> detect() {
        if (open != null) {
            return isOver(open) ? List.of(problems.cleared(open, "Prow starts runs again")) : List.of();
        }
        return symptom()
                .map(found -> problems.raised(
                        IncidentKind.SILENT_PROW, StalenessDetector.EVERYWHERE, found.rule(), List.of(found.because())))
                .stream()
                .toList();
    }

    private record Symptom(String rule, String because) {}

    private Optional<Symptom> noRuns() {
        long due = due(thresholds.silence());
        return due < thresholds.silentPeriodics()
                ? Optional.empty()
                : Optional.of(new Symptom(
                        NO_RUNS,
                        "no periodic job has started since "
                                + (lastRun.equals(Instant.MIN) ? "ci-notify started to watch" : lastRun) + ", although "
                                + due + " have been due for " + GoDuration.format(thresholds.silence())
                                + " or longer: horologium is down"));
    }

    private Optional<Symptom> noPods() {
        long clusters = queues.stream()
                .filter(queue -> queue.since().plus(thresholds.grace()).isBefore(problems.now()))
                .count();
        return queues.stream()
                .filter(queue ->
                        clusters >= SEVERAL && queue.isStalledAt(problems.now()) && lastPod.isBefore(queue.since()))
                .findFirst()
                .map(queue -> new Symptom(
                        NO_PODS,
                        "runs wait on " + clusters + " clusters and none gets a pod: plank is down; "
                                + queue.describe()));
    }

    /** Whether the silence is over. A single start is not enough: a person may have triggered it. */
    private boolean isOver(OpenProblem raised) {
        if (raised.rule().equals(NO_PODS)) {
            return lastPod.isAfter(raised.openedAt());
        }
        long started = expectedStarts.stream()
                .filter(expected -> expected.startedAfter(raised.openedAt()))
                .count();
        return started >= Math.min(thresholds.silentPeriodics(), expectedStarts.size());
    }

    /** The number of jobs that have been due for a time and since the last start. */
    private long due(Duration ago) {
        Instant latest = problems.now().minus(ago);
        return expectedStarts.stream()
                .filter(expected -> !expected.running())
                .filter(expected -> !expected.due().isAfter(latest))
                .filter(expected ->
                        lastRun.equals(Instant.MIN) || !expected.due().isBefore(lastRun.minus(thresholds.grace())))
                .count();
    }
}
