// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
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
    private final MemberOverrides overlay;
    private final SigDirectory sigs;
    private final OwnersAliases aliases;
    private final Collection<String> groupAliases;

    /** @param groupAliases aliases that should name the same people as the group's table */
    public RosterCheck(
            Roster roster,
            MemberOverrides overlay,
            SigDirectory sigs,
            OwnersAliases aliases,
            Collection<String> groupAliases) {
        this.roster = roster;
        this.overlay = overlay;
        this.sigs = sigs;
        this.aliases = aliases;
        this.groupAliases = List.copyOf(groupAliases);
    }

    /** What a person should know of, for the week (Monday to Sunday, UTC) in which the instant lies. */
    public List<RosterProblem> problems(Instant at) {
        Instant monday = monday(at);
        MembershipCheck people = new MembershipCheck(roster, aliases);
        List<RosterProblem> findings = new ArrayList<>(new CoverageCheck(roster, monday).problems());
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
