// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import io.kubevirt.cinotify.roster.CoverageCheck.Coverage;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds coverage gaps, differences between the documents and implausible schedules ({@code roster check}). */
public final class RosterCheck {
    private final Roster roster;
    private final MemberOverrides overrides;
    private final SigDirectory sigs;
    private final OwnersAliases aliases;
    private final Collection<String> groupAliases;

    /** @param groupAliases aliases that must contain the members of the table */
    public RosterCheck(
            Roster roster,
            MemberOverrides overrides,
            SigDirectory sigs,
            OwnersAliases aliases,
            Collection<String> groupAliases) {
        this.roster = roster;
        this.overrides = overrides;
        this.sigs = sigs;
        this.aliases = aliases;
        this.groupAliases = List.copyOf(groupAliases);
    }

    /** All problems, with coverage of the week (Monday to Sunday, UTC) that contains the instant. */
    public List<RosterProblem> problems(Instant at) {
        Instant monday = monday(at);
        MembershipCheck membership = new MembershipCheck(roster, aliases);
        List<RosterProblem> problems = new ArrayList<>(new CoverageCheck(roster, monday).problems());
        problems.addAll(new RotationCheck(roster, at).problems());
        problems.addAll(unknownPeople(at));
        problems.addAll(membership.neverAvailable(at));
        groupAliases.forEach(alias -> problems.addAll(membership.drift(alias)));
        problems.addAll(membership.unknownHandles(overrides, sigs.handles()));
        problems.addAll(membership.fixedOffsets(at));
        problems.addAll(membership.longNights());
        return problems;
    }

    /** People of rotations who are in none of the documents, and what of calendars is not followed after an instant. */
    public List<RosterProblem> unknownPeople(Instant since) {
        Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        known.addAll(sigs.handles());
        known.addAll(aliases.handles());
        overrides.members().forEach(member -> known.add(member.handle()));
        roster.members().stream().map(Member::handle).filter(roster::isInTable).forEach(known::add);
        // The people of a group have accounts.
        roster.rotations().stream()
                .map(Rotation::plan)
                .filter(EverybodyPlan.class::isInstance)
                .forEach(plan -> known.addAll(plan.people()));
        return RotationCheck.unknownPeople(roster, known, since);
    }

    /** How much of that week each area is covered, in display order. */
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
