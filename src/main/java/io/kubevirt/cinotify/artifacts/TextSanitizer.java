// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

/** Text of strangers without what commands a terminal. What it means to a channel, the channel escapes itself. */
final class TextSanitizer {

    private static final char ESCAPE = '\u001b';
    private static final char BELL = '\u0007';

    private TextSanitizer() {}

    /**
     * The text in one line, without terminal escapes and control characters.
     *
     * @param most letters; the rest is cut off
     */
    static String singleLine(String text, int most) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), most));
        int at = 0;
        while (at < text.length() && clean.length() < most) {
            char letter = text.charAt(at);
            if (letter == ESCAPE) {
                at = afterEscape(text, at + 1);
            } else {
                if (!Character.isISOControl(letter) && Character.getType(letter) != Character.FORMAT) {
                    clean.append(letter);
                } else if (letter == '\t' || letter == '\n' || letter == '\r') {
                    clean.append(' ');
                }
                at++;
            }
        }
        return clean.toString();
    }

    /** Where the text goes on after an escape sequence: {@code [31m}, {@code ]0;title} up to its bell, or one letter. */
    private static int afterEscape(String text, int at) {
        if (at >= text.length()) {
            return at;
        }
        int end = at + 1;
        return switch (text.charAt(at)) {
            case '[' -> {
                while (end < text.length() && !isFinal(text.charAt(end))) {
                    end++;
                }
                yield end + 1;
            }
            case ']' -> {
                while (end < text.length() && text.charAt(end) != BELL && text.charAt(end) != ESCAPE) {
                    end++;
                }
                yield end < text.length() && text.charAt(end) == ESCAPE ? end : end + 1;
            }
            default -> end;
        };
    }

    private static boolean isFinal(char letter) {
        return letter >= '@' && letter <= '~';
    }
}
