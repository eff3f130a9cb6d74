// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.digest;

import io.kubevirt.cinotify.bump.TrackedBump;
import io.kubevirt.cinotify.diagnosis.KnownIssue;
import io.kubevirt.cinotify.roster.RosterProblem;
import java.util.List;
import java.util.Map;

/**
 * What the digests of incidents are made of.
 *
 * @param period what they look back on
 * @param incidents incidents that were open within it
 * @param notifications who was told within it
 * @param lanes how the lanes did within it
 * @param bumps bumps that are open at its end, or ended within it
 * @param knownIssues all that somebody cares for
 * @param knownIssueMatches how often each of them has matched within the period, by its name; those that never have are missing
 * @param coverageGaps when nobody is at work in the coming week
 * @param notes what a reader must know to read the figures right, each a sentence without the final stop
 */
public record DigestData(
        DigestPeriod period,
        List<IncidentHistory> incidents,
        List<NotificationRecord> notifications,
        List<LaneStats> lanes,
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
        bumps = List.copyOf(bumps);
        knownIssues = List.copyOf(knownIssues);
        knownIssueMatches = Map.copyOf(knownIssueMatches);
        coverageGaps = List.copyOf(coverageGaps);
        notes = List.copyOf(notes);
    }

    /** Open at the end; what an outage explains is told of with the outage. */
    List<IncidentHistory> open() {
        return incidents.stream()
                .filter(episode -> !episode.isFolded() && episode.isOpenAt(period.until()))
                .toList();
    }

    /** Ended within the period. */
    List<IncidentHistory> resolved() {
        return incidents.stream()
                .filter(episode -> !episode.isFolded()
                        && period.contains(episode.incident().closedAt()))
                .toList();
    }

    /** Those that an outage explains. */
    int foldedInto(String outage) {
        return (int) incidents.stream()
                .filter(episode -> outage.equals(episode.incident().foldedInto()))
                .count();
    }

    /** The same, of one SIG. */
    DigestData forSig(String sig) {
        return new DigestData(
                period,
                incidents.stream()
                        .filter(episode -> episode.incident().diagnosis().sig().equals(sig))
                        .toList(),
                List.of(),
                lanes.stream().filter(lane -> lane.sig().equals(sig)).toList(),
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                notes);
    }
}
