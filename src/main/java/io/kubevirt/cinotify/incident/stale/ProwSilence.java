// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.stale;

import io.kubevirt.cinotify.incident.IncidentKind;
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

/** Whether Prow itself is silent: its clock starts no periodic job, or no cluster gets a pod. */
final class ProwSilence {

    /** Periodic jobs are due and none is created: horologium. */
    static final String NO_RUNS = "silent-prow-no-runs";

    /** Runs are created and wait, and none gets a pod anywhere: plank. */
    static final String NO_PODS = "silent-prow-no-pods";

    private static final int SEVERAL = 2;

    private final StalenessThresholds thresholds;
    private final List<ExpectedStart> expectedStarts;
    private final List<ClusterQueue> queues;
    private final Instant lastPod;
    private final Instant lastRun;
    private final OpenProblems.@Nullable OpenProblem open;
    private final Instant now;

    ProwSilence(
            StalenessThresholds thresholds,
            List<ExpectedStart> expectedStarts,
            List<ClusterQueue> queues,
            Map<String, Instant> lastPods,
            OpenProblems openProblems,
            Instant now) {
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
        this.open =
                openProblems.open(IncidentKind.SILENT_PROW).stream().findFirst().orElse(null);
        this.now = now;
    }

    /** Several jobs are due and nothing starts; single jobs are not reported until it is clear what this is. */
    boolean isSuspected() {
        return due(thresholds.grace()) >= thresholds.silentPeriodics();
    }

    /** What to say of it, as the trace of an incident; empty if Prow is not silent. */
    private Optional<Symptom> symptom() {
        return Stream.of(noRuns(), noPods()).flatMap(Optional::stream).findFirst();
    }

    /** Whether Prow is silent; still true in the check that sees the end, so that others are not counted anew before. */
    boolean isSilent() {
        return open != null || symptom().isPresent();
    }

    /** Raises the problem once, and clears it once. */
    List<StalenessResult> detect(StaleProblemFactory problems) {
        if (open != null) {
            return isOver(open) ? List.of(problems.cleared(open, "Prow starts runs again")) : List.of();
        }
        return symptom()
                .map(found -> problems.raised(
                        IncidentKind.SILENT_PROW, StalenessDetector.EVERYWHERE, found.rule(), List.of(found.because())))
                .stream()
                .toList();
    }

    /** A rule's name and what it found, as a sentence. */
    private record Symptom(String rule, String because) {}

    private Optional<Symptom> noRuns() {
        long due = due(thresholds.silence());
        return due < thresholds.silentPeriodics()
                ? Optional.empty()
                : Optional.of(new Symptom(
                        NO_RUNS,
                        "no periodic job has started since "
                                + (lastRun.equals(Instant.MIN) ? "the plugin began to watch" : lastRun) + ", although "
                                + due + " have been due for " + GoDuration.format(thresholds.silence())
                                + " or longer: horologium does not work"));
    }

    private Optional<Symptom> noPods() {
        long clusters = queues.stream()
                .filter(queue -> queue.since().plus(thresholds.grace()).isBefore(now))
                .count();
        return queues.stream()
                .filter(queue -> clusters >= SEVERAL && queue.isStalledAt(now) && lastPod.isBefore(queue.since()))
                .findFirst()
                .map(queue -> new Symptom(
                        NO_PODS,
                        "runs wait on " + clusters + " clusters and none gets a pod: plank does not work; "
                                + queue.describe()));
    }

    /** Whether it is over: not by one start, which may be a person's, but by as many as were missing. */
    private boolean isOver(OpenProblems.OpenProblem raised) {
        if (raised.rule().equals(NO_PODS)) {
            return lastPod.isAfter(raised.openedAt());
        }
        long started = expectedStarts.stream()
                .filter(expected -> expected.startedAfter(raised.openedAt()))
                .count();
        return started >= Math.min(thresholds.silentPeriodics(), expectedStarts.size());
    }

    /** How many jobs fell due since anything started, at least so long ago. */
    private long due(Duration ago) {
        Instant latest = now.minus(ago);
        return expectedStarts.stream()
                .filter(expected -> !expected.running())
                .filter(expected -> !expected.due().isAfter(latest))
                .filter(expected ->
                        lastRun.equals(Instant.MIN) || !expected.due().isBefore(lastRun.minus(thresholds.grace())))
                .count();
    }
}
