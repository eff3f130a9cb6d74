// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds command lines by Prow's conventions (prow-contract §9): a command is at the very beginning of a line, in upper or
 * lower case. Lines in fenced code and in HTML comments are ignored; a quoted line begins with {@code >} and is no command.
 *
 * <p>Each character is read a bounded number of times, so every text takes linear time.
 */
final class CommandLineScanner {
    static final String PREFIX = "/ci-notify";

    /** Further commands of a comment are ignored. */
    static final int MAX_COMMANDS = 10;

    private final String text;
    private final HtmlComments comments;
    private final List<String> found = new ArrayList<>();
    private @Nullable CodeFence fence;

    private CommandLineScanner(String text) {
        this.text = text;
        this.comments = new HtmlComments(text);
    }

    /** The arguments of each command line, in order, at most {@value #MAX_COMMANDS}. */
    static List<String> scan(String text) {
        return new CommandLineScanner(text).read();
    }

    private List<String> read() {
        int start = 0;
        while (start <= text.length() && found.size() < MAX_COMMANDS) {
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline;
            line(text.substring(start, end), start);
            start = end + 1;
        }
        return List.copyOf(found);
    }

    private void line(String line, int offset) {
        if (comments.isInside()) {
            comments.pass(line, offset);
        } else if (fence != null) {
            fence = fence.isClosedBy(line) ? null : fence;
        } else {
            fence = CodeFence.openedBy(line);
            if (fence == null) {
                argument(line).ifPresent(found::add);
                comments.pass(line, offset);
            }
        }
    }

    /** The arguments of a command line, up to an HTML comment. */
    private static Optional<String> argument(String line) {
        if (!startsWithPrefix(line)
                || line.length() > PREFIX.length() && !Whitespace.is(line.charAt(PREFIX.length()))) {
            return Optional.empty();
        }
        int hidden = line.indexOf("<!--");
        return Optional.of(Whitespace.strip(line.substring(PREFIX.length(), hidden < 0 ? line.length() : hidden)));
    }

    /** Ignores case for ASCII only; similar characters of other scripts do not match. */
    private static boolean startsWithPrefix(String line) {
        for (int i = 0; i < PREFIX.length(); i++) {
            char c = i < line.length() ? line.charAt(i) : '\n';
            if ((c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c) != PREFIX.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The line that opens fenced code in GitHub's Markdown.
     *
     * @param length the number of marks; the closing fence has at least as many
     */
    private record CodeFence(char mark, int length) {
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

    /**
     * Tracks HTML comments line by line, so that text hidden in a template is no command.
     *
     * <p>A comment at the beginning of a line hides everything up to its end, or the rest of the text if it has no end. Within
     * a line, a comment without end or in a code span is plain text.
     */
    static final class HtmlComments {
        private static final String BEGIN = "<!--";
        private static final String END = "-->";
        /** The end may share its dashes with the beginning: {@code <!-->}. */
        private static final int SHARED = 2;

        private final int lastEnd;
        private boolean inside;

        HtmlComments(String text) {
            this.lastEnd = text.lastIndexOf(END);
        }

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
}
