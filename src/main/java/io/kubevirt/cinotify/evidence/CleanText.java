/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.evidence;

/** Text of strangers without what commands a terminal. What it means to a channel, the channel escapes itself. */
final class CleanText {

    private static final char ESCAPE = '\u001b';
    private static final char BELL = '\u0007';

    private CleanText() {}

    /**
     * The text in one line, without terminal escapes and control characters.
     *
     * @param most letters; the rest is cut off
     */
    static String line(String text, int most) {
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
