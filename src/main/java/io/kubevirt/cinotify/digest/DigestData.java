// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.digest;

import io.kubevirt.cinotify.bump.TrackedBump;
import io.kubevirt.cinotify.diagnosis.KnownIssue;
import io.kubevirt.cinotify.digest.LaneStatsCollector.LaneStats;
import io.kubevirt.cinotify.roster.RosterProblem;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The data of the digests about incidents.
 *
 * @param incidents incidents that were open in the period
 * @param notifications notifications of people in the period
 * @param lanes statistics of the lanes in the period
 * @param tests those of the SIG that failed most, the most first; none without a SIG
 * @param bumps bumps that are open at the end of the period, or ended in it
 * @param knownIssueMatches number of matches in the period by name; known issues without a match are absent
 * @param coverageGaps coverage gaps of the coming week
 * @param notes limitations of the data; each a sentence without a final period
 */
public record DigestData(
        DigestPeriod period,
        List<IncidentHistory> incidents,
        List<Notification> notifications,
        List<LaneStats> lanes,
        List<TestStats> tests,
        List<TrackedBump> bumps,
        List<KnownIssue> knownIssues,
        Map<String, Integer> knownIssueMatches,
        List<RosterProblem> coverageGaps,
        List<String> notes) {
    /** Copies the lists. */
    public DigestData {
        incidents = List.copyOf(incidents);
        notifications = List.copyOf(notifications);
        lanes = List.copyOf(lanes);
        tests = List.copyOf(tests);
        bumps = List.copyOf(bumps);
        knownIssues = List.copyOf(knownIssues);
        knownIssueMatches = Map.copyOf(knownIssueMatches);
        coverageGaps = List.copyOf(coverageGaps);
        notes = List.copyOf(notes);
    }

    /** Incidents that are open at the end and not folded into an outage. */
    List<IncidentHistory> open() {
        return incidents.stream()
                .filter(history -> !history.isFolded() && history.isOpenAt(period.until()))
                .toList();
    }

    /** Incidents that ended in the period and were not folded into an outage. */
    List<IncidentHistory> resolved() {
        return incidents.stream()
                .filter(history -> !history.isFolded()
                        && period.contains(history.incident().closedAt()))
                .toList();
    }

    /** The number of incidents that were folded into an outage. */
    int foldedInto(String outage) {
        return (int) incidents.stream()
                .filter(history -> outage.equals(history.incident().foldedInto()))
                .count();
    }

    DigestData forSig(String sig) {
        return new DigestData(
                period,
                incidents.stream()
                        .filter(history -> history.incident().diagnosis().sig().equals(sig))
                        .toList(),
                List.of(),
                lanes.stream().filter(lane -> lane.sig().equals(sig)).toList(),
                tests,
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                notes);
    }

    /**
     * A notification of a person.
     *
     * @param person the handle
     * @param incident the id of the incident
     */
    public record Notification(Instant at, String person, String incident) {}
}
