// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.yaml;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

public final class ClosestMatch {
    private static final int MAX = 3;

    private ClosestMatch() {}

    /** The word with the smallest edit distance, ignoring case, up to a third of the length. */
    public static Optional<String> find(String word, Collection<String> known) {
        return close(word, known).findFirst();
    }

    /** The same, up to three words: those that contain the word if none is close. */
    public static List<String> several(String word, Collection<String> known) {
        String lower = word.toLowerCase(Locale.ROOT);
        List<String> near = close(word, known).limit(MAX).toList();
        return near.isEmpty()
                ? known.stream()
                        .filter(candidate -> candidate.toLowerCase(Locale.ROOT).contains(lower))
                        .sorted()
                        .limit(MAX)
                        .toList()
                : near;
    }

    private static Stream<String> close(String word, Collection<String> known) {
        String lower = word.toLowerCase(Locale.ROOT);
        int limit = Math.max(1, lower.length() / 3);
        Map<String, Integer> distances = new HashMap<>();
        known.forEach(candidate -> distances.put(candidate, editDistance(lower, candidate.toLowerCase(Locale.ROOT))));
        return distances.entrySet().stream()
                .filter(entry -> entry.getValue() <= limit)
                .sorted(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey);
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
