// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The members of an area by level, in the order of escalation; levels without members are absent.
 *
 * @param levels the members of a level, in the order of the table
 */
record AreaLevels(Map<Level, List<Member>> levels) {
    /** A member and the next working minute. */
    record Start(Member member, Level level, Instant at) {}

    static AreaLevels of(String area, Collection<Member> members) {
        Map<Level, List<Member>> levels = new EnumMap<>(Level.class);
        for (Member member : members) {
            member.level(area).ifPresent(level -> levels.computeIfAbsent(level, none -> new ArrayList<>())
                    .add(member));
        }
        return new AreaLevels(levels);
    }

    /** The levels below a level. */
    AreaLevels after(Level level) {
        Map<Level, List<Member>> below = new EnumMap<>(Level.class);
        below.putAll(levels);
        below.keySet().removeIf(each -> each.compareTo(level) <= 0);
        return new AreaLevels(below);
    }

    /** For incidents that do not block. */
    AreaLevels outsideQuietHours() {
        Map<Level, List<Member>> reachable = new EnumMap<>(Level.class);
        levels.forEach((level, members) -> reachable.put(
                level, members.stream().map(Member::outsideQuietHours).toList()));
        return new AreaLevels(reachable);
    }

    /** Without a person. */
    AreaLevels without(Member person) {
        Map<Level, List<Member>> others = new EnumMap<>(Level.class);
        levels.forEach((level, members) -> {
            List<Member> left =
                    members.stream().filter(each -> !each.is(person.handle())).toList();
            if (!left.isEmpty()) {
                others.put(level, left);
            }
        });
        return new AreaLevels(others);
    }

    boolean isEmpty() {
        return levels.isEmpty();
    }

    boolean hasPrimary() {
        return levels.containsKey(Level.PRIMARY);
    }

    List<Level> inOrder() {
        return List.copyOf(levels.keySet());
    }

    List<Member> on(Level level) {
        return levels.getOrDefault(level, List.of());
    }

    List<Member> all() {
        return levels.values().stream().flatMap(List::stream).toList();
    }

    List<Member> atWork(Level level, Instant at) {
        return on(level).stream()
                .filter(member -> member.schedule().isAtWork(at))
                .toList();
    }

    /** The members of a level who are the first to be at work; several if they start at the same instant. */
    List<Start> firstToStart(Level level, Instant from) {
        List<Start> first = new ArrayList<>();
        for (Member member : on(level)) {
            Optional<Instant> next = member.schedule().nextWorkingMinute(from);
            if (next.isEmpty()
                    || (!first.isEmpty() && next.get().isAfter(first.getFirst().at()))) {
                continue;
            }
            if (!first.isEmpty() && next.get().isBefore(first.getFirst().at())) {
                first.clear();
            }
            first.add(new Start(member, level, next.get()));
        }
        return first;
    }
}
