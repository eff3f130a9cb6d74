// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

/**
 * Blanks the pod specifications of a job file that are not used, before it is parsed: most of a large job configuration is
 * theirs, and parsing YAML is what takes the time. What is not clearly one stays.
 */
final class PodSpecs {
    private static final String KEY = "spec:";
    private static final String VALUE = "value";

    private PodSpecs() {}

    /** The text with the same lines, without the specifications that set no variable. */
    static String blankUnused(String text) {
        if (!text.contains(KEY)) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text.length());
        int line = 0;
        while (line < text.length()) {
            int next = lineAfter(text, line);
            kept.append(text, line, next);
            String content = text.substring(line, next).strip();
            boolean isSpec = content.equals(KEY);
            if (isSpec || beginsText(content)) {
                int end = endOfBlock(text, next, indent(text, line));
                String block = text.substring(next, end);
                if (isSpec && isUnused(block)) {
                    kept.repeat('\n', lines(block));
                } else {
                    kept.append(block);
                }
                next = end;
            }
            line = next;
        }
        return kept.toString();
    }

    private static int lines(String text) {
        int lines = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
            lines++;
        }
        return lines;
    }

    /** A block of text below it may look like a key. */
    private static boolean beginsText(String line) {
        return line.endsWith("|") || line.endsWith("|-") || line.endsWith(">") || line.endsWith(">-");
    }

    /** It defines no variable with a value, and no anchor, and merges no other part. */
    private static boolean isUnused(String block) {
        for (int at = block.indexOf(VALUE); at >= 0; at = block.indexOf(VALUE, at + 1)) {
            if (!block.startsWith("From:", at + VALUE.length())) {
                return false;
            }
        }
        return block.indexOf('&') < 0 && block.indexOf('*') < 0;
    }

    /** The lines that are indented deeper; empty lines and comments have any indentation. */
    private static int endOfBlock(String text, int from, int indent) {
        int line = from;
        while (line < text.length()) {
            int column = indent(text, line);
            char first = line + column < text.length() ? text.charAt(line + column) : '\n';
            if (column <= indent && first != '\n' && first != '\r' && first != '#') {
                return line;
            }
            line = lineAfter(text, line);
        }
        return line;
    }

    private static int indent(String text, int line) {
        int end = line;
        while (end < text.length() && text.charAt(end) == ' ') {
            end++;
        }
        return end - line;
    }

    private static int lineAfter(String text, int line) {
        int end = text.indexOf('\n', line);
        return end < 0 ? text.length() : end + 1;
    }
}
