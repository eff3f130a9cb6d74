// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import io.kubevirt.cinotify.incident.GroupKey;
import io.kubevirt.cinotify.incident.OutageIncident.Scope;
import io.kubevirt.cinotify.incident.RunRecord;
import io.kubevirt.cinotify.incident.Thresholds;
import io.kubevirt.cinotify.incident.detect.OutageLifecycle.OutageSignal;
import io.kubevirt.cinotify.incident.detect.SlidingWindow.Multiset;
import io.kubevirt.cinotify.prow.JobState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Detects signs of an outage: a cluster on which many runs fail, many affected pull requests, or many families at once.
 */
final class OutageDetector {
    private final DetectContext context;
    private final OutageLifecycle outages;

    OutageDetector(DetectContext context, OutageLifecycle outages) {
        this.context = context;
        this.outages = outages;
    }

    void check(WindowEntry entry, Instant now) {
        RunRecord run = entry.run();
        if (run.cluster() != null) {
            SlidingWindow<ClusterStats> cluster = context.windows().cluster(run.cluster(), now);
            if (cluster.stats().isTrouble(context.thresholds().clusters())) {
                signal(
                        run,
                        Scope.cluster(run.cluster()),
                        "many runs on cluster " + run.cluster() + " fail or cannot start",
                        cluster,
                        now);
            }
        }
        if (run.key().isPresubmit()) {
            SlidingWindow<BurstStats> burst = context.windows().burst(run.key().repository(), now);
            if (burst.stats().isBurst()) {
                signal(
                        run,
                        Scope.repository(run.key().repository()),
                        "several pull requests of " + run.key().repository() + " have several failing lanes each",
                        burst,
                        now);
            }
        }
    }

    private void signal(RunRecord run, Scope scope, String explanation, SlidingWindow<?> window, Instant now) {
        outages.signal(
                new OutageSignal(Set.of(scope), run.cluster(), explanation, () -> window.runs()
                        .filter(WindowEntry::failed)
                        .toList()),
                now);
    }

    void checkPileUp(RunRecord run, Instant now) {
        Map<GroupKey, DetectionState.HeldGroup> held = context.state().held();
        if (held.size() < context.thresholds().hold().outageFamilies()) {
            return;
        }
        Set<Scope> scopes = new TreeSet<>();
        held.keySet().forEach(key -> scopes.add(Scope.repository(key.repository())));
        Instant floor = now.minus(context.thresholds().burst().window());
        outages.signal(
                new OutageSignal(
                        scopes,
                        run.cluster(),
                        held.size() + (held.size() == 1 ? " family" : " families") + " of lanes broke within minutes",
                        () -> List.copyOf(held.keySet()).stream()
                                .flatMap(key -> context.windows().day(key, now).runs())
                                .filter(each -> each.counts() && each.at().isAfter(floor))
                                .toList()),
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
