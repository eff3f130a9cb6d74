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

/**
 * Knows who is responsible for an area at an instant (design, section 7). Immutable: a changed document or changed
 * settings make another roster.
 */
public final class Roster {

    private final List<Member> members;
    private final Map<String, AreaLevels> areas = new LinkedHashMap<>();

    private Roster(List<String> areas, List<Member> members) {
        this.members = members;
        areas.forEach(area -> this.areas.put(area, AreaLevels.of(area, members)));
    }

    /** Joins the table with what the settings add; what they say about others is left out. */
    public static Roster of(RosterDocument document, MemberOverrides overlay) {
        return new Roster(
                document.areas(),
                document.members().stream().map(row -> Member.of(row, overlay)).toList());
    }

    /** Everyone, in the order of the table. */
    public List<Member> members() {
        return members;
    }

    /** The member of a handle, in any case. */
    public Optional<Member> member(String handle) {
        return members.stream().filter(member -> member.is(handle)).findFirst();
    }

    /** The areas, in the order in which they are shown. */
    public List<String> areas() {
        return List.copyOf(areas.keySet());
    }

    /** The members of an area on a level, in the order of the table; none for an unknown area. */
    public List<Member> members(String area, Level level) {
        return levels(area).on(level);
    }

    /** Whom to tell first. */
    public OnCallResult responsible(OnCallQuery question) {
        AreaLevels levels = levels(question.area());
        return new OnCallResolver(question, levels, !levels.hasPrimary()).resolve();
    }

    /**
     * Whom to tell after a level that did not answer: the next one that has members, by the same rules.
     *
     * @return empty if there is no further level
     */
    public Optional<OnCallResult> escalation(OnCallQuery question, Level unanswered) {
        AreaLevels all = levels(question.area());
        AreaLevels below = all.after(unanswered);
        return below.isEmpty()
                ? Optional.empty()
                : Optional.of(new OnCallResolver(question.withoutHolder(), below, !all.hasPrimary()).resolve());
    }

    /**
     * Whom to tell when the work of the holder is over: who takes over before the holder is back.
     *
     * @param question with a holder, who is not at work
     * @return empty if nobody does
     */
    public Optional<OnCallResult> successor(OnCallQuery question) {
        AreaLevels levels = levels(question.area());
        String holder = question.holder();
        return new HandoffResolver(question, holder == null ? Optional.empty() : member(holder))
                .resolve(levels, !levels.hasPrimary());
    }

    /** How an area stands, as if nobody had been told anything yet. */
    public OnCallStatus status(String area, Instant at) {
        return status(area, at, LastNotified.never());
    }

    /** How an area stands. */
    public OnCallStatus status(String area, Instant at, LastNotified lastTold) {
        AreaLevels levels = levels(area);
        for (Level level : levels.inOrder()) {
            Optional<Member> there = lastTold.leastRecent(levels.atWork(level, at), Member::handle);
            if (there.isPresent()) {
                boolean first = level == levels.inOrder().getFirst();
                AreaLevels below = levels.after(level);
                AreaLevels others = first && !below.isEmpty() ? below : levels;
                return new OnCallStatus(area, at, there.get(), level, next(others, at, there.get()));
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
