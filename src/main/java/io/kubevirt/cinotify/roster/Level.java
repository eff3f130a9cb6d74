// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
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
            if (level.value().equalsIgnoreCase(word)) {
                return Optional.of(level);
            }
        }
        return Optional.empty();
    }

    /** The words of the table, for messages. */
    public static List<String> titles() {
        return List.of(PRIMARY.title(), SECONDARY.title(), BACKUP.title());
    }

    /** As programs write it: {@code primary}. */
    @JsonValue
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As the table and sentences write it: {@code Primary}. */
    public String title() {
        return name().charAt(0) + value().substring(1);
    }
}
