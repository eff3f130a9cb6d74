// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bench;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The figures of one server, or of two and their ratio. */
final class Report {

    private final String machine;
    private final Map<String, Map<String, Double>> rounds;

    Report(String machine, Map<String, Map<String, Double>> rounds) {
        this.machine = machine;
        this.rounds = rounds;
    }

    String table() {
        StringBuilder table = new StringBuilder();
        row(table, "", List.copyOf(rounds.keySet()), rounds.size() == 2 ? "ratio" : "");
        for (String figure : figures()) {
            List<String> cells = new ArrayList<>();
            for (Map<String, Double> round : rounds.values()) {
                cells.add(round.containsKey(figure) ? number(round.get(figure)) : "-");
            }
            row(table, figure, cells, ratio(figure));
        }
        return table.toString();
    }

    String json() {
        List<String> parts = new ArrayList<>();
        rounds.forEach((name, round) -> {
            List<String> pairs = new ArrayList<>();
            round.forEach((figure, value) -> pairs.add("\n    " + quoted(figure) + ": " + number(value)));
            parts.add("\n  " + quoted(name) + ": {" + String.join(",", pairs) + "\n  }");
        });
        return "{\n  \"machine\": " + quoted(machine) + "," + String.join(",", parts) + "\n}\n";
    }

    private Set<String> figures() {
        Set<String> figures = new LinkedHashSet<>();
        rounds.values().forEach(round -> figures.addAll(round.keySet()));
        return figures;
    }

    /** The first to the second. */
    private String ratio(String figure) {
        List<Double> values = rounds.values().stream()
                .map(round -> round.getOrDefault(figure, 0.0))
                .toList();
        return values.size() == 2 && values.get(1) != 0 ? number(values.get(0) / values.get(1)) : "";
    }

    private static void row(StringBuilder table, String figure, List<String> cells, String ratio) {
        table.append(String.format(Locale.ROOT, "%-46s", figure));
        cells.forEach(cell -> table.append(String.format(Locale.ROOT, "%28s", cell)));
        table.append(String.format(Locale.ROOT, "%10s%n", ratio));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.2f", value);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
