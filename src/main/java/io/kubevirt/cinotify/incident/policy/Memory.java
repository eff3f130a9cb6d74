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

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All that is remembered beside the runs of the last day; bounded by what is open and what failed lately. */
@Kept
final class Memory {

    private long runs;
    private Instant clock = Instant.EPOCH;
    private String last = "";
    private final TreeMap<StreamKey, Waiting> held = new TreeMap<>();
    private final TreeMap<StreamKey, LaneCase> lanes = new TreeMap<>();
    private final LinkedHashMap<String, OutageCase> outages = new LinkedHashMap<>();
    private final TreeMap<String, ProblemCase> problems = new TreeMap<>();
    private final LinkedHashMap<PullKey, Instant> storms = new LinkedHashMap<>();
    private final TreeMap<StreamKey, Integer> streaks = new TreeMap<>();
    private final TreeMap<StreamKey, RunFinished> lastFailures = new TreeMap<>();

    /** Whether something can be counted now, since nothing that comes after it has been. */
    boolean isInOrder(Input input) {
        int order = input.at().compareTo(clock);
        return order > 0 || (order == 0 && input.rank().compareTo(last) > 0);
    }

    /** Something is counted; time does not go back. */
    Instant counted(Input input) {
        if (input.at().isAfter(clock)) {
            clock = input.at();
            last = "";
        }
        last = input.rank().compareTo(last) > 0 ? input.rank() : last;
        return clock;
    }

    /** Something was done at its instant. */
    void passed(Instant instant) {
        if (instant.isAfter(clock)) {
            clock = instant;
            last = "";
        }
    }

    Instant clock() {
        return clock;
    }

    long nextRun() {
        return ++runs;
    }

    Optional<Case> caseOf(String key) {
        return cases().filter(each -> each.key().equals(key)).findFirst();
    }

    Optional<Case> byId(String id) {
        return cases().filter(each -> each.id().equals(id)).findFirst();
    }

    Stream<Case> cases() {
        return Stream.of(outages.values(), lanes.values(), problems.values()).flatMap(each -> each.stream());
    }

    Stream<OutageCase> openOutages() {
        return outages.values().stream().filter(Case::isOpen);
    }

    Optional<LaneCase> openLane(StreamKey key) {
        return Optional.ofNullable(lanes.get(key)).filter(Case::isOpen);
    }

    TreeMap<StreamKey, Waiting> held() {
        return held;
    }

    TreeMap<StreamKey, LaneCase> lanes() {
        return lanes;
    }

    LinkedHashMap<String, OutageCase> outages() {
        return outages;
    }

    TreeMap<String, ProblemCase> problems() {
        return problems;
    }

    LinkedHashMap<PullKey, Instant> storms() {
        return storms;
    }

    TreeMap<StreamKey, Integer> streaks() {
        return streaks;
    }

    TreeMap<StreamKey, RunFinished> lastFailures() {
        return lastFailures;
    }
}
