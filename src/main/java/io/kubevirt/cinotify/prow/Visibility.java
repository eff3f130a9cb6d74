// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Who may see a repository, and so its runs, incidents and messages. */
public enum Visibility {
    PUBLIC,
    PRIVATE,
    /** Nothing proves that it is public. */
    UNKNOWN;

    /** In lower case, as configured and stored. */
    @JsonValue
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for any other word */
    public static Visibility named(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    public boolean isKnown() {
        return this != UNKNOWN;
    }
}
