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
package io.kubevirt.cinotify.incident.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Every window over the finished runs of the last day. A run enters and leaves each once; the figures move along. */
final class Windows {

    /** So that one mad job cannot fill the memory. */
    private static final int MOST_RUNS = 4_000;

    private static final int UNBOUNDED = Integer.MAX_VALUE;

    private final Thresholds thresholds;
    private final TreeMap<Long, Entry> all = new TreeMap<>();
    private final Map<String, Entry> ids = new HashMap<>();
    private final Map<StreamKey, Window<Tally>> days = new HashMap<>();
    private final Map<StreamKey, Window<Tally>> families = new HashMap<>();
    private final Map<String, Window<BurstFigures>> bursts = new HashMap<>();
    private final Map<String, Window<ClusterFigures>> clusters = new HashMap<>();
    private final Map<PullKey, Window<PullLanes>> pulls = new HashMap<>();

    Windows(Thresholds thresholds) {
        this.thresholds = thresholds;
    }

    /** Whether the run is one of the last day's. */
    boolean knows(String id) {
        return ids.containsKey(id);
    }

    /** The run, if it is one of the last day's. */
    Optional<Entry> find(String id) {
        return Optional.ofNullable(ids.get(id));
    }

    void enter(Entry entry) {
        all.put(entry.run().number(), entry);
        ids.put(entry.run().id(), entry);
        for (Window<?> window : windowsOf(entry, true)) {
            window.advance(entry.at());
            window.enter(entry);
        }
    }

    /**
     * Forgets what is older than a day.
     *
     * @return the families that have no run left
     */
    Set<StreamKey> advance(Instant now) {
        Set<StreamKey> gone = new HashSet<>();
        Instant floor = now.minus(thresholds.presubmits().window());
        while (!all.isEmpty() && !all.firstEntry().getValue().at().isAfter(floor)) {
            Entry first = all.pollFirstEntry().getValue();
            ids.remove(first.run().id());
            forget(first, now);
            if (!days.containsKey(first.run().key())) {
                gone.add(first.run().key());
            }
        }
        return gone;
    }

    private void forget(Entry entry, Instant now) {
        windowsOf(entry, false).forEach(window -> window.advance(now));
        RunFacts run = entry.run();
        removeIfEmpty(days, run.key());
        removeIfEmpty(families, run.key());
        removeIfEmpty(bursts, run.key().repository());
        removeIfEmpty(pulls, run.pullKey());
        if (run.cluster() != null) {
            removeIfEmpty(clusters, run.cluster());
        }
    }

    private static <K, C extends Counter> void removeIfEmpty(Map<K, Window<C>> windows, K key) {
        windows.computeIfPresent(key, (same, window) -> window.isEmpty() ? null : window);
    }

    void mark(Entry entry, @Nullable Mark mark) {
        List<Window<?>> windows = windowsOf(entry, false);
        windows.forEach(window -> window.changing(entry));
        entry.setMark(mark);
        windows.forEach(window -> window.changed(entry));
    }

    /** Marks a red run that nothing explains yet. */
    void explain(Entry entry, Mark mark) {
        if (entry.counts()) {
            mark(entry, mark);
        }
    }

    private List<Window<?>> windowsOf(Entry entry, boolean create) {
        RunFacts run = entry.run();
        Places places = new Places(create);
        Duration day = thresholds.presubmits().window();
        places.add(days, run.key(), () -> new Window<>(day, MOST_RUNS, new Tally()));
        places.add(families, run.key(), () -> new Window<>(thresholds.families().window(), MOST_RUNS, new Tally()));
        if (run.key().isPresubmit()) {
            places.add(
                    bursts,
                    run.key().repository(),
                    () -> new Window<>(thresholds.burst().window(), UNBOUNDED, new BurstFigures(thresholds)));
            if (entry.failed()) {
                places.add(
                        pulls,
                        run.pullKey(),
                        () -> new Window<>(thresholds.onePull().window(), UNBOUNDED, new PullLanes()));
            }
        }
        if (run.cluster() != null) {
            places.add(
                    clusters,
                    run.cluster(),
                    () -> new Window<>(thresholds.clusters().window(), UNBOUNDED, new ClusterFigures()));
        }
        return places.found;
    }

    /** Collects the windows in which a run is, or is to be. */
    private record Places(boolean create, List<Window<?>> found) {
        Places(boolean create) {
            this(create, new ArrayList<>());
        }

        <K, C extends Counter> void add(Map<K, Window<C>> windows, K key, Supplier<Window<C>> another) {
            Window<C> window = create ? windows.computeIfAbsent(key, same -> another.get()) : windows.get(key);
            if (window != null) {
                found.add(window);
            }
        }
    }

    /** The family's runs of the day. */
    Window<Tally> day(StreamKey key, Instant now) {
        return at(days.getOrDefault(key, new Window<>(Duration.ZERO, 0, new Tally())), now);
    }

    /** The family's figures over its own, shorter window. */
    Tally family(StreamKey key, Instant now) {
        return at(families.getOrDefault(key, new Window<>(Duration.ZERO, 0, new Tally())), now)
                .figures();
    }

    /** A repository's presubmits. */
    Window<BurstFigures> burst(String repository, Instant now) {
        return at(bursts.getOrDefault(repository, new Window<>(Duration.ZERO, 0, new BurstFigures(thresholds))), now);
    }

    /** A cluster's runs. */
    Window<ClusterFigures> cluster(String name, Instant now) {
        return at(clusters.getOrDefault(name, new Window<>(Duration.ZERO, 0, new ClusterFigures())), now);
    }

    /** A pull request's red runs. */
    Window<PullLanes> pull(PullKey key, Instant now) {
        return at(pulls.getOrDefault(key, new Window<>(Duration.ZERO, 0, new PullLanes())), now);
    }

    private static <C extends Counter> Window<C> at(Window<C> window, Instant now) {
        window.advance(now);
        return window;
    }

    /** All runs of the last day, by their number. */
    NavigableMap<Long, Entry> all() {
        return all;
    }
}
