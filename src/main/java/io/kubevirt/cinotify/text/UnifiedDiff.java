// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.text;

import java.util.ArrayList;
import java.util.List;

/** The difference of two texts as {@code diff -u} prints it. */
public final class UnifiedDiff {
    private static final int CONTEXT = 3;

    /** Longer changes are shown as one: all old lines, then all new lines. */
    private static final int MAX_CELLS = 4_000_000;

    private final List<String> before;
    private final List<String> after;

    /** The edit script; each line begins with a blank, a minus or a plus. */
    private final List<String> script = new ArrayList<>();

    private UnifiedDiff(String before, String after) {
        this.before = before.lines().toList();
        this.after = after.lines().toList();
    }

    /** Lines of the difference with a header; none if the texts have the same lines. */
    public static List<String> of(String file, String before, String after) {
        return new UnifiedDiff(before, after).lines(file);
    }

    private List<String> lines(String file) {
        int start = 0;
        int shorter = Math.min(before.size(), after.size());
        while (start < shorter && before.get(start).equals(after.get(start))) {
            script.add(" " + before.get(start++));
        }
        int end = 0;
        while (end < shorter - start && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
            end++;
        }
        change(before.subList(start, before.size() - end), after.subList(start, after.size() - end));
        before.subList(before.size() - end, before.size()).forEach(line -> script.add(" " + line));
        return hunks(file);
    }

    private void change(List<String> old, List<String> now) {
        if ((long) old.size() * now.size() > MAX_CELLS) {
            old.forEach(line -> script.add("-" + line));
            now.forEach(line -> script.add("+" + line));
            return;
        }
        int[][] common = common(old, now);
        int i = 0;
        int j = 0;
        while (i < old.size() || j < now.size()) {
            if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
                script.add(" " + old.get(i++));
                j++;
            } else if (i < old.size() && (j == now.size() || common[i + 1][j] >= common[i][j + 1])) {
                script.add("-" + old.get(i++));
            } else {
                script.add("+" + now.get(j++));
            }
        }
    }

    /** How many lines the rests of both have in common, in order. */
    private static int[][] common(List<String> old, List<String> now) {
        int[][] common = new int[old.size() + 1][now.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = now.size() - 1; j >= 0; j--) {
                common[i][j] = old.get(i).equals(now.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }

    private List<String> hunks(String file) {
        List<String> lines = new ArrayList<>();
        int next = 0;
        int[] position = {1, 1};
        while (next < script.size()) {
            int first = nextChange(next);
            if (first == script.size()) {
                break;
            }
            if (lines.isEmpty()) {
                lines.add("--- " + file);
                lines.add("+++ " + file);
            }
            int from = Math.max(next, first - CONTEXT);
            int last = first;
            for (int index = first; index < script.size() && index <= last + 2 * CONTEXT; index++) {
                last = isChange(index) ? index : last;
            }
            int to = Math.min(script.size(), last + 1 + CONTEXT);
            advance(position, script.subList(next, from));
            int[] start = position.clone();
            advance(position, script.subList(from, to));
            lines.add("@@ -" + range(start[0], position[0]) + " +" + range(start[1], position[1]) + " @@");
            lines.addAll(script.subList(from, to));
            next = to;
        }
        return lines;
    }

    private int nextChange(int from) {
        int index = from;
        while (index < script.size() && !isChange(index)) {
            index++;
        }
        return index;
    }

    private boolean isChange(int index) {
        return script.get(index).charAt(0) != ' ';
    }

    private static void advance(int[] position, List<String> lines) {
        for (String line : lines) {
            position[0] += line.charAt(0) == '+' ? 0 : 1;
            position[1] += line.charAt(0) == '-' ? 0 : 1;
        }
    }

    private static String range(int start, int end) {
        int count = end - start;
        return (count == 0 ? start - 1 : start) + "," + count;
    }
}
