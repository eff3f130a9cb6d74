// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import io.kubevirt.cinotify.yaml.ConfigProblem;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Looks whether the files agree on who belongs to the group, and whether what they say of a member can be right. */
final class MembershipCheck {

    private static final Duration LONGEST_NIGHT = Duration.ofHours(12);

    private final Roster roster;
    private final OwnersAliases aliases;

    MembershipCheck(Roster roster, OwnersAliases aliases) {
        this.roster = roster;
        this.aliases = aliases;
    }

    List<RosterProblem> neverAvailable(Instant from) {
        return roster.members().stream()
                .filter(member -> member.schedule().nextWorkingMinute(from).isEmpty())
                .map(member -> new RosterProblem(
                        RosterProblem.Kind.NEVER_AVAILABLE,
                        member.handle(),
                        member.handle() + " is never at work within " + Schedule.HORIZON.toDays() + " days",
                        "mend the availability in the table, or days off and pauses in the settings"))
                .toList();
    }

    /** @param alias the alias that should name the same people as the table */
    List<RosterProblem> drift(String alias) {
        Optional<Set<String>> people = aliases.people(alias);
        if (people.isEmpty()) {
            return List.of(new RosterProblem(
                    RosterProblem.Kind.DRIFT,
                    alias,
                    "OWNERS_ALIASES has no alias " + alias,
                    "name one that it has in the settings, or add it"));
        }
        List<RosterProblem> findings = new ArrayList<>();
        for (String handle : people.get()) {
            if (roster.member(handle).isEmpty()) {
                findings.add(new RosterProblem(
                        RosterProblem.Kind.DRIFT,
                        handle,
                        handle + " is in " + alias + " of OWNERS_ALIASES but not in the group's table",
                        "add the person to the table, or take the handle out of " + alias));
            }
        }
        for (Member member : roster.members()) {
            if (!people.get().contains(member.handle())) {
                findings.add(new RosterProblem(
                        RosterProblem.Kind.DRIFT,
                        member.handle(),
                        member.handle() + " is in the group's table but not in " + alias + " of OWNERS_ALIASES",
                        "add the handle to " + alias + ", or take the person out of the table"));
            }
        }
        return findings;
    }

    List<RosterProblem> unknownHandles(MemberOverrides overlay, Collection<String> sigPeople) {
        Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        known.addAll(sigPeople);
        known.addAll(aliases.handles());
        roster.members().forEach(member -> known.add(member.handle()));
        return overlay.problems(known).stream().map(MembershipCheck::problem).toList();
    }

    private static RosterProblem problem(ConfigProblem problem) {
        String where = problem.line() == null ? problem.file() : problem.file() + ":" + problem.line();
        return new RosterProblem(RosterProblem.Kind.UNKNOWN_HANDLE, where, problem.problem(), problem.hint());
    }

    List<RosterProblem> fixedOffsets(Instant at) {
        return roster.members().stream()
                .filter(member -> member.schedule().zone().isFixed())
                .map(member -> fixedOffset(member, at))
                .toList();
    }

    /** People work at night, and are told then; but more than half a day over midnight is two times in the wrong order. */
    List<RosterProblem> longNights() {
        return roster.members().stream()
                .filter(member -> isLongNight(member.schedule().hours()))
                .map(member -> longNight(member.handle(), member.schedule().hours()))
                .toList();
    }

    private static boolean isLongNight(WorkingHours hours) {
        return hours.runsOverMidnight()
                && !hours.end().equals(LocalTime.MIDNIGHT)
                && hours.length().compareTo(LONGEST_NIGHT) > 0;
    }

    private static RosterProblem longNight(String handle, WorkingHours hours) {
        return new RosterProblem(
                RosterProblem.Kind.LONG_NIGHT,
                handle,
                handle + " works " + hours + ", " + hours.length().toHours() + " hours over midnight",
                "write " + hours.end() + "-" + hours.start() + " if the two have changed places");
    }

    private static RosterProblem fixedOffset(Member member, Instant at) {
        MemberZone zone = member.schedule().zone();
        List<String> places = ZoneSuggestion.placesFor(zone.id().getRules().getOffset(at), at);
        return new RosterProblem(
                RosterProblem.Kind.FIXED_OFFSET,
                member.handle(),
                member.handle() + " has the fixed offset " + zone
                        + ": where clocks move for daylight saving, the hours are wrong for a part of the year",
                "set the IANA zone of " + member.handle() + " in the settings, "
                        + (places.isEmpty()
                                ? "named after the place"
                                : "such as " + String.join(" or ", places) + " for " + zone));
    }
}
