// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Maps the columns of the group's table to areas. Titles are compared ignoring case, spaces, dashes and underscores.
 *
 * @param areas the required areas, in display order
 * @param titles the area by column title, for columns whose title is not the name of the area
 */
public record AreaColumns(List<String> areas, Map<String, String> titles) {
    public AreaColumns {
        areas = List.copyOf(areas);
        titles = Map.copyOf(titles);
    }

    /** The area of a column, if it is one of an area. */
    public Optional<String> areaOf(String title) {
        String normalized = normalize(title);
        return titles.entrySet().stream()
                .filter(entry -> normalize(entry.getKey()).equals(normalized))
                .map(Map.Entry::getValue)
                .findFirst()
                .or(() -> areas.stream()
                        .filter(area -> normalize(area).equals(normalized))
                        .findFirst());
    }

    /** A title without the differences that are ignored. */
    static String normalize(String title) {
        StringBuilder plain = new StringBuilder();
        title.toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }
}
