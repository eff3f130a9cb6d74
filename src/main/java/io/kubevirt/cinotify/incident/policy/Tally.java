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

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The figures of a family: of each lane, of all together, and by branch. */
final class Tally implements Counter {

    private final Map<String, LaneTally> lanes = new TreeMap<>();
    private final Bag<String> runs = new Bag<>();
    private final Bag<Integer> pulls = new Bag<>();
    private final Bag<String> redByBranch = new Bag<>();
    private final Bag<String> greenByBranch = new Bag<>();

    @Override
    public void add(Entry entry) {
        RunFacts run = entry.run();
        lanes.computeIfAbsent(run.job(), job -> new LaneTally()).add(entry);
        runs.add(run.job());
        if (entry.counts()) {
            pulls.add(run.pull());
            redByBranch.add(run.base());
        } else if (entry.isGreen()) {
            greenByBranch.add(run.base());
        }
    }

    @Override
    public void remove(Entry entry) {
        RunFacts run = entry.run();
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
    LaneTally lane(String job) {
        return lanes.getOrDefault(job, new LaneTally());
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
        return new TreeSet<>(redByBranch.things());
    }

    /** All red runs that count. */
    int red() {
        return lanes.values().stream().mapToInt(LaneTally::red).sum();
    }

    /** Green runs on the branches that have a red one: what passes elsewhere proves nothing for them. */
    int greenWhereRed() {
        return redByBranch.things().stream().mapToInt(greenByBranch::count).sum();
    }
}
