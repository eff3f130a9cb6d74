// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import io.kubevirt.cinotify.incident.FailureClass;
import io.kubevirt.cinotify.incident.GroupKey;
import io.kubevirt.cinotify.incident.RunRecord;
import io.kubevirt.cinotify.incident.RunRecord.PullKey;
import io.kubevirt.cinotify.incident.Thresholds;
import io.kubevirt.cinotify.incident.detect.BurstStats.PullRequestStats;
import io.kubevirt.cinotify.incident.detect.OutageDetector.ClusterStats;
import io.kubevirt.cinotify.incident.detect.SlidingWindow.Stats;
import io.kubevirt.cinotify.incident.detect.WindowEntry.Exclusion;
import io.kubevirt.cinotify.prow.JobType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All sliding windows over the finished runs of the last day. */
final class RunWindows {
    /** Bounds the memory that a single job can take. */
    private static final int MAX_RUNS = 4_000;

    private static final int UNBOUNDED = Integer.MAX_VALUE;

    private final Thresholds thresholds;
    private final FinishedRuns all = new FinishedRuns();
    private final Map<GroupKey, SlidingWindow<FamilyStats>> days = new HashMap<>();
    private final Map<GroupKey, SlidingWindow<FamilyStats>> families = new HashMap<>();
    private final Map<String, SlidingWindow<BurstStats>> bursts = new HashMap<>();
    private final Map<String, SlidingWindow<ClusterStats>> clusters = new HashMap<>();
    private final Map<PullKey, SlidingWindow<PullRequestStats>> pulls = new HashMap<>();

    /** The runs of the day by cause, in the order of their numbers: evidence comes in another order. */
    private final Map<GroupKey, TreeMap<Long, WindowEntry>> causes = new HashMap<>();

    RunWindows(Thresholds thresholds) {
        this.thresholds = thresholds;
    }

    boolean contains(String id) {
        return find(id).isPresent();
    }

    Optional<WindowEntry> find(String id) {
        return all.find(id);
    }

    void enter(WindowEntry entry) {
        all.add(entry);
        for (SlidingWindow<?> window : windowsOf(entry, true)) {
            window.advance(entry.at());
            window.enter(entry);
        }
        causeOf(entry).ifPresent(cause -> addCause(cause, entry));
    }

    /** Records what the evidence of a run shows. */
    void classify(WindowEntry entry, @Nullable FailureClass shown) {
        removeCause(entry);
        entry.setFailureClass(shown);
        causeOf(entry).ifPresent(cause -> addCause(cause, entry));
    }

    private void addCause(GroupKey cause, WindowEntry entry) {
        causes.computeIfAbsent(cause, none -> new TreeMap<>()).put(entry.run().number(), entry);
    }

    private void removeCause(WindowEntry entry) {
        causeOf(entry)
                .ifPresent(cause -> causes.computeIfPresent(cause, (same, runs) -> {
                    runs.remove(entry.run().number());
                    return runs.isEmpty() ? null : runs;
                }));
    }

    /** Stands for the cause of a failure in its repository; empty if the cause is not known. */
    static Optional<GroupKey> causeOf(WindowEntry entry) {
        FailureClass shown = entry.failureClass();
        return shown == null || shown.family() == null
                ? Optional.empty()
                : Optional.of(new GroupKey(entry.run().key().repository(), JobType.PRESUBMIT, "*").ofClass(shown));
    }

    /** The failed runs of the day with a cause. */
    Stream<WindowEntry> ofCause(GroupKey cause) {
        return causes.getOrDefault(cause, new TreeMap<>()).values().stream().filter(WindowEntry::failed);
    }

    /** Drops runs that are older than a day. Returns the families that have no run left. */
    Set<GroupKey> advance(Instant now) {
        Set<GroupKey> gone = new HashSet<>();
        Instant floor = now.minus(thresholds.presubmits().window());
        for (Optional<WindowEntry> oldest = all.first();
                oldest.isPresent() && !oldest.get().run().isAfter(floor);
                oldest = all.first()) {
            WindowEntry first = oldest.get();
            all.removeFirst();
            forget(first, now);
            if (!days.containsKey(first.run().key())) {
                gone.add(first.run().key());
            }
        }
        return gone;
    }

