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
 * Walks once over a body, as a stream and without building anything from it, to see that it is one JSON object and to
 * find whose event it is: {@code repository.full_name}, else {@code organization.login} (prow-contract §2).
 *
 * <p>With per-repository keys this runs on bodies that nobody has vouched for yet. So nesting is bounded by 1000 levels
 * and numbers by 1000 digits, both far beyond anything GitHub sends; names are not collected; and a body that states
 * its sender twice is refused, for it could be judged by one name and read by the other.
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

    /**
     * The name in the body; empty if it names nobody.
     *
     * @throws IOException if the body is not one JSON object within the bounds
     */
    static String extract(byte[] body) throws IOException {
        // Bytes that are no UTF-8 are replaced and no other encoding is guessed, as Prow's decoder has it.
        Reader text = new InputStreamReader(new ByteArrayInputStream(body), StandardCharsets.UTF_8);
        try (JsonParser parser = FACTORY.createParser(text)) {
            return new PayloadRepository(parser).read();
        }
    }

    private String read() throws IOException {
        require(parser.nextToken() == JsonToken.START_OBJECT, "it is not an object");
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "repository" -> readName(field, "full_name");
                case "organization" -> readName(field, "login");
                default -> parser.skipChildren();
            }
        }
        require(parser.nextToken() == null, "something follows the object");
        String repository = names.getOrDefault("repository", "");
        return repository.isEmpty() ? names.getOrDefault("organization", "") : repository;
    }

    private void readName(String owner, String attribute) throws IOException {
        String name = parser.currentToken() == JsonToken.VALUE_NULL ? "" : readAttribute(attribute);
        require(names.put(owner, name) == null, "it states its sender twice");
    }

    private String readAttribute(String wanted) throws IOException {
        require(parser.currentToken() == JsonToken.START_OBJECT, "its sender is not an object");
        String found = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean isWanted = wanted.equals(parser.currentName());
            JsonToken value = parser.nextToken();
            if (isWanted) {
                require(found == null, "it states its sender twice");
                require(value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NULL, "its sender is not a text");
                found = value == JsonToken.VALUE_NULL ? "" : parser.getText();
            } else {
                parser.skipChildren();
            }
        }
        return found == null ? "" : found;
    }

    private static void require(boolean condition, String otherwise) throws IOException {
        if (!condition) {
            throw new IOException(otherwise);
        }
    }
}
