// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the lines of a text that are commands to this plugin, by Prow's conventions (prow-contract §9): the command
 * stands at the very beginning of a line, in any case. What a reader does not see as text is no command: fenced code, as
 * GitHub's Markdown delimits it, and HTML comments. A quoted line begins with {@code >} and so is none either.
 *
 * <p>Every character is looked at a bounded number of times, so that no text takes more than linear time.
 */
final class CommandLineScanner {

    /** What a command begins with. */
    static final String PREFIX = "/ci-notify";

    /** So many are carried out; whoever writes more is not a person. */
    static final int MAX_COMMANDS = 10;

    private final String text;
    private final HtmlComments comments;
    private final List<String> found = new ArrayList<>();
    private @Nullable CodeFence fence;

    private CommandLineScanner(String text) {
        this.text = text;
        this.comments = new HtmlComments(text);
    }

    /** What stands after {@code /ci-notify} in each line that is a command, in order, at most {@value #MAX_COMMANDS}. */
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

    /** What follows the command on its line, if the line is one; what is hidden in the line is no part of it. */
    private static Optional<String> argument(String line) {
        if (!startsWithPrefix(line)
                || line.length() > PREFIX.length() && !Whitespace.is(line.charAt(PREFIX.length()))) {
            return Optional.empty();
        }
        int hidden = line.indexOf("<!--");
        return Optional.of(Whitespace.strip(line.substring(PREFIX.length(), hidden < 0 ? line.length() : hidden)));
    }

    /** In any case, but only of the letters of the word: the letters of other scripts that look like them are others. */
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
     * The line that begins fenced code, as GitHub's Markdown has it.
     *
     * @param mark backtick or tilde
     * @param length how many; the fence that ends the code has at least so many
     */
    private record CodeFence(char mark, int length) {

        private static final int MIN_LENGTH = 3;

        /** More spaces make it a line of indented code. */
        private static final int MAX_INDENT = 3;

        static @Nullable CodeFence openedBy(String line) {
            int start = indentation(line);
            if (start > MAX_INDENT || start == line.length()) {
                return null;
            }
            char mark = line.charAt(start);
            int length = run(line, start, mark);
            boolean fence = (mark == '`' || mark == '~') && length >= MIN_LENGTH;
            // Backticks after the first ones make it a code span within text.
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
}
