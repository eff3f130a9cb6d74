// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.digest;

import io.kubevirt.cinotify.diagnosis.KnownIssue;
import io.kubevirt.cinotify.text.Plural;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The sections about the group: notifications, known issues and coverage gaps. */
final class PeopleSections {
    /** Known issues are listed this many days before they end: two meetings ahead. */
    private static final int SOON = 14;

    private static final int MOST = 10;

    private final DigestData data;

    PeopleSections(DigestData data) {
        this.data = data;
    }

    /** Notifications by person. */
    Digest.Section notifications() {
        Map<String, Long> counts = data.notifications().stream()
                .collect(Collectors.groupingBy(DigestData.Notification::person, TreeMap::new, Collectors.counting()));
        Comparator<Map.Entry<String, Long>> most =
                Map.Entry.<String, Long>comparingByValue().reversed();
        List<DigestLine> lines = counts.entrySet().stream()
                .sorted(most.thenComparing(Map.Entry.comparingByKey()))
                .map(count -> DigestLine.of("").person(count.getKey()).text(": " + Plural.times(count.getValue())))
                .toList();
        return Digest.Section.of(
                "Notified people: " + Plural.of(data.notifications().size(), "time"), lines, MOST);
    }

    /** Known issues that matched, end soon, or ended in the period. */
    Digest.Section knownIssues() {
        return Digest.Section.of(
                "Known issues",
                data.knownIssues().stream()
                        .filter(issue -> matches(issue) > 0 || ends(issue))
                        .sorted(Comparator.comparing(KnownIssue::until).thenComparing(KnownIssue::name))
                        .map(this::line)
                        .toList(),
                MOST);
    }

    private DigestLine line(KnownIssue issue) {
        LocalDate today = LocalDate.ofInstant(data.period().until(), ZoneOffset.UTC);
        String end = issue.until().isBefore(today) ? "ended on " : ends(issue) ? "ends soon, on " : "until ";
        int matches = matches(issue);
        return DigestLine.link(issue.name(), issue.link())
                .text(": " + (matches == 0 ? "has not matched" : "has matched " + Plural.times(matches)) + ", " + end
                        + issue.until() + ", owner ")
                .person(issue.owner());
    }

    private int matches(KnownIssue issue) {
        return data.knownIssueMatches().getOrDefault(issue.name(), 0);
    }

    /** Whether it ends soon or ended in the period. */
    private boolean ends(KnownIssue issue) {
        LocalDate today = LocalDate.ofInstant(data.period().until(), ZoneOffset.UTC);
        LocalDate first = LocalDate.ofInstant(data.period().from(), ZoneOffset.UTC);
        return !issue.until().isBefore(first) && !issue.until().isAfter(today.plusDays(SOON));
    }

    /** Coverage gaps of the coming week. */
    Digest.Section gaps() {
        List<DigestLine> lines = new ArrayList<>();
        data.coverageGaps()
                .forEach(gap -> lines.add(
                        DigestLine.of("").untrusted(gap.subject()).text(": ").untrusted(gap.what())));
        return Digest.Section.of("Coverage gaps of the coming week", lines, MOST);
    }
}
