// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Cleans the description of a GitHub status written by Prow: non-breaking spaces after the description push {@code
 * BaseSHA:} and a commit to the right edge (prow-contract §5).
 */
public final class DescriptionCleaner {
    /** Replaces the middle of a description that is too long for GitHub. */
    static final String ELLIPSIS = " ... ";

    private static final String TAIL = "basesha:";

    private DescriptionCleaner() {}

    /** The description without the BaseSHA tail, and without Unicode white space at both ends. */
    public static String clean(String raw) {
        int tail = tail(raw);
        return strip(tail >= 0 ? raw.substring(0, tail) : raw);
    }

    /** The commit of the branch that the run tested; null without the tail. */
    static @Nullable String baseSha(String raw) {
        int tail = tail(raw);
        return tail < 0 ? null : JsonValues.sha(strip(raw.substring(tail + TAIL.length())));
    }

    /** Where the tail begins; -1 without one. */
    private static int tail(String raw) {
        int tail = raw.toLowerCase(Locale.ROOT).lastIndexOf(TAIL);
        return tail == 0 || tail > 0 && isBlank(raw.charAt(tail - 1)) ? tail : -1;
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

    /** {@link String#strip} keeps non-breaking spaces. */
    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
