// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Looks over one week for days and areas that nobody takes care of. A night without anyone is no finding. */
final class CoverageCheck {

    private static final Duration WEEK = Duration.ofDays(7);
    private static final String EVERYWHERE = "all areas";

    private final Roster roster;
    private final Instant monday;

    /** @param monday 00:00 UTC of the week's first day */
    CoverageCheck(Roster roster, Instant monday) {
        this.roster = roster;
        this.monday = monday;
    }

    List<RosterProblem> problems() {
        List<RosterProblem> findings = new ArrayList<>();
        Coverage all = Coverage.of(EVERYWHERE, roster.members(), monday);
        gap(all, all.emptyDays(), findings);
        for (String area : roster.areas()) {
            AreaLevels levels = roster.levels(area);
            if (levels.isEmpty()) {
                findings.add(new RosterProblem(
                        RosterProblem.Kind.NO_MEMBER,
                        area,
                        "nobody has a level for " + area,
                        "give somebody in the table a level for it"));
                continue;
            }
            firstLevel(area, levels, findings);
            Coverage coverage = Coverage.of(area, levels.all(), monday);
            List<DayOfWeek> further = new ArrayList<>(coverage.emptyDays());
            further.removeAll(all.emptyDays());
            gap(coverage, further, findings);
        }
        return findings;
    }

    private static void gap(Coverage coverage, Collection<DayOfWeek> days, List<RosterProblem> findings) {
        if (!days.isEmpty()) {
            String names = TimeText.list(days.stream().map(TimeText::name).toList());
            findings.add(new RosterProblem(
                    RosterProblem.Kind.GAP,
                    coverage.area(),
                    "nobody on " + names + " (all day, UTC); " + coverage.summary(),
                    "give a level to somebody who works then, or accept that it waits"));
        }
    }

    private void firstLevel(String area, AreaLevels levels, List<RosterProblem> findings) {
        Level first = levels.inOrder().getFirst();
        if (first != Level.PRIMARY) {
            findings.add(new RosterProblem(
                    RosterProblem.Kind.NO_PRIMARY,
                    area,
                    area + " has no Primary: it starts at " + first.title() + " and mentions the SIG",
                    "make somebody Primary in the table, or leave it to the SIGs"));
        }
        boolean someoneThere = levels.on(first).stream().anyMatch(member -> !member.schedule()
                .workingTimeBetween(monday, monday.plus(WEEK))
                .isZero());
        if (!someoneThere) {
            findings.add(new RosterProblem(
                    RosterProblem.Kind.AWAY,
                    area,
                    "no " + first.title() + " of " + area + " works in this week, and what is not blocking waits for "
                            + TimeText.list(levels.on(first).stream()
                                    .map(Member::handle)
                                    .toList()),
                    "let somebody else be " + first.title() + " meanwhile"));
        }
    }
}
