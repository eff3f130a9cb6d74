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
package io.kubevirt.cinotify.digest;

import io.kubevirt.cinotify.bump.BumpPull;
import io.kubevirt.cinotify.diagnosis.KnownIssue;
import io.kubevirt.cinotify.roster.Finding;
import java.util.List;
import java.util.Map;

/**
 * What the digests of incidents are made of.
 *
 * @param period what they look back on
 * @param episodes incidents that were open within it
 * @param told who was told within it
 * @param lanes how the lanes did within it
 * @param bumps bumps that are open at its end, or ended within it
 * @param knownIssues all that somebody cares for
 * @param matches how often each of them has matched within the period, by its name; those that never have are missing
 * @param gaps when nobody is at work in the coming week
 * @param notes what a reader must know to read the figures right, each a sentence without the final stop
 */
public record Facts(
        Period period,
        List<Episode> episodes,
        List<Told> told,
        List<LaneFigures> lanes,
        List<BumpPull> bumps,
        List<KnownIssue> knownIssues,
        Map<String, Integer> matches,
        List<Finding> gaps,
        List<String> notes) {

    /** Copies the lists. */
    public Facts {
        episodes = List.copyOf(episodes);
        told = List.copyOf(told);
        lanes = List.copyOf(lanes);
        bumps = List.copyOf(bumps);
        knownIssues = List.copyOf(knownIssues);
        matches = Map.copyOf(matches);
        gaps = List.copyOf(gaps);
        notes = List.copyOf(notes);
    }

    /** Open at the end; what an outage explains is told of with the outage. */
    List<Episode> open() {
        return episodes.stream()
                .filter(episode -> !episode.isFolded() && episode.isOpenAt(period.until()))
                .toList();
    }

    /** Ended within the period. */
    List<Episode> resolved() {
        return episodes.stream()
                .filter(episode ->
                        !episode.isFolded() && period.has(episode.incident().closedAt()))
                .toList();
    }

    /** Those that an outage explains. */
    int foldedInto(String outage) {
        return (int) episodes.stream()
                .filter(episode -> outage.equals(episode.incident().foldedInto()))
                .count();
    }

    /** The same, of one SIG. */
    Facts of(String sig) {
        return new Facts(
                period,
                episodes.stream()
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
