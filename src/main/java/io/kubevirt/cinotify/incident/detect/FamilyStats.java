// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import io.kubevirt.cinotify.incident.RunRecord;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The figures of a family: of each lane, of all together, and by branch. */
final class FamilyStats implements WindowStats {

    private final Map<String, LaneWindowStats> lanes = new TreeMap<>();
    private final Multiset<String> runs = new Multiset<>();
    private final Multiset<Integer> pulls = new Multiset<>();
    private final Multiset<String> redByBranch = new Multiset<>();
    private final Multiset<String> greenByBranch = new Multiset<>();

    @Override
    public void add(WindowEntry entry) {
        RunRecord run = entry.run();
        lanes.computeIfAbsent(run.job(), job -> new LaneWindowStats()).add(entry);
        runs.add(run.job());
        if (entry.counts()) {
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

    /** The lane of a job; all zero if it has no run. */
    LaneWindowStats lane(String job) {
        return lanes.getOrDefault(job, new LaneWindowStats());
    }

    /** The jobs with a red run that counts. */
    Set<String> redLanes() {
        return lanes.entrySet().stream()
                .filter(lane -> lane.getValue().red() > 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Distinct pull requests with a red run that counts, over all lanes. */
    int pulls() {
        return pulls.distinct();
    }

    /** Branches with a red run that counts. */
    Set<String> redBranches() {
        return new TreeSet<>(redByBranch.elements());
    }

    /** All red runs that count. */
    int red() {
        return lanes.values().stream().mapToInt(LaneWindowStats::red).sum();
    }

    /** Green runs on the branches that have a red one: what passes elsewhere proves nothing for them. */
    int greenWhereRed() {
        return redByBranch.elements().stream().mapToInt(greenByBranch::count).sum();
    }
}
