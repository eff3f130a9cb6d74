// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which column of the group's table is which area. Case does not matter in titles, nor whether words are joined by
 * blanks, dashes or underscores.
 *
 * @param areas the areas that the table must have, in the order in which they are shown
 * @param titles area by column title, for columns that are not titled with the area's own name
 */
public record AreaColumns(List<String> areas, Map<String, String> titles) {

    public AreaColumns {
        areas = List.copyOf(areas);
        titles = Map.copyOf(titles);
    }

    /** The area of a column; empty for a column that is none. */
    public Optional<String> areaOf(String title) {
        String wanted = normalize(title);
        return titles.entrySet().stream()
                .filter(entry -> normalize(entry.getKey()).equals(wanted))
                .map(Map.Entry::getValue)
                .findFirst()
                .or(() -> areas.stream()
                        .filter(area -> normalize(area).equals(wanted))
                        .findFirst());
    }

    /** A title without what people write differently. */
    static String normalize(String title) {
        StringBuilder plain = new StringBuilder();
        title.toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }
}
