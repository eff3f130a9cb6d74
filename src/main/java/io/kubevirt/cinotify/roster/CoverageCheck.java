// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Finds areas and days of a week without anyone on call. Hours without anyone on a day are not reported. */
final class CoverageCheck {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final String EVERYWHERE = "all areas";

    private final Roster roster;
    private final Instant monday;

    /** @param monday the start of the week, 00:00 UTC */
    CoverageCheck(Roster roster, Instant monday) {
        this.roster = roster;
        this.monday = monday;
    }

    List<RosterProblem> problems() {
        List<RosterProblem> problems = new ArrayList<>();
        Coverage all = Coverage.of(EVERYWHERE, everybody(), monday);
        gap(all, all.emptyDays(), problems);
        for (String area : roster.areas()) {
            AreaLevels levels = roster.levels(area);
            if (levels.isEmpty()) {
                problems.add(new RosterProblem(
                        RosterProblem.Kind.NO_MEMBER,
                        area,
                        "nobody has a level for " + area,
                        "add a level for it to the table, or a rotation"));
                continue;
            }
            firstLevel(area, levels, problems);
            Coverage coverage = Coverage.of(area, levels.all(), monday);
            List<DayOfWeek> further = new ArrayList<>(coverage.emptyDays());
            further.removeAll(all.emptyDays());
            gap(coverage, further, problems);
        }
        return problems;
    }

    private List<Member> everybody() {
        return roster.areas().stream()
                .flatMap(area -> roster.levels(area).all().stream())
                .distinct()
                .toList();
    }

    private static void gap(Coverage coverage, Collection<DayOfWeek> days, List<RosterProblem> problems) {
        if (!days.isEmpty()) {
            String names = TimeText.list(days.stream().map(TimeText::name).toList());
            problems.add(new RosterProblem(
                    RosterProblem.Kind.GAP,
                    coverage.area(),
                    "nobody on " + names + " (all day, UTC); " + coverage.summary(),
                    "add a level for somebody who works then, or accept that notifications are deferred"));
        }
    }

    private void firstLevel(String area, AreaLevels levels, List<RosterProblem> problems) {
        Level first = levels.inOrder().getFirst();
        if (first != Level.PRIMARY) {
            problems.add(new RosterProblem(
                    RosterProblem.Kind.NO_PRIMARY,
                    area,
                    area + " has no Primary: notifications start at " + first.title() + " and mention the SIG",
                    "make somebody Primary in the table, or leave the area to the SIGs"));
        }
        boolean someoneThere = levels.on(first).stream().anyMatch(member -> !member.schedule()
                .workingTimeBetween(monday, monday.plus(WEEK))
                .isZero());
        if (!someoneThere) {
            problems.add(new RosterProblem(
                    RosterProblem.Kind.AWAY,
                    area,
                    "no " + first.title() + " of " + area
                            + " works this week; notifications that are not blocking are deferred for "
                            + TimeText.list(levels.on(first).stream()
                                    .map(Member::handle)
                                    .toList()),
                    "make somebody else " + first.title() + " in the meantime"));
        }
    }

    /**
     * How much of a week at least one member is at work. Days are UTC days.
     *
     * @param emptyDays days on which nobody is at work
     */
    public record Coverage(String area, Duration covered, List<DayOfWeek> emptyDays) {
        private static final int DAYS = 7;
        private static final int MINUTES = 60;

        public Coverage {
            emptyDays = List.copyOf(emptyDays);
        }

        /** @param monday the start of the week, 00:00 UTC */
        static Coverage of(String area, Collection<Member> members, Instant monday) {
            Duration covered = Duration.ZERO;
            List<DayOfWeek> empty = new ArrayList<>();
            for (int day = 0; day < DAYS; day++) {
                Instant start = monday.plus(Duration.ofDays(day));
                Instant end = start.plus(Duration.ofDays(1));
                Duration work = TimeRange.total(TimeRange.union(members.stream()
                        .flatMap(member -> member.schedule().workBetween(start, end).stream())
                        .toList()));
                covered = covered.plus(work);
                if (work.isZero()) {
                    empty.add(DayOfWeek.of(day + 1));
                }
            }
            return new Coverage(area, covered, empty);
        }

        /** {@code 47 of 168 hours a week are covered}, or {@code 47:30 of 168 hours …}. */
        String summary() {
            long minutes = covered.toMinutes();
            String rest = minutes % MINUTES == 0 ? "" : ":" + (minutes % MINUTES < 10 ? "0" : "") + minutes % MINUTES;
            return minutes / MINUTES + rest + " of " + DAYS * 24 + " hours a week are covered";
        }
    }
}
