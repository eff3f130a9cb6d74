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
package io.kubevirt.cinotify.roster;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Looks for gaps, drift and doubts in a roster and the files around it ({@code roster check}). */
public final class RosterCheck {

    private final Roster roster;
    private final Overlay overlay;
    private final SigDirectory sigs;
    private final OwnersAliases aliases;
    private final Collection<String> groupAliases;

    /** @param groupAliases aliases that should name the same people as the group's table */
    public RosterCheck(
            Roster roster, Overlay overlay, SigDirectory sigs, OwnersAliases aliases, Collection<String> groupAliases) {
        this.roster = roster;
        this.overlay = overlay;
        this.sigs = sigs;
        this.aliases = aliases;
        this.groupAliases = List.copyOf(groupAliases);
    }

    /** What a person should know of, for the week (Monday to Sunday, UTC) in which the instant lies. */
    public List<Finding> findings(Instant at) {
        Instant monday = monday(at);
        PeopleCheck people = new PeopleCheck(roster, aliases);
        List<Finding> findings = new ArrayList<>(new CoverageCheck(roster, monday).findings());
        findings.addAll(people.neverAvailable(at));
        groupAliases.forEach(alias -> findings.addAll(people.drift(alias)));
        findings.addAll(people.unknownHandles(overlay, sigs.handles()));
        findings.addAll(people.fixedOffsets(at));
        findings.addAll(people.longNights());
        return findings;
    }

    /** How much of that week each area is covered, in the order of the areas. */
    public List<Coverage> coverage(Instant at) {
        return roster.areas().stream()
                .map(area -> Coverage.of(area, roster.levels(area).all(), monday(at)))
                .toList();
    }

    private static Instant monday(Instant at) {
        return at.atZone(ZoneOffset.UTC)
                .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                .truncatedTo(ChronoUnit.DAYS)
                .toInstant();
    }
}
