// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import io.kubevirt.cinotify.roster.DutyPlan.DutyShift;
import io.kubevirt.cinotify.yaml.ClosestMatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds what is wrong in the rotations of the next weeks: nobody or two people on duty, people who are away or unknown. */
final class RotationCheck {
    private static final Duration AHEAD = Duration.ofDays(13 * 7);

    /** Of one kind in one rotation. */
    private static final int SHOWN = 5;

    private final Roster roster;
    private final TimeRange ahead;

    RotationCheck(Roster roster, Instant at) {
        this.roster = roster;
        this.ahead = new TimeRange(at, at.plus(AHEAD));
    }

    List<RosterProblem> problems() {
        List<RosterProblem> problems = new ArrayList<>();
        for (Rotation rotation : roster.rotations()) {
            List<DutyShift> shifts = rotation.plan().shifts(ahead);
            add(problems, gaps(rotation, shifts));
            add(problems, together(rotation, shifts));
            add(problems, overlaps(rotation));
            add(problems, away(rotation, shifts));
            problems.addAll(replaced(rotation));
            if (rotation.zone().isFixed()) {
                problems.add(new RosterProblem(
                        RosterProblem.Kind.FIXED_OFFSET,
                        rotation.name(),
                        "the rotation has the fixed offset " + rotation.zone().shown()
                                + ", so its handovers move by an hour when clocks change",
                        "set zone to an IANA zone such as Europe/Berlin"));
            }
        }
        return problems;
    }

    private static void add(List<RosterProblem> problems, List<RosterProblem> found) {
        found.stream().limit(SHOWN).forEach(problems::add);
    }

    private List<RosterProblem> gaps(Rotation rotation, List<DutyShift> shifts) {
        Instant known = rotation.plan().knownUntil();
        List<TimeRange> gaps =
                List.of(known.isAfter(ahead.start()) ? ahead.within(new TimeRange(ahead.start(), known)) : ahead);
        for (DutyShift shift : shifts) {
            gaps = gaps.stream()
                    .flatMap(gap -> gap.without(shift.range()).stream())
                    .toList();
        }
        return gaps.stream()
                .map(gap -> problem(
                        RosterProblem.Kind.GAP,
                        rotation,
                        "nobody is on duty " + shown(gap),
                        "add an override, or accept that the next level is notified"))
                .toList();
    }

    /** Times in which the source has two people on duty. */
    private static List<RosterProblem> together(Rotation rotation, List<DutyShift> shifts) {
        List<RosterProblem> problems = new ArrayList<>();
        DutyShift latest = null;
        for (DutyShift shift : rotation.plan().isTurns() ? shifts : List.<DutyShift>of()) {
            TimeRange both = latest == null
                    ? new TimeRange(Instant.MAX, Instant.MIN)
                    : latest.range().within(shift.range());
            if (latest != null && !both.isEmpty()) {
                problems.add(problem(
                        RosterProblem.Kind.OVERLAP,
                        rotation,
                        latest.person() + " and " + shift.person() + " are both on duty " + shown(both),
                        "end one shift where the other starts, or accept that both are notified in turns"));
            }
            latest =
                    latest == null || shift.range().end().isAfter(latest.range().end()) ? shift : latest;
        }
        return problems;
    }

    /** With the rotations after it: the first time in which people of both can be notified on one level of an area. */
    private List<RosterProblem> overlaps(Rotation rotation) {
        List<Rotation> all = roster.rotations();
        List<RosterProblem> problems = new ArrayList<>();
        for (Rotation other : all.subList(all.indexOf(rotation) + 1, all.size())) {
            roster.areas().stream()
                    .filter(area -> other.level() == rotation.level() && rotation.decides(area) && other.decides(area))
                    .findFirst()
                    .flatMap(area -> overlap(area, rotation, other))
                    .ifPresent(problems::add);
        }
        return problems;
    }

    private Optional<RosterProblem> overlap(String area, Rotation rotation, Rotation other) {
        return work(area, rotation).stream()
                .flatMap(one -> work(area, other).stream()
                        .filter(two -> !one.isOf(two.person()))
                        .map(two -> new Overlap(
                                one.person(), two.person(), one.range().within(two.range()))))
                .filter(both -> !both.range().isEmpty())
                .min(Comparator.comparing(both -> both.range().start()))
                .map(both -> problem(
                        RosterProblem.Kind.OVERLAP,
                        rotation,
                        other.name() + " is " + other.level().title() + " for " + area + " too: " + both.one() + " and "
                                + both.other() + " are both on duty " + shown(both.range()),
                        "give them different levels, areas or hours, or accept that both are notified in turns"));
    }

    private record Overlap(String one, String other, TimeRange range) {}

    /** When people of a rotation can be notified. */
    private List<DutyShift> work(String area, Rotation rotation) {
        return roster.members().stream()
                .filter(member -> rotation.names(member.handle()))
                .flatMap(member ->
                        rotation.onDuty(member, area).schedule().workBetween(ahead.start(), ahead.end()).stream()
                                .map(range -> new DutyShift(member.handle(), range)))
                .toList();
    }

    /** Shifts without any working time: the person has days off, a pause or no working hours then. */
    private List<RosterProblem> away(Rotation rotation, List<DutyShift> shifts) {
        return shifts.stream()
                .filter(shift -> shift.range().length().compareTo(Duration.ofDays(1)) >= 0)
                .filter(shift -> roster.member(shift.person())
                        .filter(member -> member.schedule()
                                .workBetween(
                                        shift.range().start(), shift.range().end())
                                .isEmpty())
                        .isPresent())
                .map(shift -> problem(
                        RosterProblem.Kind.AWAY,
                        rotation,
                        shift.person() + " is on duty " + shown(shift.range()) + " but never at work in that time",
                        "swap the turn, or add an override"))
                .toList();
    }

    private List<RosterProblem> replaced(Rotation rotation) {
        List<String> replaced = roster.replacedBy(rotation);
        return replaced.isEmpty()
                ? List.of()
                : List.of(problem(
                        RosterProblem.Kind.DRIFT,
                        rotation,
                        "the table makes " + TimeText.list(replaced) + " "
                                + rotation.level().title() + ", but the rotation decides who that is",
                        "remove the level from the table, or add the person to the rotation"));
    }

    private static RosterProblem problem(RosterProblem.Kind kind, Rotation rotation, String what, String hint) {
        return new RosterProblem(kind, rotation.name(), what, hint);
    }

    /** What the sources of rotations contain and no rotation follows. */
    private static List<RosterProblem> ignored(Roster roster, Instant since) {
        return roster.rotations().stream()
                .flatMap(rotation -> rotation.plan().problems(rotation.name(), since).stream()
                        .limit(SHOWN))
                .toList();
    }

    private static String shown(TimeRange range) {
        return "from " + range.start() + " to " + range.end();
    }

    /** People of rotations who are in none of the documents: probably a typing error. */
    static List<RosterProblem> unknownPeople(Roster roster, Set<String> known, Instant since) {
        List<RosterProblem> problems = new ArrayList<>(ignored(roster, since));
        for (Rotation rotation : roster.rotations()) {
            for (String person : rotation.plan().people()) {
                if (!known.contains(person)) {
                    problems.add(problem(
                            RosterProblem.Kind.UNKNOWN_HANDLE,
                            rotation,
                            "unknown handle " + person,
                            hint(person, known)));
                }
            }
        }
        return problems;
    }

    private static String hint(String person, Collection<String> known) {
        return ClosestMatch.find(person, known)
                .map(nearest -> "did you mean " + nearest + "?")
                .orElse("add roster.members." + person + ", or the person to the group's table");
    }
}
