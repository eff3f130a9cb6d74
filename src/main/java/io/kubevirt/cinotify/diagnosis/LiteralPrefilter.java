// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

/** Finds a text that every match of a pattern contains; where that is not plain to see, none. */
final class LiteralPrefilter {

    private static final String SPECIAL = "\\^$.|?*+()[]{}";

    /** Classes and edges, which stand for no certain letter. */
    private static final String CLASSES = "dDwWsSbB";

    private final String pattern;
    private final StringBuilder run = new StringBuilder();
    private String longest = "";
    private int depth;

    private LiteralPrefilter(String pattern) {
        this.pattern = pattern;
    }

    /** The longest such text; empty for none. */
    static String longestLiteral(String pattern) {
        boolean hasFlags = pattern.replace("(?P<", "(").replace("(?:", "(").contains("(?");
        return pattern.indexOf('|') >= 0 || hasFlags ? "" : new LiteralPrefilter(pattern).find();
    }

    private String find() {
        int at = 0;
        while (at < pattern.length()) {
            char letter = pattern.charAt(at);
            if (letter == '\\') {
                char next = at + 1 < pattern.length() ? pattern.charAt(at + 1) : '\\';
                if (SPECIAL.indexOf(next) < 0 && CLASSES.indexOf(next) < 0 && Character.isLetterOrDigit(next)) {
                    return "";
                }
                letter(next, CLASSES.indexOf(next) < 0);
                at += 2;
            } else if (letter == '[') {
                end();
                at = afterClass(at);
            } else {
                special(letter);
                at++;
            }
        }
        end();
        return longest;
    }

    private void special(char letter) {
        if (letter == '?' || letter == '*' || letter == '{') {
            run.setLength(Math.max(0, run.length() - 1));
        }
        depth += letter == '(' || letter == '{' ? 1 : 0;
        depth -= letter == ')' || letter == '}' ? 1 : 0;
        letter(letter, SPECIAL.indexOf(letter) < 0);
    }

    private void letter(char letter, boolean isPlain) {
        if (isPlain && depth == 0) {
            run.append(letter);
        } else {
            end();
        }
    }

    private void end() {
        longest = run.length() > longest.length() ? run.toString() : longest;
        run.setLength(0);
    }

    /** A bracket right at its beginning belongs to a class. */
    private int afterClass(int open) {
        int at = open + 1 + (pattern.startsWith("^", open + 1) ? 1 : 0);
        at += pattern.startsWith("]", at) ? 1 : 0;
        while (at < pattern.length() && pattern.charAt(at) != ']') {
            at += pattern.charAt(at) == '\\' ? 2 : 1;
        }
        return at + 1;
    }
}
