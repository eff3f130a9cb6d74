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

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a member stands to an area, in the order in which they are asked. */
public enum Level {
    /** Asked first. */
    PRIMARY,
    /** Asked when no primary is there. */
    SECONDARY,
    /** Asked last. */
    BACKUP;

    /** The level by the table's word, in any case; empty for a word that is none. */
    public static Optional<Level> named(String word) {
        for (Level level : values()) {
            if (level.word().equalsIgnoreCase(word)) {
                return Optional.of(level);
            }
        }
        return Optional.empty();
    }

    /** The words of the table, for messages. */
    public static List<String> words() {
        return List.of(PRIMARY.title(), SECONDARY.title(), BACKUP.title());
    }

    /** As programs write it: {@code primary}. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As the table and sentences write it: {@code Primary}. */
    public String title() {
        return name().charAt(0) + word().substring(1);
    }
}
