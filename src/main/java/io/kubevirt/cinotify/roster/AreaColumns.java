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
        String wanted = plain(title);
        return titles.entrySet().stream()
                .filter(entry -> plain(entry.getKey()).equals(wanted))
                .map(Map.Entry::getValue)
                .findFirst()
                .or(() -> areas.stream()
                        .filter(area -> plain(area).equals(wanted))
                        .findFirst());
    }

    /** A title without what people write differently. */
    static String plain(String title) {
        StringBuilder plain = new StringBuilder();
        title.toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }
}
