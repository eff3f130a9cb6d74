// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import io.kubevirt.cinotify.incident.DetectedIncident;
import io.kubevirt.cinotify.incident.GroupKey;
import io.kubevirt.cinotify.incident.IncidentEvent;
import io.kubevirt.cinotify.incident.LaneIncident;
import io.kubevirt.cinotify.incident.ObservedRun;
import io.kubevirt.cinotify.incident.OutageIncident;
import io.kubevirt.cinotify.incident.Persisted;
import io.kubevirt.cinotify.incident.ReportedIncident;
import io.kubevirt.cinotify.incident.RunRecord.PullKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The state of detection besides the runs of the last day. It is bounded by open incidents and recent failures. */
@Persisted
final class DetectionState {
    /**
     * A family that met its threshold and waits to see whether an outage forms. {@code runs}: ids of the runs that
     * wait with it.
     */
    record HeldGroup(Instant until, List<String> runs) {
        HeldGroup with(String run) {
            return new HeldGroup(
                    until, Stream.concat(runs.stream(), Stream.of(run)).toList());
        }
    }

    private long runs;
    private Instant clock = Instant.EPOCH;
    private String last = "";
    private final TreeMap<GroupKey, HeldGroup> held = new TreeMap<>();
    private final TreeMap<GroupKey, LaneIncident> lanes = new TreeMap<>();
    private final LinkedHashMap<String, OutageIncident> outages = new LinkedHashMap<>();
    private final TreeMap<String, ReportedIncident> problems = new TreeMap<>();
    private final LinkedHashMap<PullKey, Instant> storms = new LinkedHashMap<>();
    private final TreeMap<GroupKey, Integer> streaks = new TreeMap<>();
    private final TreeMap<GroupKey, ObservedRun> lastFailures = new TreeMap<>();
    private final DailyFailures dailyFailures = new DailyFailures();

    /** An independent copy. */
    DetectionState copy() {
        DetectionState copy = new DetectionState();
        copy.runs = runs;
        copy.clock = clock;
        copy.last = last;
        copy.held.putAll(held);
        // Sorted maps are copied as a whole, which compares no keys.
        copy.lanes.putAll(lanes);
        copy.lanes.replaceAll((key, lane) -> lane.copy());
        outages.forEach((id, outage) -> copy.outages.put(id, outage.copy()));
        copy.problems.putAll(problems);
        copy.problems.replaceAll((key, problem) -> problem.copy());
        copy.storms.putAll(storms);
        copy.streaks.putAll(streaks);
        copy.lastFailures.putAll(lastFailures);
        copy.dailyFailures.addAll(dailyFailures);
        return copy;
    }

    /** Whether no later event has been applied yet. */
    boolean isInOrder(IncidentEvent event) {
        int order = event.at().compareTo(clock);
        return order > 0 || (order == 0 && event.sortKey().compareTo(last) > 0);
    }

    /** Moves the clock to an event; time does not go back. */
    Instant advance(IncidentEvent event) {
        if (event.at().isAfter(clock)) {
            clock = event.at();
            last = "";
        }
        last = event.sortKey().compareTo(last) > 0 ? event.sortKey() : last;
        return clock;
    }

    void advanceClock(Instant instant) {
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

    Optional<DetectedIncident> byKey(String key) {
        return incidents().filter(each -> each.key().equals(key)).findFirst();
    }

    Optional<DetectedIncident> byId(String id) {
        return incidents().filter(each -> each.id().equals(id)).findFirst();
    }

    Stream<DetectedIncident> incidents() {
        return Stream.of(outages.values(), lanes.values(), problems.values()).flatMap(each -> each.stream());
    }

    Stream<OutageIncident> openOutages() {
        return outages.values().stream().filter(DetectedIncident::isOpen);
    }

    Optional<LaneIncident> openLane(GroupKey key) {
        return Optional.ofNullable(lanes.get(key)).filter(DetectedIncident::isOpen);
    }

    /** The open problems of a family: the first one, if it is open, and those of other failure classes. */
    Stream<LaneIncident> openLanes(GroupKey family) {
        return lanes.subMap(family, true, family.named(family.name() + " \uffff"), true).values().stream()
                .filter(DetectedIncident::isOpen)
                .filter(lane -> lane.groupKey().family().equals(family));
    }

    DailyFailures dailyFailures() {
        return dailyFailures;
    }

    TreeMap<GroupKey, HeldGroup> held() {
        return held;
    }

    TreeMap<GroupKey, LaneIncident> lanes() {
        return lanes;
    }

    LinkedHashMap<String, OutageIncident> outages() {
        return outages;
    }

    TreeMap<String, ReportedIncident> problems() {
        return problems;
    }

    LinkedHashMap<PullKey, Instant> storms() {
        return storms;
    }

    TreeMap<GroupKey, Integer> streaks() {
        return streaks;
    }

    TreeMap<GroupKey, ObservedRun> lastFailures() {
        return lastFailures;
    }
}
