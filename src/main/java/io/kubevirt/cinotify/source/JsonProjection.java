// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Extracts parts of a JSON value while it is streamed. A part of an unexpected type is left out. */
@FunctionalInterface
public interface JsonProjection {
    /** Longer texts are cut. */
    int MAX_TEXT_CHARS = 2_000;

    /** Strings, whole numbers and booleans. */
    JsonProjection SCALAR = JsonProjection::scalar;

    /** Reads the value at whose first token the parser is, up to its last token; null if nothing is kept. */
    @Nullable JsonNode read(JsonParser parser) throws IOException;

    /** Keeps the named fields of an object. */
    static JsonProjection fields(Map<String, JsonProjection> fields) {
        return parser -> {
            if (!parser.hasToken(JsonToken.START_OBJECT)) {
                return skip(parser);
            }
            ObjectNode kept = JsonNodeFactory.instance.objectNode();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                JsonNode value = fields.getOrDefault(name, JsonProjection::skip).read(parser);
                if (value != null) {
                    kept.set(name, value);
                }
            }
            return kept;
        };
    }

    /** Keeps the first elements of an array. */
    static JsonProjection elements(int maxCount, JsonProjection element) {
        return parser -> {
            if (!parser.hasToken(JsonToken.START_ARRAY)) {
                return skip(parser);
            }
            ArrayNode kept = JsonNodeFactory.instance.arrayNode();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                JsonNode value =
                        (kept.size() < maxCount ? element : (JsonProjection) JsonProjection::skip).read(parser);
                if (value != null) {
                    kept.add(value);
                }
            }
            return kept;
        };
    }

    /**
     * Keeps string fields with any name. A value that is too long is left out, not cut: it is a document, such as
     * kubectl's last-applied-configuration.
     */
    static JsonProjection texts(int maxCount, int maxChars) {
        return parser -> {
            if (!parser.hasToken(JsonToken.START_OBJECT)) {
                return skip(parser);
            }
            ObjectNode kept = JsonNodeFactory.instance.objectNode();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                if (parser.nextToken() == JsonToken.VALUE_STRING
                        && kept.size() < maxCount
                        && parser.getTextLength() <= maxChars
                        && name.length() <= maxChars) {
                    kept.put(name, parser.getText());
                } else {
                    parser.skipChildren();
                }
            }
            return kept;
        };
    }

    private static @Nullable JsonNode scalar(JsonParser parser) throws IOException {
        if (parser.hasToken(JsonToken.VALUE_STRING)) {
            String text = parser.getText();
            return JsonNodeFactory.instance.textNode(
                    text.length() > MAX_TEXT_CHARS ? text.substring(0, MAX_TEXT_CHARS) : text);
        }
        if (parser.hasToken(JsonToken.VALUE_NUMBER_INT)
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return JsonNodeFactory.instance.numberNode(parser.getLongValue());
        }
        if (parser.hasToken(JsonToken.VALUE_TRUE) || parser.hasToken(JsonToken.VALUE_FALSE)) {
            return JsonNodeFactory.instance.booleanNode(parser.getBooleanValue());
        }
        return skip(parser);
    }

    private static @Nullable JsonNode skip(JsonParser parser) throws IOException {
        parser.skipChildren();
        return null;
    }
}
