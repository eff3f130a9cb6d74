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

import io.kubevirt.cinotify.incident.Finding;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All that is remembered beside the runs of the last day; bounded by what is open and what failed lately. */
@Kept
final class Memory {

    private long runs;
    private Instant clock = Instant.EPOCH;
    private final TreeMap<StreamKey, Waiting> held = new TreeMap<>();
    private final TreeMap<StreamKey, LaneCase> lanes = new TreeMap<>();
    private final LinkedHashMap<String, OutageCase> outages = new LinkedHashMap<>();
    private final LinkedHashMap<PullKey, Instant> storms = new LinkedHashMap<>();
    private final TreeMap<StreamKey, Integer> streaks = new TreeMap<>();
    private final TreeMap<StreamKey, Finding> lastFailures = new TreeMap<>();
    private final TreeMap<String, Instant> lastTold = new TreeMap<>();

    /** Time does not go back, whatever the clock says. */
    Instant forward(Instant now) {
        clock = now.isAfter(clock) ? now : clock;
        return clock;
    }

    long nextRun() {
        return ++runs;
    }

    Optional<Case> caseOf(String key) {
        Case outage = outages.get(key);
        return outage != null || key.indexOf(' ') < 0
                ? Optional.ofNullable(outage)
                : Optional.ofNullable(lanes.get(StreamKey.parse(key)));
    }

    Optional<Case> byId(String id) {
        return cases().filter(each -> each.id().equals(id)).findFirst();
    }

    Stream<Case> cases() {
        return Stream.concat(outages.values().stream(), lanes.values().stream());
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

    LinkedHashMap<PullKey, Instant> storms() {
        return storms;
    }

    TreeMap<StreamKey, Integer> streaks() {
        return streaks;
    }

    TreeMap<StreamKey, Finding> lastFailures() {
        return lastFailures;
    }

    /** A person is told at an instant, possibly one to come. */
    void told(String handle, Instant at) {
        lastTold.merge(handle.toLowerCase(Locale.ROOT), at, (old, fresh) -> fresh.isAfter(old) ? fresh : old);
    }

    Optional<Instant> lastTold(String handle) {
        return Optional.ofNullable(lastTold.get(handle.toLowerCase(Locale.ROOT)));
    }
}
