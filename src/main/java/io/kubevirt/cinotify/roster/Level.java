// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The on-call level of a member for an area, in the order of escalation. */
public enum Level {
    PRIMARY,
    SECONDARY,
    BACKUP;

    /** The level by its title, ignoring case. */
    public static Optional<Level> named(String title) {
        for (Level level : values()) {
            if (level.value().equalsIgnoreCase(title)) {
                return Optional.of(level);
            }
        }
        return Optional.empty();
    }

    /** The titles as in the table. */
    public static List<String> titles() {
        return List.of(PRIMARY.title(), SECONDARY.title(), BACKUP.title());
    }

    /** As in JSON: {@code primary}. */
    @JsonValue
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As in the table and in sentences: {@code Primary}. */
    public String title() {
        return name().charAt(0) + value().substring(1);
    }
}
