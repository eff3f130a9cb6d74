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
package io.kubevirt.cinotify.command;

import org.jspecify.annotations.Nullable;

/**
 * The line that begins fenced code, as GitHub's Markdown has it.
 *
 * @param mark backtick or tilde
 * @param length how many; the fence that ends the code has at least so many
 */
record Fence(char mark, int length) {

    private static final int LEAST = 3;

    /** More spaces make it a line of indented code. */
    private static final int MOST_SPACES = 3;

    static @Nullable Fence openedBy(String line) {
        int start = indentation(line);
        if (start > MOST_SPACES || start == line.length()) {
            return null;
        }
        char mark = line.charAt(start);
        int length = run(line, start, mark);
        boolean fence = (mark == '`' || mark == '~') && length >= LEAST;
        // Backticks after the first ones make it a code span within text.
        return fence && (mark == '~' || line.indexOf('`', start + length) < 0) ? new Fence(mark, length) : null;
    }

    boolean isClosedBy(String line) {
        int start = indentation(line);
        if (start > MOST_SPACES) {
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
