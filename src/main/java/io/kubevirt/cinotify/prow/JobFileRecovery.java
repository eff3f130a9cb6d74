// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of a file that is not valid YAML, except those that make it invalid. The text is divided by its indentation
 * into headers and list items; an item that is not YAML on its own, or that has the line of the error, is left out.
 */
final class JobFileRecovery {
    /** Each attempt reads the whole file. */
    private static final int MAX_ATTEMPTS = 20;

    private static final List<String> LISTS = List.of("presubmits:", "postsubmits:", "periodics:", "presets:");

    private final String file;
    private final String[] lines;
    private final List<Item> items;
    private final List<ConfigProblem> problems = new ArrayList<>();

    JobFileRecovery(String file, String text) {
        this.file = file;
        this.lines = text.split("\r\n|\r|\n", -1);
        this.items = items(lines);
    }

    /** One problem for each item that is left out. */
    List<ConfigProblem> problems() {
        return problems;
    }

    /** The rest of the file, each node on its line; null if the error is in no item. */
    @Nullable YamlDocument document() {
        items.removeIf(item -> {
            try {
                YamlDocument.checkSyntax(file, String.join("\n", List.of(lines).subList(item.from, item.to)));
                return false;
            } catch (InvalidConfigException e) {
                ConfigProblem found = e.problems().getFirst();
                leaveOut(item, found, found.line() == null ? 1 : found.line());
                return true;
            }
        });
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            try {
                return YamlDocument.parseAsProw(file, String.join("\n", lines));
            } catch (InvalidConfigException e) {
                ConfigProblem found = e.problems().getFirst();
                int line = found.line() == null ? 0 : found.line() - 1;
                List<Item> odd = items.stream().filter(item -> !hasDash(item)).toList();
                List<Item> damaged = odd.isEmpty()
                        ? items.stream()
                                .filter(item -> item.from <= line && line < item.to)
                                .toList()
                        : odd;
                if (damaged.isEmpty()) {
                    return null;
                }
                damaged.forEach(item -> leaveOut(item, found, odd.isEmpty() ? line + 1 - item.from : 1));
                items.removeAll(damaged);
            }
        }
        return null;
    }

    /** Without one it is a line that is indented too little, and what follows it. */
    private boolean hasDash(Item item) {
        return lines[item.from].strip().startsWith("-");
    }

    private void leaveOut(Item item, ConfigProblem found, int line) {
        problems.add(
                new ConfigProblem(file, item.from + line, found.problem(), found.hint() + "; this job is left out"));
        for (int index = item.from; index < item.to; index++) {
            lines[index] = "";
        }
    }

    /** An item begins on a line that is not indented deeper than the first dash of its list, or hardly. */
    private static List<Item> items(String... lines) {
        List<Item> items = new ArrayList<>();
        int dash = -1;
        int begin = -1;
        for (int index = 0; index < lines.length; index++) {
            String line = lines[index].strip();
            int indent = lines[index].indexOf(line);
            boolean isItem = line.startsWith("- ") || line.equals("-");
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            boolean header = !isItem && indent <= Math.max(dash, 0) && isHeader(line, indent);
            if (begin >= 0 && (header || indent <= dash || isItem && indent < dash + 2)) {
                items.add(new Item(begin, index));
                begin = -1;
            }
            if (header) {
                dash = -1;
            } else if (dash >= 0 && begin < 0) {
                begin = index;
            } else if (isItem && dash < 0) {
                dash = indent;
                begin = index;
            }
        }
        if (begin >= 0) {
            items.add(new Item(begin, lines.length));
        }
        return items;
    }

    /** The key of a list of jobs. A line that is indented too little is none. */
    private static boolean isHeader(String line, int indent) {
        return line.startsWith("---")
                || (indent == 0 ? LISTS.stream().anyMatch(line::startsWith) : line.contains("/") && line.contains(":"));
    }

    /** Lines from the first to before the last, counted from 0. */
    private record Item(int from, int to) {}
}
