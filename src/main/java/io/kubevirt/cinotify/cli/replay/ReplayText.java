// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.replay;

import io.kubevirt.cinotify.cli.replay.ReplayReport.Accounting;
import io.kubevirt.cinotify.cli.replay.ReplayReport.SentMessage;
import io.kubevirt.cinotify.cli.replay.ReplayReport.WeeklyStats;
import io.kubevirt.cinotify.text.Plural;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** @param summary without single incidents */
record ReplayText(PrintWriter out, boolean summary) {
    void print(ReplayReport report) {
        out.println(Plural.of(report.runs(), "run") + " from " + report.from() + " until " + report.until());
        if (report.compare() != null) {
            compare(report.perWeek(), report.compare());
            out.println();
            out.println("With the current configuration:");
        }
        weeks(report.perWeek());
        List<SentMessage> interrupting = report.messages().stream()
                .filter(sent -> sent.kind().interrupts())
                .toList();
        table("messages by person", interrupting, sent -> sent.person() == null ? "nobody by name" : sent.person());
        table("messages by channel", interrupting, SentMessage::channel);
        table("messages by SIG", interrupting, SentMessage::sig);
        table("messages by kind, edits included", report.messages(), sent -> sent.kind()
                .value());
        counts("runs that led to no message", report.suppressed());
        accounting(report.conservation());
        incidents(report.incidents());
    }

    private void weeks(WeeklyStats stats) {
        out.println();
        out.println("messages a week that interrupt a person: mean " + stats.mean() + ", 95th percentile " + stats.p95()
                + ", maximum " + stats.max());
        stats.weeks()
                .forEach((monday, count) -> out.println("  %s %3d %s"
                        .formatted(monday, count, "#".repeat(count))
                        .stripTrailing()));
    }

    private void table(String title, List<SentMessage> messages, Function<SentMessage, String> by) {
        SortedMap<String, Integer> counts = new TreeMap<>();
        messages.forEach(sent -> counts.merge(by.apply(sent), 1, Integer::sum));
        counts(title, counts);
    }

    private void counts(String title, SortedMap<String, Integer> counts) {
        out.println();
        out.println(title);
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> out.printf("%6d  %s%n", entry.getValue(), entry.getKey()));
    }

    private void accounting(Accounting accounting) {
        out.println();
        out.printf(
                "of %d runs %d led to a message, %d to none; %d wait for a working hour, %d for more failures%n",
                accounting.received(),
                accounting.delivered(),
                accounting.suppressed(),
                accounting.deferred(),
                accounting.inProgress());
    }

    private void incidents(List<ReplayReport.Incident> incidents) {
        out.println();
        out.println(Plural.of(incidents.size(), "incident"));
        for (ReplayReport.Incident incident : summary ? List.<ReplayReport.Incident>of() : incidents) {
            out.printf(
                    "  %s  %s  %s to %s  %s  %d runs, %d pull requests%s%n    %s%n    %s%n",
                    incident.id(),
                    incident.kind().value(),
                    incident.openedAt(),
                    incident.closedAt() == null ? "now" : incident.closedAt(),
                    incident.sig(),
                    incident.runs(),
                    incident.pulls(),
                    incident.foldedInto() == null ? "" : ", part of " + incident.foldedInto(),
                    incident.title() + ": " + incident.why(),
                    String.join(", ", incident.lanes()));
            incident.suspects().forEach(line -> out.println("    " + line));
        }
    }

    private void compare(WeeklyStats current, ReplayComparison compare) {
        out.println();
        if (!compare.isDifferent()) {
            out.println("The other configuration changes nothing.");
            return;
        }
        out.printf(
                "With the other configuration: %d messages more, %d fewer, %d at another time%n",
                compare.gained().size(), compare.lost().size(), compare.moved().size());
        out.printf(
                "  a week: mean %s instead of %s, 95th percentile %s instead of %s, maximum %s instead of %s%n",
                compare.perWeek().mean(),
                current.mean(),
                compare.perWeek().p95(),
                current.p95(),
                compare.perWeek().max(),
                current.max());
        compareWeeks(current, compare.perWeek());
        compare.perPerson()
                .forEach((person, change) -> out.printf(
                        "  %s: %d more, %d fewer, %d at another time%n",
                        person, change.gained(), change.lost(), change.moved()));
        compare.gained().forEach(sent -> out.println("  + " + line(sent)));
        compare.lost().forEach(sent -> out.println("  - " + line(sent)));
        compare.moved().forEach(moved -> out.println("  > " + moved.from() + " -> " + line(moved.message())));
    }

    private void compareWeeks(WeeklyStats current, WeeklyStats other) {
        SortedSet<LocalDate> weeks = new TreeSet<>(current.weeks().keySet());
        weeks.addAll(other.weeks().keySet());
        for (LocalDate monday : weeks) {
            int before = current.weeks().getOrDefault(monday, 0);
            int after = other.weeks().getOrDefault(monday, 0);
            if (before != after) {
                out.println("  week of " + monday + ": " + after + " instead of " + before);
            }
        }
    }

    private static String line(SentMessage sent) {
        return sent.at() + " " + sent.kind().value() + " to " + sent.audience() + ": " + sent.text();
    }
}
