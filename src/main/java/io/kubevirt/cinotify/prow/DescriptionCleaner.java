// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import java.util.Locale;

/**
 * Cleans the text that Prow writes into GitHub's statuses: after the description proper come blanks of a rare kind, which
 * push {@code BaseSHA:} and a commit to the right edge (prow-contract §5).
 */
public final class DescriptionCleaner {

    /** Stands where Prow cut the middle out of a text that is too long for GitHub. */
    static final String ELLIPSIS = " ... ";

    private static final String TAIL = "basesha:";

    private DescriptionCleaner() {}

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
