// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds command lines by Prow's conventions (prow-contract §9): a command is at the very beginning of a line, in upper or
 * lower case; invisible marks do not count. Code and HTML comments are ignored; a quoted line begins with {@code >} and is no
 * command.
 *
 * <p>Each character is read a bounded number of times, so every text takes linear time.
 */
final class CommandLineScanner {
    static final String PREFIX = "/ci-notify";

    /** Further commands of a comment are ignored. */
    static final int MAX_COMMANDS = 10;

    private static final Pattern OPENING_TAG = Pattern.compile(
            "^ {0,3}<(pre|script|style|textarea)(?:\\s|>|$)|<(pre|code|samp|kbd|blockquote)(?:\\s[^>]*)?>");

    private final String text;
    private final HtmlComments comments;
    private final CodeSpans spans;
    /** The end of the HTML element with code that the line is in; empty if it is in none. */
    private String closingTag = "";

    private final Map<String, Integer> lastClosing = new HashMap<>();
    private final List<String> found = new ArrayList<>();
    private @Nullable CodeFence fence;

    private CommandLineScanner(String text) {
        this.text = text;
        this.comments = new HtmlComments(text);
        this.spans = CodeSpans.of(text);
    }

    /** The arguments of each command line, in order, at most {@value #MAX_COMMANDS}. */
    static List<String> scan(String text) {
        return new CommandLineScanner(text.replace("\r\n", "\n").replace('\r', '\n')).read();
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
        } else if (!closingTag.isEmpty()) {
            closingTag = line.toLowerCase(Locale.ROOT).contains(closingTag) ? "" : closingTag;
        } else {
            fence = CodeFence.openedBy(line);
            if (fence == null && !spans.contains(offset)) {
                argument(line).ifPresent(found::add);
                comments.pass(line, offset);
                closingTag = comments.isInside() ? "" : openedTag(line, offset);
            }
        }
    }

    /** The end of an element with code that begins in the line and does not end there. Without an end it is plain text. */
    private String openedTag(String line, int offset) {
        if (line.indexOf('<') < 0) {
            return "";
        }
        String lower = line.toLowerCase(Locale.ROOT);
        Matcher tag = OPENING_TAG.matcher(lower);
        int from = 0;
        while (tag.find(from)) {
            boolean isBlock = tag.group(1) != null;
            String closing = "</" + (isBlock ? tag.group(1) : tag.group(2)) + ">";
            int end = lower.indexOf(closing, tag.end());
            if (end < 0) {
                boolean isText = spans.contains(offset + tag.start());
                return isBlock || !isText && lastIndexOf(closing) > offset ? closing : "";
            }
            from = end + closing.length();
        }
        return "";
    }

    private int lastIndexOf(String closing) {
        return lastClosing.computeIfAbsent(
                closing, tag -> text.toLowerCase(Locale.ROOT).lastIndexOf(tag));
    }

    /** The arguments of a command line, up to an HTML comment. */
    private static Optional<String> argument(String line) {
        int end = prefixEnd(line);
        if (end < 0 || end < line.length() && !Whitespace.is(line.charAt(end))) {
            return Optional.empty();
        }
        int hidden = line.indexOf("<!--");
        return Optional.of(Whitespace.strip(line.substring(end, hidden < 0 ? line.length() : hidden)));
    }

    /**
     * Where the prefix ends, or -1. Ignores invisible marks, and case for ASCII only; similar characters of other scripts do not
     * match.
     */
    private static int prefixEnd(String line) {
        int matched = 0;
        int at = 0;
        while (matched < PREFIX.length() && at < line.length()) {
            char c = line.charAt(at++);
            if (!Whitespace.isMark(c)) {
                if ((c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c) != PREFIX.charAt(matched)) {
                    return -1;
                }
                matched++;
            }
        }
        return matched == PREFIX.length() ? at : -1;
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
