// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import io.kubevirt.cinotify.incident.RunRecord;
import io.kubevirt.cinotify.incident.detect.SlidingWindow.Multiset;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts runs of a family: by lane, in total and by branch. */
final class FamilyStats implements SlidingWindow.Stats {
    private final Map<String, Lane> lanes = new TreeMap<>();
    private final Multiset<String> runs = new Multiset<>();
    private final Multiset<Integer> pulls = new Multiset<>();
    private final Multiset<String> redByBranch = new Multiset<>();
    private final Multiset<String> greenByBranch = new Multiset<>();

    @Override
    public void add(WindowEntry entry) {
        add(entry, entry.counts());
    }

    /** {@code counts}: whether the failure counts for the problem in question. */
    void add(WindowEntry entry, boolean counts) {
        RunRecord run = entry.run();
        lanes.computeIfAbsent(run.job(), job -> new Lane()).add(entry, counts);
        runs.add(run.job());
        if (counts) {
            pulls.add(run.pull());
            redByBranch.add(run.base());
        } else if (entry.isGreen()) {
            greenByBranch.add(run.base());
        }
    }

    @Override
    public void remove(WindowEntry entry) {
        RunRecord run = entry.run();
        lanes.computeIfPresent(run.job(), (job, lane) -> {
            lane.remove(entry);
            runs.remove(job);
            return runs.count(job) == 0 ? null : lane;
        });
        if (entry.counts()) {
            pulls.remove(run.pull());
            redByBranch.remove(run.base());
        } else if (entry.isGreen()) {
            greenByBranch.remove(run.base());
        }
    }

    /** The counts of a job's lane; all zero if it has no run. */
    Lane lane(String job) {
        return lanes.getOrDefault(job, new Lane());
    }

    Set<String> redLanes() {
        return lanes.entrySet().stream()
                .filter(lane -> lane.getValue().red() > 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Distinct pull requests with a failed run that counts, over all lanes. */
    int pulls() {
        return pulls.distinct();
    }

    Set<String> redBranches() {
        return new TreeSet<>(redByBranch.elements());
    }

    int red() {
        return lanes.values().stream().mapToInt(Lane::red).sum();
    }

    /** Passing runs on the branches that have a failed one: passing runs on other branches must not hide them. */
    int greenWhereRed() {
        return redByBranch.elements().stream().mapToInt(greenByBranch::count).sum();
    }

    static final class Lane {
        private final Multiset<Integer> pulls = new Multiset<>();
        private int red;
        private int green;
        private @Nullable Integer requiredFailures;

        void add(WindowEntry entry, boolean counts) {
            requiredFailures = entry.run().requiredFailures();
            count(entry, counts, 1);
            if (counts) {
                pulls.add(entry.run().pull());
            }
        }

        void remove(WindowEntry entry) {
            count(entry, entry.counts(), -1);
            if (entry.counts()) {
                pulls.remove(entry.run().pull());
            }
        }

        private void count(WindowEntry entry, boolean counts, int difference) {
            red += counts ? difference : 0;
            green += entry.isGreen() ? difference : 0;
        }

        /** Distinct pull requests with a failed run that counts. */
        int pulls() {
            return pulls.distinct();
        }

        int red() {
            return red;
        }

        int green() {
            return green;
        }

        @Nullable Integer requiredFailures() {
            return requiredFailures;
        }
    }
}
