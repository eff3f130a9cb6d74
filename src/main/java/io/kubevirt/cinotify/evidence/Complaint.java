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

import java.util.List;

/** What a failed test says of itself: the beginning of it, whatever its size. */
final class Complaint {

    private static final int MOST_LETTERS = 4_000;
    private static final int MOST_LINES = 5;
    private static final int LONGEST_LINE = 300;

    /** XML cannot hold the letter with which commands to terminals begin. */
    private static final String LOST_ESCAPE = "\ufffd[";

    private final StringBuilder text = new StringBuilder();

    /** A piece of it; what is too much is left out. */
    void add(String piece) {
        text.append(piece, 0, Math.min(piece.length(), Math.max(0, MOST_LETTERS - text.length())));
    }

    boolean isBlank() {
        return text.chars().allMatch(Character::isWhitespace);
    }

    /** Its first lines that say something, without what commands a terminal. */
    List<String> lines() {
        return text.toString()
                .replace(LOST_ESCAPE, "\u001b[")
                .lines()
                .map(line -> CleanText.line(line, LONGEST_LINE).strip())
                .filter(line -> !line.isEmpty())
                .limit(MOST_LINES)
                .toList();
    }
}
