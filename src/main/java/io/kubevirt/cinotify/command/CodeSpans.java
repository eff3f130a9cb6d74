// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a Markdown text within code spans and math blocks, which may have several lines. A span ends where as many
 * backticks follow within its paragraph. Takes linear time.
 */
final class CodeSpans {
    private static final String MATH = "$$";

    private final String text;
    private final NavigableMap<Integer, Integer> spans = new TreeMap<>();

    private record Run(int start, int length) {}

    private CodeSpans(String text) {
        this.text = text;
    }

    static CodeSpans of(String text) {
        CodeSpans spans = new CodeSpans(text);
        spans.read();
        return spans;
    }

    boolean contains(int offset) {
        Map.Entry<Integer, Integer> before = spans.floorEntry(offset);
        return before != null && offset < before.getValue();
    }

    private void read() {
        @Nullable CodeFence fence = null;
        int paragraph = 0;
        int math = -1;
        int start = 0;
        while (start <= text.length()) {
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline;
            String line = text.substring(start, end);
            @Nullable CodeFence opened = fence == null ? CodeFence.openedBy(line) : null;
            if (fence != null) {
                fence = fence.isClosedBy(line) ? null : fence;
                paragraph = end;
            } else if (opened != null || startsBlock(line)) {
                readParagraph(paragraph, start);
                fence = opened;
                paragraph = start;
            }
            if (fence == null && line.strip().equals(MATH)) {
                if (math >= 0) {
                    spans.put(math, end);
                }
                math = math >= 0 ? -1 : start;
            }
            start = end + 1;
        }
        readParagraph(paragraph, text.length());
    }

    private static boolean startsBlock(String line) {
        return line.isBlank() || "#>-*+|<".indexOf(line.stripLeading().charAt(0)) >= 0;
    }

    private void readParagraph(int from, int until) {
        List<Run> runs = runs(from, until);
        Map<Integer, Integer> nextOfLength = new HashMap<>();
        int[] next = new int[runs.size()];
        for (int i = runs.size() - 1; i >= 0; i--) {
            next[i] = nextOfLength.getOrDefault(runs.get(i).length(), -1);
            nextOfLength.put(runs.get(i).length(), i);
        }
        int i = 0;
        while (i < next.length) {
            Run run = runs.get(i);
            boolean escaped = run.start() > 0 && text.charAt(run.start() - 1) == '\\';
            if (next[i] >= 0 && !escaped) {
                spans.put(run.start(), runs.get(next[i]).start());
                i = next[i];
            }
            i++;
        }
    }

    private List<Run> runs(int from, int until) {
        List<Run> runs = new ArrayList<>();
        int at = from;
        while (at < until) {
            int start = text.indexOf('`', at, until);
            if (start < 0) {
                return runs;
            }
            at = start;
            while (at < until && text.charAt(at) == '`') {
                at++;
            }
            runs.add(new Run(start, at - start));
        }
        return runs;
    }
}
