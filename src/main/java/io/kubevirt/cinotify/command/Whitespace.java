// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import java.util.ArrayList;
import java.util.List;

/** Word separators in comments: all kinds of spaces, and the invisible marks that keyboards and browsers insert. */
final class Whitespace {
    private Whitespace() {}

    static boolean is(char c) {
        return c <= ' ' || Character.isWhitespace(c) || Character.isSpaceChar(c) || isMark(c);
    }

    /** Direction marks and zero-width characters, except the joiner used within emoji and words. */
    static boolean isMark(char c) {
        return c == '\u00ad'
                || c == '\u200b'
                || c == '\u200e'
                || c == '\u200f'
                || c == '\u061c'
                || c == '\ufeff'
                || c >= '\u202a' && c <= '\u202e'
                || c >= '\u2060' && c <= '\u2069';
    }

    static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && is(text.charAt(start))) {
            start++;
        }
        while (end > start && is(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int start = 0;
        for (int position = 0; position <= text.length(); position++) {
            if (position == text.length() || is(text.charAt(position))) {
                if (position > start) {
                    words.add(text.substring(start, position));
                }
                start = position + 1;
            }
        }
        return List.copyOf(words);
    }

    static String afterFirstWord(String text) {
        int end = 0;
        while (end < text.length() && !is(text.charAt(end))) {
            end++;
        }
        return strip(text.substring(end));
    }
}
