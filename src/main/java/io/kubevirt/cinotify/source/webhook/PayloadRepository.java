// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Scans a body as a stream, to verify that it is one JSON object and to find its repository: {@code
 * repository.full_name}, else {@code organization.login} (prow-contract §2).
 *
 * <p>With per-repository keys this reads unauthenticated input. So nesting is limited to 1000 levels and numbers to
 * 1000 digits, far more than GitHub sends; field names are not interned; and a body with two repositories is rejected,
 * because the key could be chosen by one of them and the event processed for the other.
 */
final class PayloadRepository {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(1000)
                    .maxNumberLength(1000)
                    .build())
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final JsonParser parser;
    private final Map<String, String> names = new HashMap<>();

    private PayloadRepository(JsonParser parser) {
        this.parser = parser;
    }

    /** The repository, else the organization, else empty; throws unless the body is one JSON object. */
    static String extract(byte[] body) throws IOException {
        // Invalid UTF-8 is replaced, and no other encoding is detected, as in Prow's decoder.
        Reader text = new InputStreamReader(new ByteArrayInputStream(body), StandardCharsets.UTF_8);
        try (JsonParser parser = FACTORY.createParser(text)) {
            return new PayloadRepository(parser).read();
        }
    }

    private String read() throws IOException {
        require(parser.nextToken() == JsonToken.START_OBJECT, "not an object");
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "repository" -> readName(field, "full_name");
                case "organization" -> readName(field, "login");
                default -> parser.skipChildren();
            }
        }
        require(parser.nextToken() == null, "content after the object");
        String repository = names.getOrDefault("repository", "");
        return repository.isEmpty() ? names.getOrDefault("organization", "") : repository;
    }

    private void readName(String owner, String attribute) throws IOException {
        String name = parser.currentToken() == JsonToken.VALUE_NULL ? "" : readAttribute(attribute);
        require(names.put(owner, name) == null, "repository or organization given twice");
    }

    private String readAttribute(String wanted) throws IOException {
        require(parser.currentToken() == JsonToken.START_OBJECT, "repository or organization is not an object");
        String found = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean isWanted = wanted.equals(parser.currentName());
            JsonToken value = parser.nextToken();
            if (isWanted) {
                require(found == null, "repository or organization given twice");
                require(
                        value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NULL,
                        "the name of the repository or organization is not a string");
                found = value == JsonToken.VALUE_NULL ? "" : parser.getText();
            } else {
                parser.skipChildren();
            }
        }
        return found == null ? "" : found;
    }

    private static void require(boolean condition, String message) throws IOException {
        if (!condition) {
            throw new IOException(message);
        }
    }
}
