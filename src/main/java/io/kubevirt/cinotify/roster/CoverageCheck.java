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

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        Coverage all = Coverage.of(EVERYWHERE, roster.members(), monday);
        gap(all, all.emptyDays(), findings);
        for (String area : roster.areas()) {
            AreaLevels levels = roster.levels(area);
            if (levels.isEmpty()) {
                findings.add(new Finding(
                        Finding.Kind.NO_MEMBER,
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

    private static void gap(Coverage coverage, Collection<DayOfWeek> days, List<Finding> findings) {
        if (!days.isEmpty()) {
            String names = Wording.list(days.stream().map(Wording::name).toList());
            findings.add(new Finding(
                    Finding.Kind.GAP,
                    coverage.area(),
                    "nobody on " + names + " (all day, UTC); " + coverage.inHours(),
                    "give a level to somebody who works then, or accept that it waits"));
        }
    }

    private void firstLevel(String area, AreaLevels levels, List<Finding> findings) {
        Level first = levels.inOrder().getFirst();
        if (first != Level.PRIMARY) {
            findings.add(new Finding(
                    Finding.Kind.NO_PRIMARY,
                    area,
                    area + " has no Primary: it starts at " + first.title() + " and mentions the SIG",
                    "make somebody Primary in the table, or leave it to the SIGs"));
        }
        boolean someoneThere = levels.on(first).stream().anyMatch(member -> !member.schedule()
                .workingTimeBetween(monday, monday.plus(WEEK))
                .isZero());
        if (!someoneThere) {
            findings.add(new Finding(
                    Finding.Kind.AWAY,
                    area,
                    "no " + first.title() + " of " + area + " works in this week, and what is not blocking waits for "
                            + Wording.list(levels.on(first).stream()
                                    .map(Member::handle)
                                    .toList()),
                    "let somebody else be " + first.title() + " meanwhile"));
        }
    }
}
