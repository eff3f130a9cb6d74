// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
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

    private final DigestData facts;

    PeopleSections(DigestData facts) {
        this.facts = facts;
    }

    /** Who was told how often. */
    Digest.Section notifications() {
        Map<String, Long> counts = facts.notifications().stream()
                .collect(Collectors.groupingBy(NotificationRecord::person, TreeMap::new, Collectors.counting()));
        Comparator<Map.Entry<String, Long>> most =
                Map.Entry.<String, Long>comparingByValue().reversed();
        List<DigestLine> lines = counts.entrySet().stream()
                .sorted(most.thenComparing(Map.Entry.comparingByKey()))
                .map(count -> DigestLine.of("").person(count.getKey()).text(": " + times(count.getValue())))
                .toList();
        return Digest.Section.of(
                "Who was told: " + StatsFormat.count(facts.notifications().size(), "time"), lines, MOST);
    }

    private static String times(long count) {
        return count == 1 ? "once" : count + " times";
    }

    /** Known issues that have matched, count only for a few days more, or ended within the period. */
    Digest.Section knownIssues() {
        return Digest.Section.of(
                "Known issues",
                facts.knownIssues().stream()
                        .filter(issue -> matches(issue) > 0 || ends(issue))
                        .sorted(Comparator.comparing(KnownIssue::until).thenComparing(KnownIssue::name))
                        .map(this::line)
                        .toList(),
                MOST);
    }

    private DigestLine line(KnownIssue issue) {
        LocalDate today = LocalDate.ofInstant(facts.period().until(), ZoneOffset.UTC);
        String end = issue.until().isBefore(today) ? "ended on " : ends(issue) ? "ends soon, on " : "until ";
        int matches = matches(issue);
        return DigestLine.link(issue.name(), issue.link())
                .text(": " + (matches == 0 ? "has not matched" : "has matched " + times(matches)) + ", " + end
                        + issue.until() + ", ")
                .person(issue.owner())
                .text(" cares for it");
    }

    private int matches(KnownIssue issue) {
        return facts.knownIssueMatches().getOrDefault(issue.name(), 0);
    }

    /** Whether somebody must say soon what becomes of it. */
    private boolean ends(KnownIssue issue) {
        LocalDate today = LocalDate.ofInstant(facts.period().until(), ZoneOffset.UTC);
        LocalDate first = LocalDate.ofInstant(facts.period().from(), ZoneOffset.UTC);
        return !issue.until().isBefore(first) && !issue.until().isAfter(today.plusDays(SOON));
    }

    /** When nobody will be at work. */
    Digest.Section gaps() {
        List<DigestLine> lines = new ArrayList<>();
        facts.coverageGaps()
                .forEach(gap -> lines.add(
                        DigestLine.of("").untrusted(gap.subject()).text(": ").untrusted(gap.what())));
        return Digest.Section.of("Gaps of the coming week", lines, MOST);
    }
}
