// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.replay;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The report of a replay for people. */
final class ReplayText {

    private final PrintWriter out;

    ReplayText(PrintWriter out) {
        this.out = out;
    }

    void print(ReplayReport report) {
        out.println(report.runs() + " runs from " + report.from() + " until " + report.until());
        if (report.compare() != null) {
            compare(report.perWeek(), report.compare());
            out.println();
            out.println("With the settings as they are:");
        }
        weeks(report.perWeek());
        List<ReplayReport.SentMessage> calls = report.messages().stream()
                .filter(said -> said.kind().interrupts())
                .toList();
        table("messages by person", calls, said -> said.person() == null ? "nobody by name" : said.person());
        table("messages by channel", calls, ReplayReport.SentMessage::channel);
        table("messages by SIG", calls, ReplayReport.SentMessage::sig);
        table("messages by kind, edits included", report.messages(), said -> said.kind()
                .value());
        counts("runs that led to no message", report.suppressed());
        accounting(report.conservation());
        incidents(report.incidents());
    }

    private void weeks(WeeklyStats figures) {
        out.println();
        out.println("messages a week that interrupt a person: mean " + figures.mean() + ", 95th percentile "
                + figures.p95() + ", most " + figures.max());
        figures.weeks()
                .forEach((monday, count) -> out.println("  %s %3d %s"
                        .formatted(monday, count, "#".repeat(count))
                        .stripTrailing()));
    }

    private void table(
            String title, List<ReplayReport.SentMessage> messages, Function<ReplayReport.SentMessage, String> by) {
        SortedMap<String, Integer> counts = new TreeMap<>();
        messages.forEach(said -> counts.merge(by.apply(said), 1, Integer::sum));
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

    private void accounting(ReplayReport.Accounting where) {
        out.println();
        out.printf(
                "of %d runs %d led to a message, %d to none; %d wait for a person, %d for something larger%n",
                where.received(), where.delivered(), where.suppressed(), where.deferred(), where.inProgress());
    }

    private void incidents(List<ReplayReport.Incident> incidents) {
        out.println();
        out.println(incidents.size() + " incidents");
        for (ReplayReport.Incident incident : incidents) {
            out.printf(
                    "  %s  %s  %s to %s  %s  %d runs, %d pull requests%s%n    %s%n",
                    incident.id(),
                    incident.kind().value(),
                    incident.openedAt(),
                    incident.closedAt() == null ? "now" : incident.closedAt(),
                    incident.sig(),
                    incident.runs(),
                    incident.pulls(),
                    incident.foldedInto() == null ? "" : ", part of " + incident.foldedInto(),
                    String.join(", ", incident.lanes()));
        }
    }

    /** First what one wants to know: whether anything would change at all. */
    private void compare(WeeklyStats now, ReplayComparison compare) {
        out.println();
        if (!compare.isDifferent()) {
            out.println("With the other settings nothing would change.");
            return;
        }
        out.printf(
                "With the other settings: %d messages more, %d less, %d at another time%n",
                compare.gained().size(), compare.lost().size(), compare.moved().size());
        out.printf(
                "  a week: mean %s instead of %s, 95th percentile %s instead of %s, most %s instead of %s%n",
                compare.perWeek().mean(),
                now.mean(),
                compare.perWeek().p95(),
                now.p95(),
                compare.perWeek().max(),
                now.max());
        compare.perPerson()
                .forEach((person, change) -> out.printf(
                        "  %s: %d more, %d less, %d at another time%n",
                        person, change.gained(), change.lost(), change.moved()));
        compare.gained().forEach(said -> out.println("  + " + line(said)));
        compare.lost().forEach(said -> out.println("  - " + line(said)));
        compare.moved().forEach(moved -> out.println("  > " + moved.from() + " -> " + line(moved.message())));
    }

    private static String line(ReplayReport.SentMessage said) {
        return said.at() + " " + said.kind().value() + " to " + said.audience() + ": " + said.text();
    }
}
