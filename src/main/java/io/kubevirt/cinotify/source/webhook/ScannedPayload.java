// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What one scan of a body finds.
 *
 * <p>With per-repository keys the scan reads unauthenticated input. So nesting is limited to 1000 levels and numbers to
 * 1000 digits, far more than GitHub sends; field names are not interned; and a body with two repositories is rejected,
 * because the key could be chosen by one of them and the event processed for the other.
 *
 * @param repository {@code repository.full_name}, else {@code organization.login} (prow-contract §2), else empty
 * @param fields the wanted fields, if they are texts or booleans, and those of the repository and of the sender in objects
 */
record ScannedPayload(String repository, ObjectNode fields) {
    private static final String REPOSITORY = "repository";
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(1000)
                    .maxNumberLength(1000)
                    .build())
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    /** Throws unless the body is one JSON object. */
    static ScannedPayload read(byte[] body, Set<String> wanted) throws IOException {
        // Invalid UTF-8 is replaced, and no other encoding is detected, as in Prow's decoder.
        Reader text = new InputStreamReader(new ByteArrayInputStream(body), StandardCharsets.UTF_8);
        try (JsonParser parser = FACTORY.createParser(text)) {
            return new Scan(parser, wanted).read();
        }
    }

    /** The fields as a document, in which a reader finds the same as in the whole body. */
    byte[] document() {
        return fields.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static final class Scan {
        private final JsonParser parser;
        private final Set<String> wanted;
        private final Map<String, String> names = new HashMap<>();
        private final ObjectNode fields = JsonNodeFactory.instance.objectNode();

        Scan(JsonParser parser, Set<String> wanted) {
            this.parser = parser;
            this.wanted = wanted;
        }

        ScannedPayload read() throws IOException {
            require(parser.nextToken() == JsonToken.START_OBJECT, "not an object");
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                switch (field) {
                    case REPOSITORY -> readName(field, "full_name", fields.putObject(field));
                    case "organization" -> readName(field, "login", JsonNodeFactory.instance.objectNode());
                    case "sender" -> keepObject(field);
                    default -> keep(field, fields);
                }
            }
            require(parser.nextToken() == null, "content after the object");
            String repository = names.getOrDefault(REPOSITORY, "");
            return new ScannedPayload(
                    repository.isEmpty() ? names.getOrDefault("organization", "") : repository, fields);
        }

        private void keepObject(String field) throws IOException {
            fields.remove(field);
            if (!wanted.contains(field) || parser.currentToken() != JsonToken.START_OBJECT) {
                parser.skipChildren();
                return;
            }
            ObjectNode kept = fields.putObject(field);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String inner = parser.currentName();
                parser.nextToken();
                keep(inner, kept);
            }
        }

        /** Of a field that is given twice, the last counts. */
        private void keep(String field, ObjectNode target) throws IOException {
            if (wanted.contains(field)) {
                target.remove(field);
                switch (parser.currentToken()) {
                    case VALUE_STRING -> target.put(field, parser.getText());
                    case VALUE_TRUE, VALUE_FALSE -> target.put(field, parser.getBooleanValue());
                    default -> {}
                }
            }
            parser.skipChildren();
        }

        private void readName(String owner, String attribute, ObjectNode kept) throws IOException {
            String name = parser.currentToken() == JsonToken.VALUE_NULL ? "" : readAttribute(attribute, kept);
            require(names.put(owner, name) == null, "repository or organization given twice");
        }

        private String readAttribute(String name, ObjectNode kept) throws IOException {
            require(parser.currentToken() == JsonToken.START_OBJECT, "repository or organization is not an object");
            String found = null;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals(field)) {
                    require(found == null, "repository or organization given twice");
                    require(
                            value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NULL,
                            "the name of the repository or organization is not a string");
                    found = value == JsonToken.VALUE_NULL ? "" : parser.getText();
                }
                keep(field, kept);
            }
            return found == null ? "" : found;
        }

        private static void require(boolean condition, String message) throws IOException {
            if (!condition) {
                throw new IOException(message);
            }
        }
    }
}
