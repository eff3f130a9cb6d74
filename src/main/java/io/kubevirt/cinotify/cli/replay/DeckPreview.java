// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.replay;

import io.kubevirt.cinotify.cli.replay.HistoryReader.HistoryEntry;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.SuppressionReason;
import io.kubevirt.cinotify.text.Plural;
import io.kubevirt.cinotify.web.api.SuppressionText;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The notifications that the runs of a deck would have led to; the contract of {@code preview --output json}.
 *
 * @param problem why the response of deck is incomplete; null if it is complete
 * @param runs that ended in the period
 * @param unfinished runs that have not ended
 * @param messages that interrupt somebody
 * @param edits of messages, which interrupt nobody
 * @param unannounced failed runs without a message of their own, the most frequent first
 */
public record DeckPreview(
        String deck,
        @Nullable String problem,
        Instant from,
        Instant until,
        int runs,
        int failed,
        long unfinished,
        List<Message> messages,
        int edits,
        List<Unannounced> unannounced) {
    private static final int SHOWN = 5;
    private static final String HELD = "More failures are needed, within the time that the settings give.";

    /** @param reasons why it is sent, and why to this person at this time */
    public record Message(
            Instant at,
            NotificationKind kind,
            String to,
            String sig,
            String area,
            String title,
            String text,
            List<String> reasons) {}

    /** @param lane the repository, if there is one, and the job */
    public record Unannounced(String lane, int runs, String reason) {}

    /** Replays the runs; everybody who is notified acknowledges at once. */
    public static DeckPreview of(DeckRuns deck, Config config, Instant now, Duration period) {
        Instant from = now.minus(period);
        List<HistoryEntry> history = deck.ended(config.runUrls(), from, now);
        Replay replay = new Replay(config, true, step -> {});
        ReplayReport report = replay.play(history, now);
        List<Message> messages = report.messages().stream()
                .filter(sent -> sent.kind().interrupts())
                .map(sent -> new Message(
                        sent.at(),
                        sent.kind(),
                        sent.audience(),
                        sent.sig(),
                        sent.area(),
                        sent.title(),
                        sent.text(),
                        sent.reasons()))
                .toList();
        return new DeckPreview(
                deck.deck().toString(),
                deck.problem(),
                history.isEmpty() ? from : history.getFirst().at(),
                now,
                history.size(),
                (int) history.stream()
                        .filter(past -> past.run().state().isRed())
                        .count(),
                deck.unfinished(),
                messages,
                report.messages().size() - messages.size(),
                unannounced(history, replay));
    }

    private static List<Unannounced> unannounced(List<HistoryEntry> history, Replay replay) {
        Map<Unannounced, Integer> counts =
                new TreeMap<>(Comparator.comparing(Unannounced::lane).thenComparing(Unannounced::reason));
        for (HistoryEntry past : history) {
            SuppressionReason reason = replay.unannounced().get(past.id());
            String text = replay.held().contains(past.id())
                    ? HELD
                    : reason == null ? null : SuppressionText.of(reason.value());
            if (past.run().state().isRed() && text != null) {
                counts.merge(new Unannounced(past.run().lane().toString(), 0, text), 1, Integer::sum);
            }
        }
        return counts.entrySet().stream()
                .map(entry -> new Unannounced(
                        entry.getKey().lane(), entry.getValue(), entry.getKey().reason()))
                .sorted(Comparator.comparing(Unannounced::runs).reversed())
                .toList();
    }

    /** Prints it for people; long lists are cut. */
    public void print(PrintWriter out) {
        out.println(deck + ": " + Plural.grouped(runs, "run") + " ended from " + from + " until " + until
                + ", of which " + failed + " failed; " + unfinished + " have not ended");
        out.println();
        out.println(Plural.of(messages.size(), "notification") + " would have been sent, and "
                + Plural.of(edits, "edit") + " of a message, if everybody acknowledges at once");
        perPerson().forEach((person, count) -> out.printf("%6d  %s%n", count, person));
        messages.forEach(message -> print(message, out));
        out.println();
        int silent = unannounced.stream().mapToInt(Unannounced::runs).sum();
        out.println(Plural.of(silent, "failed run") + " would have led to no notification of "
                + (silent == 1 ? "its" : "their") + " own");
        unannounced.stream()
                .collect(Collectors.groupingBy(Unannounced::reason, LinkedHashMap::new, Collectors.toList()))
                .forEach((reason, lanes) -> print(reason, lanes, out));
    }

    private static void print(String reason, List<Unannounced> lanes, PrintWriter out) {
        out.printf("%6d  %s%n", lanes.stream().mapToInt(Unannounced::runs).sum(), reason);
        lanes.stream().limit(SHOWN).forEach(lane -> out.printf("%12d  %s%n", lane.runs(), lane.lane()));
        if (lanes.size() > SHOWN) {
            out.println("              and " + (lanes.size() - SHOWN) + " more; --output json lists them");
        }
    }

    private static void print(Message message, PrintWriter out) {
        out.println();
        out.println("  " + message.at() + "  " + message.kind().value() + "  to " + message.to() + "  (SIG "
                + message.sig() + ", area " + message.area() + ")");
        message.text().lines().forEach(line -> out.println("    " + line));
        message.reasons().stream()
                .filter(reason -> !message.text().contains(reason))
                .forEach(reason -> out.println("    - " + reason));
    }

    private Map<String, Long> perPerson() {
        return messages.stream().collect(Collectors.groupingBy(Message::to, TreeMap::new, Collectors.counting()));
    }
}
