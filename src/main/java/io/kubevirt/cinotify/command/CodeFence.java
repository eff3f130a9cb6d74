// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import org.jspecify.annotations.Nullable;

/**
 * The line that opens fenced code in GitHub's Markdown.
 *
 * @param length the number of marks; the closing fence has at least as many
 */
record CodeFence(char mark, int length) {
    private static final int MIN_LENGTH = 3;
    /** More spaces make it indented code. */
    private static final int MAX_INDENT = 3;

    static @Nullable CodeFence openedBy(String line) {
        int start = indentation(line);
        if (start > MAX_INDENT || start == line.length()) {
            return null;
        }
        char mark = line.charAt(start);
        int length = run(line, start, mark);
        boolean fence = (mark == '`' || mark == '~') && length >= MIN_LENGTH;
        // Further backticks make it a code span.
        return fence && (mark == '~' || line.indexOf('`', start + length) < 0) ? new CodeFence(mark, length) : null;
    }

    boolean isClosedBy(String line) {
        int start = indentation(line);
        if (start > MAX_INDENT) {
            return false;
        }
        int marks = run(line, start, mark);
        return marks >= length && line.substring(start + marks).isBlank();
    }

    private static int indentation(String line) {
        return run(line, 0, ' ');
    }

    private static int run(String line, int from, char c) {
        int end = from;
        while (end < line.length() && line.charAt(end) == c) {
            end++;
        }
        return end - from;
    }
}