    private void forget(WindowEntry entry, Instant now) {
        windowsOf(entry, false).forEach(window -> window.advance(now));
        removeCause(entry);
        RunRecord run = entry.run();
        removeIfEmpty(days, run.key());
        removeIfEmpty(families, run.key());
        removeIfEmpty(bursts, run.key().repository());
        removeIfEmpty(pulls, run.pullKey());
        if (run.cluster() != null) {
            removeIfEmpty(clusters, run.cluster());
        }
    }

    private static <K, C extends Stats> void removeIfEmpty(Map<K, SlidingWindow<C>> windows, K key) {
        windows.computeIfPresent(key, (same, window) -> window.isEmpty() ? null : window);
    }

    void setExclusion(WindowEntry entry, @Nullable Exclusion exclusion) {
        List<SlidingWindow<?>> windows = windowsOf(entry, false);
        windows.forEach(window -> window.changing(entry));
        entry.setExclusion(exclusion);
        windows.forEach(window -> window.changed(entry));
    }

    /** Excludes a failed run, unless it already is. */
    void excludeIfCounted(WindowEntry entry, Exclusion exclusion) {
        if (entry.counts()) {
            setExclusion(entry, exclusion);
        }
    }

    private List<SlidingWindow<?>> windowsOf(WindowEntry entry, boolean create) {
        RunRecord run = entry.run();
        WindowCollector collector = new WindowCollector(create);
        Duration day = thresholds.presubmits().window();
        collector.add(days, run.key(), () -> new SlidingWindow<>(day, MAX_RUNS, new FamilyStats()));
        collector.add(
                families,
                run.key(),
                () -> new SlidingWindow<>(thresholds.families().window(), MAX_RUNS, new FamilyStats()));
        if (run.key().isPresubmit()) {
            collector.add(
                    bursts,
                    run.key().repository(),
                    () -> new SlidingWindow<>(thresholds.burst().window(), UNBOUNDED, new BurstStats(thresholds)));
            if (!entry.passed()) {
                collector.add(
                        pulls,
                        run.pullKey(),
                        () -> new SlidingWindow<>(thresholds.onePull().window(), UNBOUNDED, new PullRequestStats()));
            }
        }
        if (run.cluster() != null) {
            collector.add(
                    clusters,
                    run.cluster(),
                    () -> new SlidingWindow<>(thresholds.clusters().window(), UNBOUNDED, new ClusterStats()));
        }
        return collector.found;
    }

    private record WindowCollector(boolean create, List<SlidingWindow<?>> found) {
        WindowCollector(boolean create) {
            this(create, new ArrayList<>());
        }

        <K, C extends Stats> void add(Map<K, SlidingWindow<C>> windows, K key, Supplier<SlidingWindow<C>> another) {
            SlidingWindow<C> window = create ? windows.computeIfAbsent(key, same -> another.get()) : windows.get(key);
            if (window != null) {
                found.add(window);
            }
        }
    }

    /** The family's runs of the day. */
    SlidingWindow<FamilyStats> day(GroupKey key, Instant now) {
        return at(days, key, now, FamilyStats::new);
    }

    /** The failed runs of the day that count for a problem. */
    List<WindowEntry> countedRuns(GroupKey key, Instant now) {
        return day(key.family(), now)
                .runs()
                .filter(entry -> entry.countsFor(key))
                .toList();
    }

    /** The family's counts over its own, shorter window. */
    FamilyStats family(GroupKey key, Instant now) {
        return at(families, key, now, FamilyStats::new).stats();
    }

    /** The presubmit runs of a repository. */
    SlidingWindow<BurstStats> burst(String repository, Instant now) {
        return at(bursts, repository, now, () -> new BurstStats(thresholds));
    }

    SlidingWindow<ClusterStats> cluster(String name, Instant now) {
        return at(clusters, name, now, ClusterStats::new);
    }

    /** The failed runs of a pull request. */
    SlidingWindow<PullRequestStats> pull(PullKey key, Instant now) {
        return at(pulls, key, now, PullRequestStats::new);
    }

    private static <K, C extends SlidingWindow.Stats> SlidingWindow<C> at(
            Map<K, SlidingWindow<C>> windows, K key, Instant now, Supplier<C> none) {
        SlidingWindow<C> found = windows.get(key);
        SlidingWindow<C> window = found == null ? new SlidingWindow<>(Duration.ZERO, 0, none.get()) : found;
        window.advance(now);
        return window;
    }

    FinishedRuns all() {
        return all;
    }
}
