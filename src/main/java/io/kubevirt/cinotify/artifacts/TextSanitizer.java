// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

/** Removes terminal escapes and control characters from untrusted text. Channels escape their own markup. */
final class TextSanitizer {
    private static final char ESCAPE = '\u001b';
    private static final char BELL = '\u0007';

    private TextSanitizer() {}

    /** The text on one line, cut after {@code maxChars}. */
    static String singleLine(String text, int maxChars) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), maxChars));
        int at = 0;
        while (at < text.length() && clean.length() < maxChars) {
            char character = text.charAt(at);
            if (character == ESCAPE) {
                at = afterEscape(text, at + 1);
            } else {
                if (!Character.isISOControl(character) && Character.getType(character) != Character.FORMAT) {
                    clean.append(character);
                } else if (character == '\t' || character == '\n' || character == '\r') {
                    clean.append(' ');
                }
                at++;
            }
        }
        return clean.toString();
    }

    /** The index after an escape sequence: CSI ({@code [31m}), OSC (ended by BEL or ESC), or one character. */
    private static int afterEscape(String text, int at) {
        if (at >= text.length()) {
            return at;
        }
        int end = at + 1;
        return switch (text.charAt(at)) {
            case '[' -> {
                while (end < text.length() && !isCsiFinal(text.charAt(end))) {
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

    private static boolean isCsiFinal(char character) {
        return character >= '@' && character <= '~';
    }
}
