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
    public static Roster of(GroupDocument document, Overlay overlay) {
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
    public Answer responsible(Question question) {
        AreaLevels levels = levels(question.area());
        return new Decision(question, levels, !levels.hasPrimary()).answer();
    }

    /**
     * Whom to tell after a level that did not answer: the next one that has members, by the same rules.
     *
     * @return empty if there is no further level
     */
    public Optional<Answer> escalation(Question question, Level unanswered) {
        AreaLevels all = levels(question.area());
        AreaLevels below = all.after(unanswered);
        return below.isEmpty()
                ? Optional.empty()
                : Optional.of(new Decision(question.withoutHolder(), below, !all.hasPrimary()).answer());
    }

    /**
     * Whom to tell when the work of the holder is over: who takes over before the holder is back.
     *
     * @param question with a holder, who is not at work
     * @return empty if nobody does
     */
    public Optional<Answer> successor(Question question) {
        AreaLevels levels = levels(question.area());
        String holder = question.holder();
        return new Succession(question, holder == null ? Optional.empty() : member(holder))
                .of(levels, !levels.hasPrimary());
    }

    /** How an area stands, as if nobody had been told anything yet. */
    public Standing standing(String area, Instant at) {
        return standing(area, at, LastTold.never());
    }

    /** How an area stands. */
    public Standing standing(String area, Instant at, LastTold lastTold) {
        AreaLevels levels = levels(area);
        for (Level level : levels.inOrder()) {
            Optional<Member> there = lastTold.leastRecent(levels.atWork(level, at), Member::handle);
            if (there.isPresent()) {
                boolean first = level == levels.inOrder().getFirst();
                AreaLevels below = levels.after(level);
                AreaLevels others = first && !below.isEmpty() ? below : levels;
                return new Standing(area, at, there.get(), level, next(others, at, there.get()));
            }
        }
        return new Standing(area, at, null, null, next(levels, at, null));
    }

    private static Standing.@Nullable Next next(AreaLevels levels, Instant at, @Nullable Member responsible) {
        for (Level level : levels.inOrder()) {
            Optional<AreaLevels.Start> start = levels.firstToStart(level, at).stream()
                    .filter(each -> !each.member().equals(responsible))
                    .reduce(BinaryOperator.minBy(Comparator.comparing(AreaLevels.Start::at)));
            if (start.isPresent()) {
                return new Standing.Next(
                        start.get().member(), level, start.get().at());
            }
        }
        return null;
    }

    AreaLevels levels(String area) {
        return areas.getOrDefault(area, AreaLevels.of(area, List.of()));
    }
}
