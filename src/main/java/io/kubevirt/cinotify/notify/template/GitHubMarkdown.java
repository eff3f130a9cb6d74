// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.template;

import java.time.Instant;
import java.util.List;

/**
 * GitHub Markdown. GitHub finds mentions, issues and URLs in rendered text, so a backslash does not prevent them; a character in
 * between does. Prow and other bots find commands at the start of lines of the source.
 */
public final class GitHubMarkdown implements Markup {
    /** An entity, so that it is visible in the source, as in a mail. */
    private static final String BREAK = "&#8203;";

    private static final int LONGEST_LOGIN = 39;

    private static final int LONGEST_FENCE = 20;

    @Override
    public String text(String outside) {
        String line = Escapes.oneLine(outside);
        StringBuilder safe = new StringBuilder();
        for (int at = 0; at < line.length(); at++) {
            safe.append(escape(line, at));
        }
        return safe.toString();
    }

    /** The text for a channel that shows entities as they are, with something else between the words. */
    public static String replaceBreaks(String markdown, String separator) {
        return markdown.replace(BREAK, separator);
    }

    private static String escape(String line, int at) {
        char character = line.charAt(at);
        return switch (character) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '\\', '`', '*', '_', '[', ']', '~', '|', '$' -> "\\" + character;
            case '@', '#' -> character + BREAK;
            case '!' -> "\\!";
            case ':' -> line.startsWith("://", at) ? ":" + BREAK : ":";
            case '.' -> endsWord(line, at, "www") ? "." + BREAK : beginsList(line, at) ? "\\." : ".";
            case ')' -> beginsList(line, at) ? "\\)" : ")";
            case '-' -> endsWord(line, at, "gh") ? "-" + BREAK : at == 0 ? "\\-" : "-";
            case '+', '=', '/' -> at == 0 ? "\\" + character : String.valueOf(character);
            default -> String.valueOf(character);
        };
    }

    private static boolean endsWord(String line, int end, String word) {
        int start = end - word.length();
        return start >= 0 && line.regionMatches(true, start, word, 0, word.length());
    }

    /** Whether only digits precede: Markdown would make it a list. */
    private static boolean beginsList(String line, int at) {
        return at > 0 && line.chars().limit(at).allMatch(Character::isDigit);
    }

    @Override
    public String code(String outside) {
        String line = Escapes.oneLine(outside);
        if (line.isEmpty()) {
            return "";
        }
        String fence = "`".repeat(longestRun(line) + 1);
        String space = line.startsWith("`") || line.endsWith("`") ? " " : "";
        return fence + space + line + space + fence;
    }

    @Override
    public String block(List<String> outside) {
        int longest =
                outside.stream().mapToInt(GitHubMarkdown::longestRun).max().orElse(0);
        String fence = "`".repeat(Math.clamp(longest + 1, 3, LONGEST_FENCE));
        StringBuilder block = new StringBuilder(fence).append('\n');
        for (String line : outside) {
            String shown = Escapes.oneLine(longest < LONGEST_FENCE ? line : line.replace('`', '\''));
            // Not every plugin of Prow leaves out blocks when it looks for commands.
            block.append(shown.startsWith("/") ? Escapes.ZERO_WIDTH_SPACE : "")
                    .append(shown)
                    .append('\n');
        }
        return block.append(fence).toString();
    }

    private static int longestRun(String line) {
        int longest = 0;
        int run = 0;
        for (int at = 0; at < line.length(); at++) {
            run = line.charAt(at) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    @Override
    public String link(String words, String url) {
        return Escapes.isWeb(url) ? "[" + text(words) + "](" + Escapes.encodeUrl(url) + ")" : text(words);
    }

    @Override
    public String person(Fragment.Person person) {
        return person.mentioned() && isLogin(person.handle()) ? "@" + person.handle() : text(person.handle());
    }

    /** A user, not a team: no configured handle may mention a team. */
    private static boolean isLogin(String handle) {
        return !handle.isEmpty()
                && handle.length() <= LONGEST_LOGIN
                && handle.charAt(0) != '-'
                && handle.chars()
                        .allMatch(character ->
                                character == '-' || character < 0x80 && Character.isLetterOrDigit(character));
    }

    @Override
    public String timestamp(Instant instant) {
        return Escapes.utc(instant);
    }

    @Override
    public String time(Instant instant) {
        return Escapes.utcTime(instant);
    }

    @Override
    public String strong(String text) {
        return "**" + text + "**";
    }

    @Override
    public String truncate(String written, int limit) {
        if (written.length() <= limit) {
            return written;
        }
        String kept = Escapes.truncate(written, limit - LONGEST_FENCE - 1);
        String fence = openFence(kept);
        return fence.isEmpty() ? kept : kept + "\n" + fence;
    }

    /** The fence of an unclosed block; empty for none. */
    private static String openFence(String written) {
        String open = "";
        for (String line : written.split("\n", -1)) {
            int run = leadingRun(line);
            if (open.isEmpty() && run >= 3) {
                open = "`".repeat(run);
            } else if (!open.isEmpty()
                    && run >= open.length()
                    && run == line.strip().length()) {
                open = "";
            }
        }
        return open;
    }

    private static int leadingRun(String line) {
        int run = 0;
        while (run < line.length() && line.charAt(run) == '`') {
            run++;
        }
        return run;
    }
}
