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
package io.kubevirt.cinotify.prow;

import java.util.Locale;

/**
 * Cleans the text that Prow writes into GitHub's statuses: after the description proper come blanks of a rare kind, which
 * push {@code BaseSHA:} and a commit to the right edge (prow-contract §5).
 */
public final class Description {

    /** Stands where Prow cut the middle out of a text that is too long for GitHub. */
    static final String CUT = " ... ";

    private static final String TAIL = "basesha:";

    private Description() {}

    /** The description proper, without the tail and without white space of any kind at its ends. */
    public static String clean(String raw) {
        int tail = raw.toLowerCase(Locale.ROOT).lastIndexOf(TAIL);
        boolean isTail = tail == 0 || tail > 0 && isBlank(raw.charAt(tail - 1));
        return strip(isTail ? raw.substring(0, tail) : raw);
    }

    private static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** {@link String#strip} leaves the unbreakable blanks. */
    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
