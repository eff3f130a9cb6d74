// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** Resolves who is on call for an area at an instant (design.md section 7). Immutable: a reload creates a new roster. */
public final class Roster {
    /** Of members of a rotation who are not in the table and have no days of their own. */
    private static final Availability WEEKDAYS = Availability.parse("Mon-Fri").orElseThrow();

    private final List<Member> members;
    private final List<Member> table;
    private final List<Rotation> rotations;
    private final Map<String, AreaLevels> areas = new LinkedHashMap<>();

    private Roster(List<String> areas, List<Member> table, List<Member> members, List<Rotation> rotations) {
        this.table = table;
        this.rotations = List.copyOf(rotations);
        this.members = members.stream().map(member -> withLevels(member, areas)).toList();
        areas.forEach(area -> this.areas.put(area, AreaLevels.of(area, onDuty(area, members))));
    }

    /** Joins the table with the details in the configuration; details of people who are not in the table are ignored. */
    public static Roster of(RosterDocument document, MemberOverrides overrides) {
        return of(document, overrides, List.of());
    }

    /** People of a rotation who are not in the table are members too, with the zone of the rotation unless they have one. */
    public static Roster of(RosterDocument document, MemberOverrides overrides, List<Rotation> rotations) {
        List<Member> table = document.members().stream()
                .map(row -> Member.of(row, overrides))
                .toList();
        List<Member> members = new ArrayList<>(table);
        for (Rotation rotation : rotations) {
            for (String person : rotation.plan().people()) {
                if (members.stream().noneMatch(member -> member.is(person))) {
                    RosterDocument.Row row =
                            new RosterDocument.Row(person, person, WEEKDAYS, rotation.zone(), Map.of(), 1);
                    members.add(Member.of(row, overrides));
                }
            }
        }
        return new Roster(document.areas(), table, members, rotations);
    }

    /** The members of the table that are on its levels of an area, and those of rotations, each in their turns only. */
    private List<Member> onDuty(String area, List<Member> all) {
        List<Rotation> deciding =
                rotations.stream().filter(rotation -> rotation.decides(area)).toList();
        List<Member> onDuty = new ArrayList<>();
        for (Member member : all) {
            boolean replaced =
                    deciding.stream().anyMatch(rotation -> member.level(area).equals(Optional.of(rotation.level())));
            if (!replaced) {
                onDuty.add(member);
            }
            deciding.stream()
                    .filter(rotation -> rotation.names(member.handle()))
                    .forEach(rotation -> onDuty.add(rotation.onDuty(member, area)));
        }
        return onDuty;
    }

    /** The highest level for each area, whenever it is. */
    private Member withLevels(Member member, List<String> all) {
        Map<String, Level> levels = new HashMap<>();
        for (String area : all) {
            onDuty(area, List.of(member)).stream()
                    .flatMap(each -> each.level(area).stream())
                    .min(Comparator.naturalOrder())
                    .ifPresent(level -> levels.put(area, level));
        }
        return new Member(member.handle(), member.name(), member.slackUser(), levels, member.schedule());
    }

    public List<Rotation> rotations() {
        return rotations;
    }

    /** Whether the table has a row for a handle, ignoring case. */
    public boolean isInTable(String handle) {
        return table.stream().anyMatch(member -> member.is(handle));
    }

    /** The people on the level in the table whom a rotation replaces and does not name. */
    List<String> replacedBy(Rotation rotation) {
        return table.stream()
                .filter(member -> !rotation.names(member.handle()))
                .filter(member -> areas.keySet().stream()
                        .anyMatch(area ->
                                rotation.decides(area) && member.level(area).equals(Optional.of(rotation.level()))))
                .map(Member::handle)
                .toList();
    }

    /** All members: those of the table, in its order, then those of rotations. */
    public List<Member> members() {
        return members;
    }

    /** The member with a handle, ignoring case. */
    public Optional<Member> member(String handle) {
        return members.stream().filter(member -> member.is(handle)).findFirst();
    }

