// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

/**
 * Follows where HTML comments begin and end, line by line, so that what a template hides from readers is no command.
 *
 * <p>A comment at the beginning of a line hides all that follows until its end, or everything if it has none. Within a
 * line one that never ends is plain text, and so is one in a code span.
 */
final class HtmlComments {

    private static final String BEGIN = "<!--";
    private static final String END = "-->";

    /** The end may share its dashes with the beginning. */
    private static final int SHARED = 2;

    private final int lastEnd;
    private boolean inside;

    /** @param text all of it */
    HtmlComments(String text) {
        this.lastEnd = text.lastIndexOf(END);
    }

    /** Whether the next line begins within a comment. */
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

    /** The place behind the next end in the line; without one the comment goes on in the next line. */
    private int afterEnd(String line, int from) {
        int end = line.indexOf(END, from);
        inside = end < 0;
        return inside ? line.length() : end + END.length();
    }
}
