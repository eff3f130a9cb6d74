// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

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

    /** What a webhook shows of its repository; null if it does not. */
    public static @Nullable Visibility ofRepository(JsonNode payload) {
        JsonNode isPrivate = payload.path("repository").path("private");
        return isPrivate.isBoolean() ? isPrivate.booleanValue() ? PRIVATE : PUBLIC : null;
    }

    public boolean isKnown() {
        return this != UNKNOWN;
    }
}