    /** The areas, in display order. */
    public List<String> areas() {
        return List.copyOf(areas.keySet());
    }

    /** The members of an area on a level, in the order of the table. */
    public List<Member> members(String area, Level level) {
        return levels(area).on(level);
    }

    /** Whom to notify first. */
    public OnCallResult responsible(OnCallQuery query) {
        AreaLevels levels = levels(query);
        return new OnCallResolver(query, levels, !levels.hasPrimary()).resolve();
    }

    /**
     * Whom to notify if a level does not acknowledge: the next level with members, by the same rules.
     *
     * @return empty if there is no lower level
     */
    public Optional<OnCallResult> escalation(OnCallQuery query, Level unanswered) {
        AreaLevels all = levels(query);
        AreaLevels below = all.after(unanswered);
        return below.isEmpty()
                ? Optional.empty()
                : Optional.of(new OnCallResolver(query.withoutHolder(), below, !all.hasPrimary()).resolve());
    }

    /**
     * Whom to hand off to when the shift of the holder ends.
     *
     * @param query with a holder who is not at work
     * @return empty if nobody takes over before the holder is back
     */
    public Optional<OnCallResult> successor(OnCallQuery query) {
        AreaLevels levels = levels(query);
        List<Member> holder =
                levels.all().stream().filter(each -> each.is(query.holder())).toList();
        return new HandoffResolver(query, holder.isEmpty() ? members(query.holder()) : holder)
                .resolve(levels, !levels.hasPrimary());
    }

    private List<Member> members(@Nullable String handle) {
        return members.stream().filter(member -> member.is(handle)).toList();
    }

    /** Who is on call for an area, as if nobody was notified before. */
    public OnCallStatus status(String area, Instant at) {
        return status(area, at, LastNotified.never());
    }

    /** Who is on call for an area. */
    public OnCallStatus status(String area, Instant at, LastNotified lastNotified) {
        AreaLevels levels = levels(area);
        for (Level level : levels.inOrder()) {
            Optional<Member> present = lastNotified.leastRecent(levels.atWork(level, at), Member::handle);
            if (present.isPresent()) {
                boolean first = level == levels.inOrder().getFirst();
                AreaLevels below = levels.after(level);
                AreaLevels others = first && !below.isEmpty() ? below : levels;
                return new OnCallStatus(area, at, present.get(), level, next(others, at, present.get()));
            }
        }
        return new OnCallStatus(area, at, null, null, next(levels, at, null));
    }

    private static OnCallStatus.@Nullable Next next(AreaLevels levels, Instant at, @Nullable Member responsible) {
        AreaLevels others = responsible == null ? levels : levels.without(responsible);
        for (Level level : others.inOrder()) {
            Optional<AreaLevels.Start> start = others.firstToStart(level, at).stream()
                    .reduce(BinaryOperator.minBy(Comparator.comparing(AreaLevels.Start::at)));
            if (start.isPresent()) {
                return new OnCallStatus.Next(
                        start.get().member(), level, start.get().at());
            }
        }
        return null;
    }

    /**
     * The times within a range in which people can be notified, in order.
     *
     * @param person the handle of a member, ignoring case; null for everybody
     */
    public List<Duty> duty(TimeRange range, @Nullable String person) {
        Map<List<Object>, Duty> duties = new HashMap<>();
        areas.forEach((area, levels) -> levels.levels().forEach((level, people) -> people.stream()
                .filter(member -> person == null || member.is(person))
                .forEach(member -> member.schedule()
                        .workBetween(range.start(), range.end())
                        .forEach(time -> duties.merge(
                                List.of(time, member.handle()),
                                new Duty(time, member.handle(), Map.of(level, List.of(area))),
                                Duty::and)))));
        return duties.values().stream().sorted(Duty.ORDER).toList();
    }

    private AreaLevels levels(OnCallQuery query) {
        AreaLevels all = levels(query.area());
        return query.blocking() ? all : all.outsideQuietHours();
    }

    AreaLevels levels(String area) {
        return areas.getOrDefault(area, AreaLevels.of(area, List.of()));
    }
}
