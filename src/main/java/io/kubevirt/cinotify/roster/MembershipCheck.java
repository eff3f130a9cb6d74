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

/** Checks whether the documents agree on the members of the group, and whether their schedules are plausible. */
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
                .filter(member ->
                        member.schedule().of(false).nextWorkingMinute(from).isEmpty())
                .map(member -> {
                    boolean never = member.schedule().nextWorkingMinute(from).isEmpty();
                    return new RosterProblem(
                            RosterProblem.Kind.NEVER_AVAILABLE,
                            member.handle(),
                            member.handle() + (never ? " is never at work" : " has quiet hours in all working hours")
                                    + " within " + Schedule.HORIZON.toDays() + " days",
                            never
                                    ? "fix the availability in the table, or daysOff and pauses in roster.members"
                                    : "fix quietHours in roster.members");
                })
                .toList();
    }

    /** @param alias the alias that must contain the members of the table */
    List<RosterProblem> drift(String alias) {
        Optional<Set<String>> people = aliases.people(alias);
        if (people.isEmpty()) {
            return List.of(new RosterProblem(
                    RosterProblem.Kind.DRIFT,
                    alias,
                    "OWNERS_ALIASES has no alias " + alias,
                    "fix roster.membersAlias, or add the alias"));
        }
        List<RosterProblem> problems = new ArrayList<>();
        for (String handle : people.get()) {
            if (roster.member(handle).isEmpty()) {
                problems.add(new RosterProblem(
                        RosterProblem.Kind.DRIFT,
                        handle,
                        handle + " is in " + alias + " of OWNERS_ALIASES but not in the roster",
                        "add the person to the table, or remove the handle from " + alias));
            }
        }
        for (Member member : roster.members()) {
            if (!people.get().contains(member.handle())) {
                problems.add(new RosterProblem(
                        RosterProblem.Kind.DRIFT,
                        member.handle(),
                        member.handle() + " is in the roster but not in " + alias + " of OWNERS_ALIASES",
                        "add the handle to " + alias + ", or remove the person from the table"));
            }
        }
        return problems;
    }

    List<RosterProblem> unknownHandles(MemberOverrides overrides, Collection<String> sigPeople) {
        Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        known.addAll(sigPeople);
        known.addAll(aliases.handles());
        roster.members().forEach(member -> known.add(member.handle()));
        return overrides.problems(known).stream().map(MembershipCheck::problem).toList();
    }

    private static RosterProblem problem(ConfigProblem problem) {
        String subject = problem.line() == null ? problem.file() : problem.file() + ":" + problem.line();
        return new RosterProblem(RosterProblem.Kind.UNKNOWN_HANDLE, subject, problem.problem(), problem.hint());
    }

    List<RosterProblem> fixedOffsets(Instant at) {
        return roster.members().stream()
                .filter(member -> member.schedule().zone().isFixed())
                .map(member -> fixedOffset(member, at))
                .toList();
    }

    /** Night shifts are fine, but one of more than half a day is probably a swapped start and end. */
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
                "if start and end are swapped, write " + hours.end() + "-" + hours.start());
    }

    private static RosterProblem fixedOffset(Member member, Instant at) {
        MemberZone zone = member.schedule().zone();
        List<String> zones = ZoneSuggestion.zonesFor(zone.id().getRules().getOffset(at), at);
        return new RosterProblem(
                RosterProblem.Kind.FIXED_OFFSET,
                member.handle(),
                member.handle() + " has the fixed offset " + zone.shown()
                        + ", so the working hours are wrong for part of the year where daylight saving time is used",
                "set roster.members." + member.handle() + ".zone to an IANA zone, "
                        + (zones.isEmpty()
                                ? "such as Europe/Berlin"
                                : "such as " + String.join(" or ", zones) + " for " + zone));
    }
}
