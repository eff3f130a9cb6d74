// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads values from untrusted JSON: a value that is absent, null or of another type counts as absent. */
final class JsonValues {
    /** Longest accepted timestamp, with fractions of a second and an offset. */
    private static final int MAX_TIME_LENGTH = 40;

    private static final Pattern SHA = Pattern.compile("[0-9a-fA-F]{40}([0-9a-fA-F]{24})?");

    private JsonValues() {}

    static String text(JsonNode node) {
        return node.isTextual() ? node.textValue() : "";
    }

    static @Nullable String textOrNull(JsonNode node) {
        return text(node).isEmpty() ? null : node.textValue();
    }

    static @Nullable Instant time(JsonNode node) {
        String text = text(node);
        // A year of more than four digits starts with a sign and does not fit the database column.
        if (text.isEmpty() || text.length() > MAX_TIME_LENGTH || !Character.isDigit(text.charAt(0))) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException notATime) {
            return null;
        }
    }

    static @Nullable String sha(String text) {
        return SHA.matches(text) ? text : null;
    }

    static Map<String, String> texts(JsonNode node) {
        Map<String, String> texts = new LinkedHashMap<>();
        node.properties().forEach(entry -> {
            if (entry.getValue().isTextual()) {
                texts.put(entry.getKey(), entry.getValue().textValue());
            }
        });
        return texts;
    }
}
