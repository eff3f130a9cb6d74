// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.stale;

import io.kubevirt.cinotify.prow.GoDuration;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether Prow itself is silent: its clock starts no periodic job, or no cluster gets a pod. */
final class ProwSilence {

    /** Periodic jobs are due and none is created: horologium. */
    static final String NO_RUNS = "silent-prow-no-runs";

    /** Runs are created and wait, and none gets a pod anywhere: plank. */
    static final String NO_PODS = "silent-prow-no-pods";

    private static final int SEVERAL = 2;

    private final StalenessThresholds rules;
    private final List<ExpectedStart> expectedStarts;
    private final List<ClusterQueue> queues;
    private final Instant lastPod;
    private final Instant lastRun;
    private final Instant now;

    ProwSilence(
            StalenessThresholds rules,
            List<ExpectedStart> expectations,
            List<ClusterQueue> queues,
            Map<String, Instant> lastPods,
            Instant now) {
        this.rules = rules;
        this.expectedStarts = expectations;
        this.queues = queues;
        this.lastPod = lastPods.values().stream().max(Comparator.naturalOrder()).orElse(Instant.MIN);
        this.lastRun = expectations.stream()
                .map(ExpectedStart::last)
                .filter(Objects::nonNull)
                .map(LastRun::started)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
        this.now = now;
    }

    /** Several jobs are due and nothing starts; single jobs are not reported until it is clear what this is. */
    boolean isSuspected() {
        return due(rules.grace()) >= rules.silentPeriodics();
    }

    /** What to say of it, as the trace of an incident; empty if Prow is not silent. */
    Optional<Symptom> symptom() {
        return Stream.of(noRuns(), noPods()).flatMap(Optional::stream).findFirst();
    }

    /** What makes Prow silent: a rule's name and a sentence. */
    record Symptom(String rule, String because) {}

    private Optional<Symptom> noRuns() {
        long due = due(rules.silence());
        return due < rules.silentPeriodics()
                ? Optional.empty()
                : Optional.of(new Symptom(
                        NO_RUNS,
                        "no periodic job has started since "
                                + (lastRun.equals(Instant.MIN) ? "the plugin began to watch" : lastRun) + ", although "
                                + due + " have been due for " + GoDuration.format(rules.silence())
                                + " or longer: horologium does not work"));
    }

    private Optional<Symptom> noPods() {
        long clusters = queues.stream()
                .filter(queue -> queue.since().plus(rules.grace()).isBefore(now))
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
    boolean isOver(OpenProblems.OpenProblem raised) {
        if (raised.rule().equals(NO_PODS)) {
            return lastPod.isAfter(raised.openedAt());
        }
        long started = expectedStarts.stream()
                .filter(expectation -> expectation.startedAfter(raised.openedAt()))
                .count();
        return started >= Math.min(rules.silentPeriodics(), expectedStarts.size());
    }

    /** How many jobs fell due since anything started, at least so long ago. */
    private long due(Duration ago) {
        Instant latest = now.minus(ago);
        return expectedStarts.stream()
                .filter(expectation -> !expectation.running())
                .filter(expectation -> !expectation.due().isAfter(latest))
                .filter(expectation ->
                        lastRun.equals(Instant.MIN) || !expectation.due().isBefore(lastRun.minus(rules.grace())))
                .count();
    }
}
