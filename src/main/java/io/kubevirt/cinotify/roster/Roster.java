// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** Resolves who is on call for an area at an instant (design.md section 7). Immutable: a reload creates a new roster. */
public final class Roster {
    private final List<Member> members;
    private final Map<String, AreaLevels> areas = new LinkedHashMap<>();

    private Roster(List<String> areas, List<Member> members) {
        this.members = members;
        areas.forEach(area -> this.areas.put(area, AreaLevels.of(area, members)));
    }

    /** Joins the table with the details in the configuration; details of people who are not in the table are ignored. */
    public static Roster of(RosterDocument document, MemberOverrides overrides) {
        return new Roster(
                document.areas(),
                document.members().stream()
                        .map(row -> Member.of(row, overrides))
                        .toList());
    }

    /** All members, in the order of the table. */
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
        AreaLevels levels = levels(query.area());
        return new OnCallResolver(query, levels, !levels.hasPrimary()).resolve();
    }

    /**
     * Whom to notify if a level does not acknowledge: the next level with members, by the same rules.
     *
     * @return empty if there is no lower level
     */
    public Optional<OnCallResult> escalation(OnCallQuery query, Level unanswered) {
        AreaLevels all = levels(query.area());
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
        AreaLevels levels = levels(query.area());
        String holder = query.holder();
        return new HandoffResolver(query, holder == null ? Optional.empty() : member(holder))
                .resolve(levels, !levels.hasPrimary());
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
        for (Level level : levels.inOrder()) {
            Optional<AreaLevels.Start> start = levels.firstToStart(level, at).stream()
                    .filter(each -> !each.member().equals(responsible))
                    .reduce(BinaryOperator.minBy(Comparator.comparing(AreaLevels.Start::at)));
            if (start.isPresent()) {
                return new OnCallStatus.Next(
                        start.get().member(), level, start.get().at());
            }
        }
        return null;
    }

    AreaLevels levels(String area) {
        return areas.getOrDefault(area, AreaLevels.of(area, List.of()));
    }
}
