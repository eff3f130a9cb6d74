// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

/**
 * Tracks HTML comments line by line, so that text hidden in a template is no command.
 *
 * <p>A comment at the beginning of a line hides everything up to its end, or the rest of the text if it has no end. Within
 * a line, a comment without end or in a code span is plain text.
 */
final class HtmlComments {

    private static final String BEGIN = "<!--";
    private static final String END = "-->";

    /** The end may share its dashes with the beginning: {@code <!-->}. */
    private static final int SHARED = 2;

    private final int lastEnd;
    private boolean inside;

    /** @param text the whole comment */
    HtmlComments(String text) {
        this.lastEnd = text.lastIndexOf(END);
    }

    /** Whether the next line begins in an HTML comment. */
    boolean isInside() {
        return inside;
    }

    /** @param offset where the line begins in the text */
    void pass(String line, int offset) {
        int position = 0;
        boolean nothingBefore = !inside;
        boolean inCode = false;
        if (inside) {
            position = afterEnd(line, 0);
        }
        while (!inside) {
            int begin = line.indexOf(BEGIN, position);
            if (begin < 0) {
                return;
            }
            String before = line.substring(position, begin);
            nothingBefore &= before.isBlank();
            inCode ^= before.chars().filter(c -> c == '`').count() % 2 == 1;
            boolean comment = nothingBefore || !inCode && offset + begin < lastEnd;
            position = comment ? afterEnd(line, begin + SHARED) : begin + BEGIN.length();
        }
    }

    /** The position after the next end in the line; without one, the comment continues on the next line. */
    private int afterEnd(String line, int from) {
        int end = line.indexOf(END, from);
        inside = end < 0;
        return inside ? line.length() : end + END.length();
    }
}
