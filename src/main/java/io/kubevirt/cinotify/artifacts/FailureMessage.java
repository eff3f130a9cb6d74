// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import java.util.List;

/** What a failed test says of itself: the beginning of it, whatever its size. */
final class FailureMessage {

    private static final int MAX_CHARS = 4_000;
    private static final int MAX_LINES = 5;
    private static final int MAX_LINE_CHARS = 300;

    /** XML cannot hold the letter with which commands to terminals begin. */
    private static final String LOST_ESCAPE = "\ufffd[";

    private final StringBuilder text = new StringBuilder();

    /** A piece of it; what is too much is left out. */
    void add(String piece) {
        text.append(piece, 0, Math.min(piece.length(), Math.max(0, MAX_CHARS - text.length())));
    }

    boolean isBlank() {
        return text.chars().allMatch(Character::isWhitespace);
    }

    /** Its first lines that say something, without what commands a terminal. */
    List<String> lines() {
        return text.toString()
                .replace(LOST_ESCAPE, "\u001b[")
                .lines()
                .map(line -> TextSanitizer.singleLine(line, MAX_LINE_CHARS).strip())
                .filter(line -> !line.isEmpty())
                .limit(MAX_LINES)
                .toList();
    }
}
