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
package io.kubevirt.cinotify.digest;

import io.kubevirt.cinotify.diagnosis.KnownIssue;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What concerns the group itself: who was told how often, what nobody will see to soon. */
final class PeopleSections {

    /** Two meetings ahead: the next one is too late for what ends before it. */
    private static final int SOON = 14;

    private static final int MOST = 10;

    private final Facts facts;

    PeopleSections(Facts facts) {
        this.facts = facts;
    }

    /** Who was told how often. */
    Page.Section told() {
        Map<String, Long> counts =
                facts.told().stream().collect(Collectors.groupingBy(Told::person, TreeMap::new, Collectors.counting()));
        Comparator<Map.Entry<String, Long>> most =
                Map.Entry.<String, Long>comparingByValue().reversed();
        List<Line> lines = counts.entrySet().stream()
                .sorted(most.thenComparing(Map.Entry.comparingByKey()))
                .map(count -> Line.own("").person(count.getKey()).and(": " + times(count.getValue())))
                .toList();
        return Page.Section.of("Who was told: " + Figures.count(facts.told().size(), "time"), lines, MOST);
    }

    private static String times(long count) {
        return count == 1 ? "once" : count + " times";
    }

    /** Known issues that have matched, count only for a few days more, or ended within the period. */
    Page.Section known() {
        return Page.Section.of(
                "Known issues",
                facts.knownIssues().stream()
                        .filter(issue -> matches(issue) > 0 || ends(issue))
                        .sorted(Comparator.comparing(KnownIssue::until).thenComparing(KnownIssue::name))
                        .map(this::line)
                        .toList(),
                MOST);
    }

    private Line line(KnownIssue issue) {
        LocalDate today = LocalDate.ofInstant(facts.period().until(), ZoneOffset.UTC);
        String end = issue.until().isBefore(today) ? "ended on " : ends(issue) ? "ends soon, on " : "until ";
        int matches = matches(issue);
        return Line.link(issue.name(), issue.link())
                .and(": " + (matches == 0 ? "has not matched" : "has matched " + times(matches)) + ", " + end
                        + issue.until() + ", ")
                .person(issue.owner())
                .and(" cares for it");
    }

    private int matches(KnownIssue issue) {
        return facts.matches().getOrDefault(issue.name(), 0);
    }

    /** Whether somebody must say soon what becomes of it. */
    private boolean ends(KnownIssue issue) {
        LocalDate today = LocalDate.ofInstant(facts.period().until(), ZoneOffset.UTC);
        LocalDate first = LocalDate.ofInstant(facts.period().from(), ZoneOffset.UTC);
        return !issue.until().isBefore(first) && !issue.until().isAfter(today.plusDays(SOON));
    }

    /** When nobody will be at work. */
    Page.Section gaps() {
        List<Line> lines = new ArrayList<>();
        facts.gaps()
                .forEach(gap ->
                        lines.add(Line.own("").outside(gap.subject()).and(": ").outside(gap.what())));
        return Page.Section.of("Gaps of the coming week", lines, MOST);
    }
}
