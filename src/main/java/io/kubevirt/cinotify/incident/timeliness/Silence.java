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
package io.kubevirt.cinotify.incident.timeliness;

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
final class Silence {

    /** Periodic jobs are due and none is created: horologium. */
    static final String NO_RUNS = "silent-prow-no-runs";

    /** Runs are created and wait, and none gets a pod anywhere: plank. */
    static final String NO_PODS = "silent-prow-no-pods";

    private static final int SEVERAL = 2;

    private final TimelinessRules rules;
    private final List<Expectation> expectations;
    private final List<ClusterQueue> queues;
    private final Instant lastPod;
    private final Instant lastRun;
    private final Instant now;

    Silence(
            TimelinessRules rules,
            List<Expectation> expectations,
            List<ClusterQueue> queues,
            Map<String, Instant> lastPods,
            Instant now) {
        this.rules = rules;
        this.expectations = expectations;
        this.queues = queues;
        this.lastPod = lastPods.values().stream().max(Comparator.naturalOrder()).orElse(Instant.MIN);
        this.lastRun = expectations.stream()
                .map(Expectation::last)
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
    boolean isOver(Standing.Raised raised) {
        if (raised.rule().equals(NO_PODS)) {
            return lastPod.isAfter(raised.openedAt());
        }
        long started = expectations.stream()
                .filter(expectation -> expectation.startedAfter(raised.openedAt()))
                .count();
        return started >= Math.min(rules.silentPeriodics(), expectations.size());
    }

    /** How many jobs fell due since anything started, at least so long ago. */
    private long due(Duration ago) {
        Instant latest = now.minus(ago);
        return expectations.stream()
                .filter(expectation -> !expectation.running())
                .filter(expectation -> !expectation.due().isAfter(latest))
                .filter(expectation ->
                        lastRun.equals(Instant.MIN) || !expectation.due().isBefore(lastRun.minus(rules.grace())))
                .count();
    }
}
