// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

public final class ClosestMatch {
    private ClosestMatch() {}

    /** The word with the smallest edit distance, ignoring case, up to a third of the length. */
    public static Optional<String> find(String word, Collection<String> known) {
        String lower = word.toLowerCase(Locale.ROOT);
        int limit = Math.max(1, lower.length() / 3);
        return known.stream()
                .filter(candidate -> editDistance(lower, candidate.toLowerCase(Locale.ROOT)) <= limit)
                .min(Comparator.<String>comparingInt(
                                candidate -> editDistance(lower, candidate.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Number of insertions, deletions, replacements and swaps of adjacent characters (optimal string alignment). */
    private static int editDistance(String from, String to) {
        int[] before = new int[0];
        int[] last = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            last[column] = column;
        }
        for (int line = 1; line <= from.length(); line++) {
            int[] row = new int[to.length() + 1];
            row[0] = line;
            for (int column = 1; column <= to.length(); column++) {
                char character = from.charAt(line - 1);
                int replaced = last[column - 1] + (character == to.charAt(column - 1) ? 0 : 1);
                row[column] = Math.min(replaced, Math.min(last[column], row[column - 1]) + 1);
                if (line > 1
                        && column > 1
                        && character == to.charAt(column - 2)
                        && from.charAt(line - 2) == to.charAt(column - 1)) {
                    row[column] = Math.min(row[column], before[column - 2] + 1);
                }
            }
            before = last;
            last = row;
        }
        return last[to.length()];
    }
}
