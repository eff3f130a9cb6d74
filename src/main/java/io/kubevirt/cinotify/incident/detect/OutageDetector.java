// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.FailureClass;
import io.kubevirt.cinotify.incident.GroupKey;
import io.kubevirt.cinotify.incident.OutageIncident.Scope;
import io.kubevirt.cinotify.incident.RunRecord;
import io.kubevirt.cinotify.incident.Thresholds;
import io.kubevirt.cinotify.incident.detect.OutageLifecycle.OutageSignal;
import io.kubevirt.cinotify.incident.detect.SlidingWindow.Multiset;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.roster.TimeText;
import io.kubevirt.cinotify.text.Plural;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Detects signs of an outage: a cluster on which many runs fail, many affected pull requests, or many families at once.
 */
final class OutageDetector {
    private final DetectContext context;
    private final OutageLifecycle outages;
    private final IntensityRule intensity;

    OutageDetector(DetectContext context, OutageLifecycle outages, IntensityRule intensity) {
        this.context = context;
        this.outages = outages;
        this.intensity = intensity;
    }

    void check(WindowEntry entry, Instant now) {
        RunRecord run = entry.run();
        if (run.cluster() != null) {
            Scope scope = Scope.cluster(run.cluster());
            Counted<ClusterStats> cluster =
                    sinceResolved(scope, context.windows().cluster(run.cluster(), now), ClusterStats::new);
            if (cluster.stats().isTrouble(context.thresholds().clusters())) {
                signal(run, scope, "many runs on cluster " + run.cluster() + " fail or cannot start", cluster, now);
            }
        }
        if (run.key().isPresubmit()) {
            String repository = run.key().repository();
            Scope scope = Scope.repository(repository);
            Counted<BurstStats> burst = sinceResolved(
                    scope, context.windows().burst(repository, now), () -> new BurstStats(context.thresholds()));
            if (burst.stats().isBurst()) {
                signal(
                        run,
                        scope,
                        "several pull requests of " + repository + " have several failing lanes each",
                        burst,
                        now);
            }
        }
    }

    /** The runs that count, and their statistics. */
    private record Counted<S extends SlidingWindow.Stats>(Supplier<Stream<WindowEntry>> runs, S stats) {}

    /** What a window has, without what was there before a person resolved the outage. */
    private <S extends SlidingWindow.Stats> Counted<S> sinceResolved(
            Scope scope, SlidingWindow<S> window, Supplier<S> none) {
        Instant resolved = outages.resolvedAt(scope).orElse(null);
        if (resolved == null) {
            return new Counted<>(window::runs, window.stats());
        }
        S since = none.get();
        Supplier<Stream<WindowEntry>> runs =
                () -> window.runs().filter(entry -> entry.at().isAfter(resolved));
        runs.get().forEach(since::add);
        return new Counted<>(runs, since);
    }

    private void signal(RunRecord run, Scope scope, String explanation, Counted<?> counted, Instant now) {
        outages.signal(
                new OutageSignal(
                        Set.of(scope),
                        run.cluster(),
                        explanation,
                        () -> counted.runs().get().filter(WindowEntry::failed).toList(),
                        null),
                now);
    }

    /**
     * Checks whether many lanes show the cause of a failure within a day, more than usual. Whether a run passed later, or
     * its pull request has many failing lanes, does not matter: its artifacts show the cause.
     */
    void checkCause(WindowEntry entry, Diagnosis found, Instant now) {
        Optional<GroupKey> cause = RunWindows.causeOf(entry);
        if (cause.isPresent()) {
            checkCause(cause.get(), Objects.requireNonNull(entry.failureClass()), found, now);
        }
    }

    private void checkCause(GroupKey key, FailureClass cause, Diagnosis found, Instant now) {
        Thresholds.SlowOutages thresholds = context.thresholds().slowOutages();
        Scope scope = Scope.cause(key.repository(), cause);
        Instant day = now.minus(thresholds.window());
        Instant floor = outages.resolvedAt(scope).filter(day::isBefore).orElse(day);
        List<WindowEntry> runs = context.windows()
                .ofCause(key)
                .filter(each -> each.exclusion() != WindowEntry.Exclusion.OUTAGE
                        && each.exclusion() != WindowEntry.Exclusion.NODE
                        && each.run().isAfter(floor))
                .toList();
        int lanes = count(runs, RunRecord::job);
        int subjects = count(runs, RunRecord::subject);
        if (lanes >= thresholds.lanes()
                && subjects >= thresholds.pulls()
                && intensity.isUnusual(key, subjects, runs.size(), now)) {
            String explanation = Plural.of(runs.size(), "run") + " of " + Plural.of(lanes, "lane") + " on "
                    + Plural.of(subjects, "pull request") + " failed within "
                    + TimeText.duration(thresholds.window()) + " with the same cause (rule " + cause.family() + "); "
                    + intensity.usual(key, now);
            outages.signal(new OutageSignal(Set.of(scope), null, explanation, () -> runs, found), now);
        }
    }

    private static int count(List<WindowEntry> runs, Function<RunRecord, String> by) {
        return (int) runs.stream().map(WindowEntry::run).map(by).distinct().count();
    }

    void checkPileUp(RunRecord run, Instant now) {
        Set<GroupKey> held = new TreeSet<>();
        context.state().held().keySet().forEach(key -> held.add(key.family()));
        if (held.size() < context.thresholds().hold().outageFamilies()) {
            return;
        }
        Set<Scope> scopes = new TreeSet<>();
        held.forEach(key -> scopes.add(Scope.repository(key.repository())));
        Instant floor = now.minus(context.thresholds().burst().window());
        outages.signal(
                new OutageSignal(
                        scopes,
                        run.cluster(),
                        held.size() + (held.size() == 1 ? " family" : " families") + " of lanes broke within minutes",
                        () -> held.stream()
                                .flatMap(key ->
                                        context.windows().day(key.family(), now).runs())
                                .filter(each -> each.counts() && each.at().isAfter(floor))
                                .toList(),
                        null),
                now);
    }

    /** Counts errors and failures of a build cluster. */
    static final class ClusterStats implements SlidingWindow.Stats {
        private final Multiset<String> lanes = new Multiset<>();
        private final Multiset<String> subjects = new Multiset<>();
        private int runs;
        private int red;
        private int errors;

        @Override
        public void add(WindowEntry entry) {
            count(entry, 1);
            if (entry.failed()) {
                lanes.add(entry.run().job());
                subjects.add(entry.run().subject());
            }
        }

        @Override
        public void remove(WindowEntry entry) {
            count(entry, -1);
            if (entry.failed()) {
                lanes.remove(entry.run().job());
                subjects.remove(entry.run().subject());
            }
        }

        private void count(WindowEntry entry, int difference) {
            runs += difference;
            red += entry.failed() ? difference : 0;
            errors += entry.run().state() == JobState.ERROR ? difference : 0;
        }

        /** Whether the cluster itself is the likely cause. */
        boolean isTrouble(Thresholds.Clusters thresholds) {
            return errors >= thresholds.errors()
                    || (lanes.distinct() >= thresholds.lanes()
                            && subjects.distinct() >= thresholds.subjects()
                            && red * 100L >= (long) thresholds.share() * runs);
        }
    }
}
